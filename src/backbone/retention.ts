import { readInstant } from '../base/instant.ts'

/** What is kept long enough: of each kind, everything of days before this one, `YYYY-MM-DD` in UTC. A kind without a day stays for ever. */
export interface Retention {
  /** Raw messages, and with them their identities and corrections. */
  readonly messagesBefore?: string
  readonly factsBefore?: string
  /** Effects that are settled, with their attempts and evidence, and lanes that are empty then. Their natural keys stay. */
  readonly effectsBefore?: string
  /** Only says what would go. */
  readonly dryRun: boolean
}

/** What went, or would go: days of messages and facts, quarters of identities, rows of effects and lanes. */
export interface Retired {
  readonly messages: number
  readonly facts: number
  readonly identities: number
  readonly effects: number
  readonly lanes: number
  /** Old enough, and needed by somebody. */
  readonly held: readonly HeldDay[]
  /** The oldest day that is still there. */
  readonly oldest: { readonly messages?: string; readonly facts?: string }
}

/** A day that is old enough to go and stays; `reason` is one of `heldBecause`, for people. */
export interface HeldDay {
  readonly kind: 'messages' | 'facts' | 'identities'
  /** First day of it, `YYYY-MM-DD`. */
  readonly day: string
  readonly reason: string
}

/** A day of one partition that retention has dropped: offsets [first, next). */
export interface DroppedDay {
  readonly day: string
  readonly first: number
  readonly next: number
}

/** Why something old stays. The same words from every backbone, because people read them. */
export const heldBecause = {
  parked: (count: number) => `${count} parked messages`,
  correction: 'corrected bytes of a parked message',
  translate: 'messages that are not translated yet',
  advance: 'facts that are not folded yet',
  reader: (reader: string) => `${reader} has not read it`,
  identities: 'its days are still in the log',
  busy: 'somebody is reading it',
} as const

/** When a day begins, ms since 1970. Throws RangeError for what is no day. */
export function startOf(day: string): number {
  const at = readInstant(`${day}T00:00:00Z`)
  if (at === undefined) throw new RangeError(`${day} is not a day`)
  return at
}

/** First day of the quarter that a day lies in: identities are kept by quarter. */
export function quarterOf(day: string): string {
  const [year = '', month = ''] = day.split('-')
  return `${year}-${String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`
}

/** First day of the quarter after the one that begins on this day. */
export function quarterAfter(quarter: string): string {
  const [year = '', month = ''] = quarter.split('-')
  return month === '10' ? `${Number(year) + 1}-01-01` : `${year}-${String(Number(month) + 3).padStart(2, '0')}-01`
}
