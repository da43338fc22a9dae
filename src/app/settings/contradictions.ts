import { isSigningKey } from '../audit/checkpoint.ts'
import type { Settings } from './settings.ts'

/** Settings that are right each by itself and wrong together: a sentence for each, that begins with their names. */
export function contradictions(settings: Settings): string[] {
  const problems: string[] = []
  const { databaseUrl, operationsPort, port, host, publicUrl } = settings
  if (databaseUrl !== '' && !/^postgres(ql)?:/.test(databaseUrl)) problems.push('databaseUrl: expected postgres://…')
  if (operationsPort !== 0 && operationsPort === port)
    problems.push('operationsPort: is the same as port; use 0 to share it')
  if (publicUrl !== '' && !/^https?:/.test(publicUrl))
    problems.push(`publicUrl: expected http or https, found ${publicUrl}`)
  const { auditKey, auditCheckpointPath, auditCheckpointUrl } = settings
  if (auditKey === '' && `${auditCheckpointPath}${auditCheckpointUrl}` !== '')
    problems.push('auditKey: is missing, and checkpoints of the audit log are wanted; interline audit key makes one')
  if (auditKey !== '' && !isSigningKey(auditKey))
    problems.push(
      'auditKey: expected an Ed25519 key in PEM (PKCS 8), found something else; interline audit key makes one',
    )
  const { retentionDays, factRetentionDays, effectRetentionDays } = settings
  for (const [name, days] of Object.entries({ factRetentionDays, effectRetentionDays }))
    if (days !== 0 && days < retentionDays)
      problems.push(`${name}: is shorter than retentionDays (${retentionDays}); what messages led to must outlive them`)
  if ((settings.externalIssuer === '') !== (settings.externalIssuerKeys === ''))
    problems.push('externalIssuer, externalIssuerKeys: each needs the other')
  for (const pair of settings.externalIssuerScopes)
    if (!/^[^=]+=[^=]+$/.test(pair)) problems.push(`externalIssuerScopes: expected theirs=ours, found ${pair}`)
  if (host === '') problems.push('host: must not be empty; use 0.0.0.0 for every address')
  if (settings.roles.length === 0) problems.push('roles: at least one is needed')
  return problems
}
