import type { Followed } from '../../model/shipment/followed.ts'
import type { Connection } from '../connection.ts'

/** Timers of this name are questions to a connection; all others are expectations that were missed. */
export const pollPrefix = 'poll:'

/** Numbers of one shipment asked about at once, at most: what is more is a freight load, which is followed by one number. */
const numbersMax = 20
/** Whoever fires a timer has so long to set it anew; if it vanishes, another one asks. */
export const pollClaimMs = 10 * 60_000

/** What is remembered from one question to the next. */
export interface PollMemory {
  /** Answers in a row without anything new. */
  readonly unchanged: number
  readonly failures: number
}

/** Pause until the next question, ms: longer while nothing changes, up to a day; a failure is tried again sooner. A fifth of it is chance. */
export function nextPollMs(of: {
  readonly minutes: number
  readonly pace: number
  readonly memory: PollMemory
  /** 0 ≤ x < 1 */
  readonly random: number
}): number {
  const { minutes, pace, memory, random } = of
  const usual = Math.min(minutes * 60_000 * pace * 1.25 ** Math.min(memory.unchanged, 20), dayMs)
  const pause = memory.failures === 0 ? usual : Math.min(usual, 60_000 * 2 ** Math.min(memory.failures, 10))
  return Math.round(Math.max(pause, 60_000) * (0.9 + random * 0.2))
}

/** The numbers of a shipment that a connection may be asked about. */
export function askable({ polling, connector }: Connection, { numbers }: Followed): Followed['numbers'] {
  if (polling === undefined) return []
  const carriers = polling.carriers ?? (connector.kind === 'carrier' ? [connector.id] : undefined)
  return numbers
    .filter(({ carrier }) => carriers === undefined || (carrier !== undefined && carriers.includes(carrier)))
    .slice(0, numbersMax)
}

/** Connections that ask, by themselves. */
export function pollingConnections(connections: ReadonlyMap<string, Connection>): readonly Connection[] {
  return [...connections.values()].filter(({ polling }) => polling !== undefined)
}

const dayMs = 24 * 3_600_000
