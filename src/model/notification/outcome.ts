import { readInstant } from '../../base/instant.ts'
import type { Derived, Evolution, Fact } from '../fact.ts'
import type { NoticeRecord, RecipientState } from './recipient-state.ts'

/** Data of `recipient.outcome_reported`: what became of a message. */
export interface MessageOutcome {
  readonly n: number
  readonly outcome: 'applied' | 'refused' | 'parked'
  readonly reason?: string
}

/** How a channel begins its reason where it knows nobody under the address, and never will. */
export const recipientRefused = 'RECIPIENT_REFUSED'

const statuses = { applied: 'told', refused: 'refused', parked: 'unknown' } as const

/** What became of a message counts for all that it told. One that nobody will ever take ends what is sent there. */
export function concluded(state: RecipientState, fact: Fact): Evolution<RecipientState> {
  const { n, outcome, reason } = fact.data as MessageOutcome
  const notices = state.underWay[n]
  if (notices === undefined) return { state, facts: [], timers: [] }
  const keys = new Set(notices.map(({ key }) => key))
  const changedAt = readInstant(fact.recordedAt) ?? 0
  const records = state.records.map((one): NoticeRecord => {
    if (!keys.has(one.key) || (one.status !== 'sent' && one.status !== 'unknown')) return one
    return { ...one, status: statuses[outcome], changedAt, ...(reason === undefined ? {} : { reason }) }
  })
  const { [n]: _, ...others } = state.underWay
  // What nobody knows may still be settled by a person.
  const underWay = outcome === 'parked' ? state.underWay : others
  const hasBounced = outcome === 'refused' && reason?.startsWith(recipientRefused) === true
  const suppressed = { reason: 'bounced', since: fact.recordedAt, by: 'hub' } as const
  const isNew = hasBounced && state.suppressed === undefined
  const bounced: Derived = {
    rule: 'suppressed',
    type: 'recipient.suppressed',
    data: { channel: state.channel, reason: suppressed.reason, by: suppressed.by },
  }
  const told = notices.flatMap(({ origin, rule }, index): Derived[] => {
    if (origin === undefined) return []
    const { process, naturalKey } = origin
    const data = { outcome, target: rule.channel, naturalKey, ...(reason === undefined ? {} : { reason }) }
    return [{ rule: `origin-${index}`, type: 'process.outcome_reported', subject: process, data }]
  })
  return {
    state: { ...state, records, underWay, ...(isNew ? { suppressed } : {}) },
    facts: [...(isNew ? [bounced] : []), ...told],
    timers: [],
  }
}
