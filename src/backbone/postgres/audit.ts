import { type AuditEntry, type AuditNote, auditText } from '../audit.ts'
import type { Step } from '../step.ts'
import { storable } from '../storable.ts'
import type { Wire } from './wire.ts'

/** What a statement does to a row, for the audit log. */
interface Audited {
  readonly change: string
  readonly kind: string
}

/**
 * A statement that returns `id` and `tenant` of the rows that it changed, with the line of the audit log that says who did it: both are
 * written, or neither. `first` is the number of the first value of `auditValues`. Without a note nothing is said.
 */
export function audited(statement: string, { change, kind }: Audited, first: number): string {
  const values = [0, 1, 2, 3, 4, 5].map((at) => `$${first + at}::text`)
  return `WITH made AS (${statement}),
          told AS (INSERT INTO audit (at, tenant, actor, revision, source, change, kind, name, before, after, address, trace, reason)
                   SELECT now_ms(), made.tenant, ${values[0]}, (SELECT revision FROM network), 'api', '${change}', '${kind}', made.id, ${values.slice(1).join(', ')}
                     FROM made WHERE ${values[0]} IS NOT NULL ORDER BY made.tenant, made.id)
          SELECT * FROM made`
}

/** The values of a note, in the order that `audited` wants. */
export function auditValues(note: AuditNote | undefined): readonly (string | null)[] {
  if (note === undefined) return [null, null, null, null, null, null]
  const { actor, before, after, address, trace, reason } = note
  return [actor, auditText(before), auditText(after), address ?? null, trace ?? null, reason ?? null].map((value) =>
    value === null ? null : storable(value),
  )
}

/** Rows that come with a step. With a source of its own a thing is told once, however often the request comes. */
export const auditStatement = `INSERT INTO audit (at, tenant, actor, revision, source, change, kind, name, before, after, address, trace, reason)
  SELECT now_ms(), u.tenant, u.actor, (SELECT revision FROM network), u.source, u.change, u.kind, u.name, u.before, u.after, u.address, u.trace, u.reason
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
           WITH ORDINALITY u(tenant, actor, source, change, kind, name, before, after, address, trace, reason, no)
   WHERE u.source = 'api' OR NOT EXISTS (SELECT FROM audit a WHERE a.tenant = u.tenant AND a.name = u.name AND a.source = u.source)
   ORDER BY u.tenant, u.no`

/** What a step says to the audit log, after everything else: the chain is the last thing that is locked. */
export function writeAudits(wire: Wire, step: Step): void {
  const entries = [...(step.messages ?? []).flatMap(({ audit }) => audit ?? []), ...(step.audits ?? [])]
  if (entries.length === 0) return
  const column = (of: (entry: AuditEntry) => string | null | undefined): (string | null)[] =>
    entries.map((entry) => {
      const value = of(entry)
      return value === undefined || value === null ? null : storable(value)
    })
  wire
    .begin('audits', 11)
    .texts(column(({ tenant }) => tenant))
    .texts(column(({ actor }) => actor))
    .texts(column(({ source }) => source))
    .texts(column(({ change }) => change))
    .texts(column(({ kind }) => kind))
    .texts(column(({ name }) => name))
    .texts(column(({ before }) => auditText(before)))
    .texts(column(({ after }) => auditText(after)))
    .texts(column(({ address }) => address))
    .texts(column(({ trace }) => trace))
    .texts(column(({ reason }) => reason))
    .end()
}
