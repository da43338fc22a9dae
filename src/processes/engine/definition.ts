import type { Instant } from '../../base/instant.ts'
import type { Derived, Fact } from '../../model/fact.ts'
import type { TaskChoice } from '../../model/task/report.ts'
import type { TaskRole } from '../../model/task/roles.ts'
import type { Data, Posting } from '../posting.ts'
import type { Instance } from './instance.ts'
import type { Scope } from './scope.ts'

/**
 * A process as data and pure functions: what it learns from facts, in which states it can be, what it does there and what it waits for.
 * `K` is what an instance knows: JSON, made of facts alone, the same in whatever order they came.
 */
export interface Definition<K = unknown> {
  /** kebab-case. Never changes. */
  readonly id: string
  /** Counts up with every change that an instance under way would notice. */
  readonly version: number
  readonly title: string
  readonly about: string
  /** What makes two facts belong to one instance, in words. */
  readonly key: string
  /** Only for tenants who have set a policy for it, an empty one at least: it takes over what fixed rules do for the others. */
  readonly optIn?: true
  /** What nobody has told yet. */
  readonly nothing: K
  readonly subscribes: Readonly<Record<string, Subscription<K>>>
  /** Reports that other objects hand to an instance because it asked them, by type. */
  readonly answers?: Readonly<Record<string, AnswerDefinition<K>>>
  /** By name; `main` is the instance itself, the others are parts that move side by side. */
  readonly branches: Readonly<Record<string, Branch<K>>>
  readonly effects: Readonly<Record<string, EffectDefinition<K>>>
  /** Facts and reports that the process itself makes, by name. */
  readonly says?: Readonly<Record<string, Saying<K>>>
  readonly timers: Readonly<Record<string, TimerDefinition<K>>>
  readonly tasks: Readonly<Record<string, TaskDefinition<K>>>
  /** What would have to happen before it goes on, with whose turn it is and since when: shown to whoever asks why it waits. */
  readonly explain?: (scope: Scope<K>) => readonly Unmet[]
  /** What a tenant may set, by name: what it does, and what is usual. Absent: nobody has written it down, and everything may be set. */
  readonly policies?: Readonly<Record<string, string>>
  /** What is wrong with a policy, by its name; undefined where nothing is. Absent: whatever it says is taken for what is usual. */
  readonly judged?: Readonly<Record<string, (policy: unknown) => string | undefined>>
  /** In whose business time it counts, by name: a tenant may declare a calendar of that name. */
  readonly calendars?: Readonly<Record<string, string>>
  /** What is measured, by name. */
  readonly kpis: Readonly<Record<string, string>>
  /** From the version named to the one after it. Without one, instances end as the version that they began as. */
  readonly migrations?: Readonly<Record<number, (instance: Instance) => Instance>>
}

/** A condition that is not met. */
export interface Unmet {
  readonly condition: string
  /** Whose turn it is, in a word. */
  readonly owner: string
  readonly since?: Instant
}

/** A kind of fact that an instance learns from. What nobody subscribes to costs nothing. */
export interface Subscription<K = unknown> {
  /** What it means for the process. */
  readonly about: string
  /** Keys of the instances that it concerns. `state` is the object that the fact is about, as it is after it. */
  readonly keys: (fact: Fact, state: unknown) => readonly string[]
  /** What is taken of it: JSON, as little as will do. */
  readonly take: (fact: Fact, state: unknown, key: string) => unknown
  /** What the instance knows after it. Taking the same fact twice must be the same as taking it once. */
  readonly remember: (known: K, told: Told) => K
  /** An instance may begin with it. One that begins with others only remembers, until one of these comes. */
  readonly starts?: boolean | ((known: K) => boolean)
  /** It asks for what a person may ask for too. Undefined: not this one. */
  readonly cancels?: (told: Told) => string | undefined
  /** States in which it changes nothing whatever it says, with the reason. */
  readonly ignored?: Readonly<Record<string, string>>
}

/** An answer to something that the process asked another object. */
export interface AnswerDefinition<K = unknown> {
  readonly about: string
  /** What the instance knows after it. Taking the same answer twice must be the same as taking it once. */
  readonly remember: (known: K, told: Told) => K
}

