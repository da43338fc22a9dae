import { readInstant, writeInstant } from '../../base/instant.ts'
import { type Instance, inBranch, readBranch } from '../../processes/engine/instance.ts'
import { isSettled, Scope } from '../../processes/engine/scope.ts'
import { findDefinition } from './aggregate.ts'
import { refusedWish } from './process-desk.ts'

/** A timer of an instance: what should have happened by when, and what follows if it does not. */
export interface WaitingTimer {
  readonly branch: string
  readonly name: string
  readonly about: string
  /** RFC 3339. */
  readonly due: string
  readonly then: string
  /** How long it lasts by default, and from when, in words. */
  readonly lasts: string
  readonly from: string
  /** It has gone off, and what it waits for has still not come. */
  readonly isMissed: boolean
}

/** The timers of the states that the branches are in, the first that is due first. */
export function waitingTimers(instance: Instance): readonly WaitingTimer[] {
  const definition = findDefinition(instance.process, instance.version)
  if (definition === undefined || instance.endedAt !== undefined) return []
  const found = Object.entries(instance.at).flatMap(([branch, { state }]) => {
    const names = definition.branches[readBranch(branch).name]?.states[state]?.timers ?? []
    return names.flatMap((name) => {
      const one = definition.timers[name]
      const key = inBranch(name, branch)
      const isMissed = new Scope(definition, instance, branch).missed(name)
      const due = isMissed ? instance.missed[key] : instance.armed[key]
      if (one === undefined || due === undefined) return []
      const { about, then, lasts, from } = one
      return [{ branch, name, about, due: writeInstant(due), then, lasts, from, isMissed }]
    })
  })
  return found.toSorted((a, b) => (a.due < b.due ? -1 : 1))
}

/** Why an instance does not go on by itself, and since when (RFC 3339). */
export interface Stuck {
  readonly since: string
  /** `timer <name>`, or `refused`, `parked` or `unrouted` with the effect's name. */
  readonly by: string
}

/**
 * Something is late, or a system said no, did not say what it did, or could not be told. A question to a person that is not late does not
 * count: to wait for a person is what it is made for. Undefined: it goes on by itself, or is over.
 */
export function stuckOf(instance: Instance): Stuck | undefined {
  const definition = findDefinition(instance.process, instance.version)
  if (definition === undefined || instance.startedAt === undefined || instance.endedAt !== undefined) return undefined
  const late = waitingTimers(instance).flatMap(({ name, due, branch, isMissed }) => {
    const since = instance.at[branch]?.since ?? due
    // A time that was over before the branch came there has been missed since it came.
    return isMissed ? [{ by: `timer ${name}`, since: latest(due, since) }] : []
  })
  const unsettled = Object.entries(instance.effects).flatMap(([id, record]) => {
    const { name, status } = record
    if (status === 'wanted' || isSettled(definition, record)) return []
    const asked = Object.entries(instance.tasks).find(
      ([task, one]) => task.endsWith(`/${id}`) && task.startsWith('resolve-') && one.status === 'open',
    )
    return asked === undefined ? [] : [{ by: `${status} ${name}`, since: asked[1].since }]
  })
  return [...late, ...unsettled].toSorted((a, b) => (readInstant(a.since) ?? 0) - (readInstant(b.since) ?? 0))[0]
}

function latest(one: string, other: string): string {
  return (readInstant(one) ?? 0) >= (readInstant(other) ?? 0) ? one : other
}

/** Something that a person may want of an instance, and why it cannot be where it cannot. */
export interface PossibleWish {
  readonly action: 'cancel' | 'migrate' | 'skip'
  /** Skip: which branch goes where. */
  readonly branch?: string
  readonly to?: string
  /** What the branch skips, or what will happen. */
  readonly consequence: string
  /** Absent: it is possible, as far as is known now. */
  readonly problem?: string
}

/** What a person may want of the instance where it is. Skips only where its definition knows of them. */
export function possibleWishes(instance: Instance): readonly PossibleWish[] {
  const definition = findDefinition(instance.process, instance.version)
  const newest = findDefinition(instance.process)?.version ?? instance.version
  const wish = (one: Omit<PossibleWish, 'problem'>): PossibleWish => {
    const problem = refusedWish(instance, one)
    return problem === undefined ? one : { ...one, problem }
  }
  const skips = Object.entries(instance.at).flatMap(([branch, { state }]) => {
    const states = definition?.branches[readBranch(branch).name]?.states
    return (states?.[state]?.skip ?? []).map((to) =>
      wish({ action: 'skip', branch, to, consequence: states?.[to]?.about ?? '' }),
    )
  })
  const cancel = wish({ action: 'cancel', consequence: 'What was done is taken back where that is possible.' })
  const migrate = wish({
    action: 'migrate',
    consequence: `It goes on by version ${newest} of its definition; it began by version ${instance.version}.`,
  })
  return [...skips, cancel, migrate]
}
