/** Where a contract stands in its life. */
export const lifecycleStates = ['draft', 'published', 'deprecated', 'sunset', 'retired'] as const
/** One of them. */
export type LifecycleState = (typeof lifecycleStates)[number]

/** How long something goes on, and what comes after it. Times in ms since 1970. */
export interface Standing {
  readonly state: LifecycleState
  /** Since when, or from when on, nobody should begin to use it. */
  readonly deprecatedAt?: number
  /** From then on it is refused. */
  readonly sunsetAt?: number
  /** Id of the contract that is to be used instead. */
  readonly successor?: string
  /** Where people read what to do. */
  readonly link?: string
  readonly reason?: string
}

const next: Readonly<Record<LifecycleState, readonly LifecycleState[]>> = {
  draft: ['published', 'retired'],
  published: ['deprecated'],
  // Back: the deprecation is withdrawn.
  deprecated: ['deprecated', 'published', 'sunset'],
  // Back: those who still use it get more time.
  sunset: ['deprecated', 'retired'],
  retired: [],
}

/** What may follow a state. */
export function followersOf(state: LifecycleState): readonly LifecycleState[] {
  return next[state]
}

/** The state at a moment: what is deprecated has its sunset by itself. */
export function stateAt({ state, sunsetAt }: Standing, now: number): LifecycleState {
  return state === 'deprecated' && sunsetAt !== undefined && sunsetAt <= now ? 'sunset' : state
}

/** Why a contract may not go from one standing to another; undefined when it may. */
export function transitionProblem(before: Standing, after: Standing, now: number): string | undefined {
  const from = stateAt(before, now)
  if (!next[from].includes(after.state))
    return `${from} can become ${next[from].join(' or ') || 'nothing else'}, not ${after.state}`
  const { deprecatedAt, sunsetAt } = after
  if (after.state !== 'deprecated') return undefined
  if (deprecatedAt === undefined) return 'a deprecation begins at some time'
  if (sunsetAt !== undefined && sunsetAt < deprecatedAt) return 'the sunset cannot be before the deprecation'
  if (sunsetAt !== undefined && sunsetAt <= now) return 'the sunset of a deprecation is still to come'
  return undefined
}
