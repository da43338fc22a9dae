import { readDate } from '../../base/instant.ts'

/** Full jitter: a random pause up to base·2ⁿ, capped, so that many that failed together do not come back together. Milliseconds. */
export function backoffMs(
  attempt: number,
  random: number,
  options: { readonly baseMs?: number; readonly capMs?: number } = {},
): number {
  const { baseMs = 1000, capMs = 300_000 } = options
  return Math.ceil(random * Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30)))
}

/** Standard Webhooks: pauses after the first, second, … failed attempt, in milliseconds; about 76 hours in all. */
export const webhookSchedule: readonly number[] = [
  5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000, 86_400_000,
]

/** Up to a tenth later than scheduled, never earlier. */
export function webhookPauseMs(failures: number, random: number): number | undefined {
  const pause = webhookSchedule[failures - 1]
  return pause === undefined ? undefined : Math.ceil(pause * (1 + random * 0.1))
}

/** `Retry-After`, in seconds or as an HTTP date (RFC 9110 §10.2.3), as ms from `now`: 0 to an hour. Undefined when it is neither. */
export function readRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  const seconds = /^\d{1,6}$/.test(value.trim()) ? Number(value) : Number.NaN
  const ms = Number.isNaN(seconds) ? readHttpDate(value) - now : seconds * 1000
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), 3_600_000)
}

function readHttpDate(value: string): number {
  const match = /^\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/.exec(value.trim())
  const month = months.indexOf(match?.[2] ?? '')
  if (match === null || month < 0) return Number.NaN
  const days = readDate({ year: Number(match[3]), month: month + 1, day: Number(match[1]) })
  if (days === undefined) return Number.NaN
  return days * 86_400_000 + Number(match[4]) * 3_600_000 + Number(match[5]) * 60_000 + Number(match[6]) * 1000
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
