import { startOf } from '../../backbone/retention.ts'
import type { Message } from '../../backbone/step.ts'

/** What to replay. All parts that are given must fit. */
export interface ReplaySpec {
  readonly dryRun: boolean
  readonly messages?: readonly string[]
  readonly connection?: string
  /** Received from and until, ms; half-open. */
  readonly since?: number
  readonly until?: number
  /** Parked messages with this code are released instead of copied. */
  readonly cause?: string
  readonly perSecond: number
  readonly by: string
  /** Why, in the words of whoever started it. */
  readonly reason?: string
}

/** Whether a day of the log may hold messages that were received in the span; a day more at both ends, because clocks differ. */
export function overlaps(day: string, { since = 0, until = Number.MAX_SAFE_INTEGER }: ReplaySpec): boolean {
  const start = startOf(day)
  return start + dayMs > since && start < until
}

const dayMs = 86_400_000

/** Whether a message was received in the span. */
export function within(message: Message, { since, until }: ReplaySpec): boolean {
  return message.receivedAt >= (since ?? 0) && message.receivedAt < (until ?? Number.MAX_SAFE_INTEGER)
}
