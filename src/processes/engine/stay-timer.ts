import { usualDay } from './calendar.ts'
import type { TimerDefinition } from './definition.ts'
import type { Scope } from './scope.ts'

/** What is awaited from the moment that a branch gets into its state. */
interface Stay {
  /** What should have happened by then. */
  readonly about: string
  /** How long by default; of business time where it is somebody's. */
  readonly minutes: number
  /** The policy by which a tenant may set the minutes otherwise. */
  readonly policy: string
  /** In whose business time; absent: in elapsed time. */
  readonly whose?: string
  /** What began with the state, in words. */
  readonly from: string
  /** What happens then, in words. */
  readonly then: string
}

/** A timer that runs since its branch is in the state. What the page says of its time is what it lasts. */
export function stayTimer<K>({ minutes, policy, whose, ...words }: Stay): TimerDefinition<K> {
  const rest = { ...words, stays: policy }
  if (whose === undefined)
    return { ...rest, lasts: inWords(minutes), due: (scope) => scope.after(scope.since, minutes, obeyed(scope)) }
  return {
    ...rest,
    lasts: inBusinessTime(minutes, whose),
    due: (scope) => scope.afterBusiness(scope.since, minutes, { policy: obeyed(scope) ?? '', whose }),
  }

  /** A time that is over before it begins would be set again at once, without end: the usual one counts instead. */
  function obeyed(scope: Scope<K>): string | undefined {
    return scope.policy(policy, minutes) >= 1 ? policy : undefined
  }
}

/** `30 min`, `48 h`, `14 d`. */
function inWords(minutes: number): string {
  if (minutes < 120 || minutes % 60 !== 0) return `${minutes} min`
  return minutes <= 96 * 60 || minutes % (24 * 60) !== 0 ? `${minutes / 60} h` : `${minutes / (24 * 60)} d`
}

/** `4 h of business time (finance)`, `2 working days (supplier)`: a working day is that of the usual calendar. */
export function inBusinessTime(minutes: number, whose: string): string {
  const days = minutes / usualDay
  const time = Number.isInteger(days)
    ? `${days} working day${days === 1 ? '' : 's'}`
    : `${minutes / 60} h of business time`
  return `${time} (${whose})`
}