/** What an instance is told of a fact. */
export interface Told<T = unknown> {
  readonly type: string
  readonly id: string
  /** Hub id of the object that the fact is about. */
  readonly subject: string
  /** When it happened; when the hub recorded it, where nobody said. */
  readonly at: Instant
  /** Who said so. */
  readonly source: string
  readonly data: T
}

/** A part of an instance that is in one state at a time. */
export interface Branch<K = unknown> {
  readonly about: string
  /** Names of what was chosen and stays chosen whatever state it goes to: what it has done, rather than why it is where it is. */
  readonly keeps?: readonly string[]
  readonly initial: string
  /** One for each of these keys, of things that the instance knows of. Absent: there is one. */
  readonly each?: (scope: Scope<K>) => readonly string[]
  readonly states: Readonly<Record<string, StateDefinition<K>>>
}

/** What holds while a branch is in this state. Names are those of the definition. */
export interface StateDefinition<K = unknown> {
  readonly about: string
  /** Asked for on entering, and whenever what is known makes it another one. */
  readonly effects?: readonly string[]
  /** Said once each time that the state is entered. */
  readonly says?: readonly string[]
  readonly timers?: readonly string[]
  readonly tasks?: readonly string[]
  /** Takes back what was done, last first. */
  readonly undoes?: true
  /** The first whose time has come is taken. */
  readonly next?: readonly Step<K>[]
  /** Where a cancellation leads, or why it is refused. Absent: it waits for a state that knows. */
  readonly cancel?: string | { readonly refused: string }
  /** Why a cancellation is refused now, where it depends on what is known. Undefined: it is not. */
  readonly refuses?: (scope: Scope<K>) => string | undefined
  /** Where a person may send it by hand. */
  readonly skip?: readonly string[]
  /** Nothing is awaited any more. */
  readonly final?: true
}

/** A way out of a state. */
export interface Step<K = unknown> {
  readonly to: string
  /** When it is taken, in words. */
  readonly label: string
  /** What can make it true: types of facts, `effect <name>`, `task <name>`, `timer <name>`, `branch <name>`. Empty: what is known already. */
  readonly awaits: readonly string[]
  /** Looks at what is known, never at what was told last: facts may come early, late and twice. */
  readonly when: (scope: Scope<K>) => boolean
  /** What is chosen on the way, for as long as the branch stays there: `scope.chosen`. JSON. */
  readonly choose?: (scope: Scope<K>) => Data
}

/** Something that an outside system is asked to do. */
export interface EffectDefinition<K = unknown> {
  readonly about: string
  readonly command: string
  /** Undefined or none: there is nothing to do. The business key makes it happen once however often it is asked for. */
  readonly make: (
    scope: Scope<K>,
    undoing?: Undoing,
  ) => Omit<Posting, 'command'> | readonly Omit<Posting, 'command'>[] | undefined
  /** Name of the effect that takes it back. */
  readonly undo?: string
  /** Hub id of the object that it is about, so that problems are shown there. */
  readonly object?: (scope: Scope<K>) => string | undefined
  /** The states deal with a no or an unknown outcome themselves: no task is opened for it. */
  readonly handled?: true
  /** The process says afterwards that it was done: where no route leads anywhere it is not, and a person is asked. */
  readonly required?: true
  /** Who is asked when it is refused, its outcome is unknown, or nobody is there to be told what is required. */
  readonly role: TaskRole
}

/** What an undoing effect takes back. */
export interface Undoing {
  readonly businessKey: string
  readonly payload: Data
  /** Document that the target made of it. */
  readonly document?: string
}

/** Facts and reports of the process itself. */
export interface Saying<K = unknown> {
  readonly about: string
  readonly make: (scope: Scope<K>) => readonly Omit<Derived, 'rule'>[]
}

/** Something that is awaited for a time. */
export interface TimerDefinition<K = unknown> {
  /** What should have happened by then. */
  readonly about: string
  /** How long by default, in words: `30 min`. */
  readonly lasts: string
  /** From when, in words. */
  readonly from: string
  /** When it is due, from the times of facts alone. Undefined: it is not awaited (yet). */
  readonly due: (scope: Scope<K>) => Instant | undefined
  /** What happens then, in words. */
  readonly then: string
  /** The policy by which it runs from the moment that a state is entered: with nothing there it would be over before it begins, for ever. */
  readonly stays?: string
}

