import type { TimerDefinition } from './definition.ts'

/** What is awaited from the moment that a branch gets into its state. */
interface Stay {
  /** What should have happened by then. */
  readonly about: string
  /** How long by default. */
  readonly minutes: number
  /** The policy by which a tenant may set the minutes otherwise. */
  readonly policy: string
  /** What began with the state, in words. */
  readonly from: string
  /** What happens then, in words. */
  readonly then: string
}

/** A timer that runs since its branch is in the state. What the page says of its time is what it lasts. */
export function stayTimer<K>({ minutes, policy, ...words }: Stay): TimerDefinition<K> {
  return { ...words, lasts: inWords(minutes), due: (scope) => scope.after(scope.since, minutes, policy) }
}

/** `30 min`, `48 h`, `14 d`. */
function inWords(minutes: number): string {
  if (minutes < 120 || minutes % 60 !== 0) return `${minutes} min`
  return minutes <= 96 * 60 || minutes % (24 * 60) !== 0 ? `${minutes / 60} h` : `${minutes / (24 * 60)} d`
}
