import type { AuditEntry, AuditNote } from '../../backbone/audit.ts'
import type { Call } from '../route.ts'
import { actorOf } from './principal.ts'

/** What the audit log says of a call: who, from where, in which trace; and what the caller adds. */
export function noteOf(
  { principal, address, trace }: Pick<Call, 'principal' | 'address' | 'trace'>,
  said: Pick<AuditNote, 'reason' | 'before' | 'after'> = {},
): AuditNote {
  return { actor: actorOf(principal), address, trace, ...said }
}

/** The same for what is written together with a step. `once` is the same whenever the same request comes again. */
export function entryOf(
  call: Pick<Call, 'principal' | 'address' | 'trace'>,
  said: Pick<AuditEntry, 'change' | 'kind' | 'name' | 'source' | 'reason' | 'before' | 'after'>,
): AuditEntry {
  const { change, kind, name, source, ...note } = said
  return { ...noteOf(call, note), tenant: call.principal.tenant, change, kind, name, source }
}