/** A question that only a person may decide. */
export interface TaskDefinition<K = unknown> {
  readonly about: string
  readonly role: TaskRole
  readonly question: (scope: Scope<K>) => string
  /** What there is to look at. */
  readonly evidence?: (scope: Scope<K>) => Data
  readonly decisions: readonly TaskChoice[]
  /** Whether it is asked now. Absent: as long as the state lasts. */
  readonly when?: (scope: Scope<K>) => boolean
  readonly due?: (scope: Scope<K>) => Instant | undefined
  readonly escalateTo?: TaskRole
  /** Hub ids of what it is about. */
  readonly objects?: (scope: Scope<K>) => readonly string[]
}

/** Checks that every name that is used is defined. Throws for a mistake of the author. */
export function defineProcess<K>(definition: Definition<K>): Definition {
  const { id, branches, effects, timers, tasks, says = {}, subscribes, answers } = definition
  const fail = (problem: string): never => {
    throw new TypeError(`process ${id}: ${problem}`)
  }
  if (branches.main === undefined || branches.main.each !== undefined) fail('has no single branch main')
  const known = (kind: string, name: string, among: object): void => {
    if (!Object.hasOwn(among, name)) fail(`${kind} ${name} is not defined`)
  }
  for (const { undo } of Object.values(effects)) if (undo !== undefined) known('effect', undo, effects)
  const kinds: Readonly<Record<string, object>> = {
    effect: effects,
    task: { ...tasks, ...ownTasks },
    timer: timers,
    branch: branches,
  }
  for (const [name, { initial, states }] of Object.entries(branches)) {
    known('state', `${initial}`, states)
    for (const [state, one] of Object.entries(states)) {
      for (const effect of one.effects ?? []) known('effect', effect, effects)
      for (const timer of one.timers ?? []) known('timer', timer, timers)
      for (const task of one.tasks ?? []) known('task', task, tasks)
      for (const saying of one.says ?? []) known('saying', saying, says)
      for (const to of targets(one)) known('state', to, states)
      for (const awaited of (one.next ?? []).flatMap(({ awaits }) => awaits)) {
        const [kind = '', of] = awaited.split(' ')
        if (of === undefined) known('fact', kind, { ...subscribes, ...answers })
        else known(kind, of, kinds[kind] ?? {})
      }
      const isEmpty = (one.timers ?? []).length === 0 && (one.tasks ?? []).length === 0
      if (isEmpty && one.final !== true && one.undoes !== true)
        fail(`nobody would notice that ${name} ${state} lasts for ever`)
    }
  }
  return definition as unknown as Definition
}

/** Where a state can lead: by its steps, by a cancellation, by hand. */
export function targets<K>({ next = [], cancel, skip = [] }: StateDefinition<K>): readonly string[] {
  return [...next.map(({ to }) => to), ...(typeof cancel === 'string' ? [cancel] : []), ...skip]
}

/** Questions that every process asks by itself. */
export const ownTasks: Readonly<
  Record<'resolve-refusal' | 'resolve-unknown' | 'resolve-unrouted', readonly TaskChoice[]>
> = {
  'resolve-refusal': [
    { name: 'done', label: 'It is done', consequence: 'Somebody did it there by hand: the process goes on.' },
    { name: 'go_on', label: 'Go on without it', consequence: 'The process goes on as if it were done.' },
  ],
  'resolve-unknown': [
    { name: 'done', label: 'It is there', consequence: 'The process goes on.' },
    { name: 'go_on', label: 'Abandon it', consequence: 'The process goes on without it.' },
  ],
  'resolve-unrouted': [
    { name: 'done', label: 'It is done', consequence: 'Somebody did it there by hand: the process goes on.' },
    {
      name: 'go_on',
      label: 'Go on without it',
      consequence: 'The process goes on as if it were done.',
      reasonRequired: true,
    },
  ],
}
