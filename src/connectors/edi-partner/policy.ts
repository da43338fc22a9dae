import { InterlineError } from '../../base/errors.ts'
import type { SettingsOf } from '../../base/fields.ts'
import type { AcknowledgementPolicy } from '../../edi/acknowledge/policy.ts'
import type { InterchangeHeader } from '../../edi/envelope/events.ts'
import { isValidOn } from '../../edi/overlay/validity.ts'
import type { Level, Severity } from '../../edi/verdict/code-row.ts'
import { type VerdictCode, verdictCodes } from '../../edi/verdict/codes.ts'
import type { SeverityPolicy } from '../../edi/verdict/severity.ts'
import type { Finding } from '../../edi/verdict/verdict.ts'
import { dayOf } from './day.ts'
import type { agreement } from './settings.ts'

/** The agreement with a partner as its settings say it. */
export type Agreement = SettingsOf<typeof agreement>

const severities: readonly Severity[] = ['reject', 'accept', 'warn', 'ignore']

/** Reads `code.unknown=warn` and `L4=reject`. Throws EDI_SEVERITY_UNKNOWN. */
export function severityPolicy(entries: readonly string[]): SeverityPolicy {
  const levels: Partial<Record<Level, Severity>> = {}
  const codes: Partial<Record<VerdictCode, Severity>> = {}
  for (const entry of entries) {
    const [name = '', value = ''] = entry.split('=').map((part) => part.trim())
    const severity = severities.find((one) => one === value)
    const level = /^L[0-7]$/.test(name) ? (Number(name[1]) as Level) : undefined
    const isKnown = level !== undefined || Object.hasOwn(verdictCodes, name)
    if (severity === undefined || !isKnown) throw new InterlineError('EDI_SEVERITY_UNKNOWN', { entry })
    if (level === undefined) codes[name as VerdictCode] = severity
    else levels[level] = severity
  }
  return { levels, codes }
}

/** The answers that this partner gets. A 997 names every set: no agreement can say otherwise. */
export function acknowledgementPolicy({ ta1, group, contrl }: Agreement): AcknowledgementPolicy {
  return { ta1, group, contrl, sets: 'all' }
}

/** Whether the interchange is one that the agreement is about. */
export function judgeInterchange(
  header: InterchangeHeader,
  { partnerId, ownId, test, editions }: Agreement,
): readonly Finding[] {
  const at = { start: header.start, end: header.start, segmentTag: header.syntax === 'x12' ? 'ISA' : 'UNB' }
  const findings: Finding[] = []
  if (partnerId !== '' && header.sender.id !== partnerId)
    findings.push({ ...at, code: 'interchange.sender_unknown', value: header.sender.id.slice(0, 99) })
  if (ownId !== '' && header.receiver.id !== ownId)
    findings.push({ ...at, code: 'interchange.receiver_unknown', value: header.receiver.id.slice(0, 99) })
  const day = dayOf(header)
  if (editions.length > 0 && !(day !== undefined && editions.some((one) => isValidOn(one, day))))
    findings.push({ ...at, code: 'interchange.no_agreement' })
  if (header.isTest && !test) findings.push({ ...at, code: 'interchange.test_refused' })
  // Production must not land where nobody processes it.
  if (!header.isTest && test) findings.push({ ...at, code: 'interchange.no_agreement' })
  return findings
}
