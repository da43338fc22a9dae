import type { Branch, StateDefinition, Step } from '../engine/definition.ts'
import type { Scope } from '../engine/scope.ts'
import type { Delivery, Known } from './known.ts'

/** How far a warehouse can come, and what is expected of it there. */
const track: readonly (Pick<StateDefinition<Known>, 'about' | 'timers' | 'tasks' | 'final'> & {
  readonly state: string
  readonly status: string
})[] = [
  { state: 'releasing', status: 'created', about: 'It exists; the warehouse has not been told.', timers: ['release'] },
  {
    state: 'awaiting_ack',
    status: 'released',
    about: 'The warehouse may begin, and has not said that it has the order.',
    timers: ['ack', 'fulfil-slip', 'stalled'],
    tasks: ['wms-silent', 'late-fulfilment'],
  },
  {
    state: 'waiting_to_pick',
    status: 'acknowledged',
    about: 'The warehouse has it and has not begun.',
    timers: ['pick-start', 'fulfil-slip', 'stalled'],
    tasks: ['late-fulfilment'],
  },
  {
    state: 'picking',
    status: 'picking',
    about: 'Goods are being taken from their places.',
    timers: ['fulfil-slip', 'stalled'],
    tasks: ['late-fulfilment'],
  },
  {
    state: 'packing',
    status: 'picked',
    about: 'Goods are being packed.',
    timers: ['fulfil-slip', 'stalled'],
    tasks: ['late-fulfilment'],
  },
  {
    state: 'handing_over',
    status: 'packed',
    about: 'Packages wait for the carrier.',
    timers: ['fulfil-slip', 'stalled'],
    tasks: ['late-fulfilment'],
  },
  {
    state: 'issuing',
    status: 'staged',
    about:
      'The warehouse says that the goods have left. The goods issue is posted by the standing rule; the books have not said so yet.',
    timers: ['issue-confirm'],
  },
  { state: 'issued', status: 'goods_issued', about: 'The goods have left, and the books say so.', final: true },
  { state: 'withdrawn', status: 'cancelled', about: 'It will not be shipped.', final: true },
]

const facts = [
  'delivery.acknowledged',
  'delivery.cancelled',
  'delivery.changed',
  'delivery.created',
  'delivery.goods_issue_reversed',
  'delivery.goods_issued',
  'delivery.packed',
  'delivery.picked',
  'delivery.picking',
  'delivery.released',
  'delivery.staged',
] as const

/** The delivery of the branch. */
export function deliveryHere({ known, branchKey }: Scope<Known>): Delivery | undefined {
  return known.deliveries[branchKey]
}

/** Whatever the warehouse or the books say last is where the delivery is, however many steps they leave out. */
function steps(state: string): readonly Step<Known>[] {
  return track
    .filter((one) => one.state !== state)
    .map((one) => ({
      to: one.state,
      label: one.status,
      awaits: [...facts],
      when: (scope) => deliveryHere(scope)?.status === one.status,
    }))
}

/** Still waited for after a time that is over: the timer is set again. */
function reminder(state: string, timer: string): Step<Known> {
  return {
    to: state,
    label: 'it is late',
    awaits: [`timer ${timer}`],
    when: (scope) => scope.missed(timer),
    choose: ({ chosen }) => chosen,
  }
}

/** A person has looked, and it goes on waiting: what was asked is not asked again for the same time. */
const looked: readonly ((state: string) => Step<Known>)[] = [
  (state) => ({
    to: state,
    label: 'a person has called the warehouse',
    awaits: ['task wms-silent'],
    when: (scope) => scope.answer('wms-silent') !== undefined,
    choose: ({ chosen }) => chosen,
  }),
  (state) => ({
    to: state,
    label: 'a person has dealt with the delay',
    awaits: ['task late-fulfilment'],
    when: (scope) => scope.answer('late-fulfilment') !== undefined,
    choose: (scope) => ({ dealtWith: deliveryHere(scope)?.shipBy ?? '' }),
  }),
]

const reminders: Readonly<Record<string, string>> = { releasing: 'release', issuing: 'issue-confirm' }

/** What becomes of each delivery of the order. */
export const deliveryBranch: Branch<Known> = {
  about: 'A delivery of the order, by its number: what the warehouse does with it.',
  initial: 'releasing',
  each: ({ known }) => Object.keys(known.deliveries),
  states: Object.fromEntries(
    track.map(({ state, about, timers, tasks, final }): [string, StateDefinition<Known>] => {
      const rest: StateDefinition<Known> = {
        about,
        ...(timers === undefined ? {} : { timers }),
        ...(tasks === undefined ? {} : { tasks }),
        ...(final === undefined ? {} : { final }),
      }
      if (rest.final === true) return [state, { ...rest, next: steps(state) }]
      const own = looked
        .map((make) => make(state))
        .filter(({ awaits }) => rest.tasks?.some((task) => awaits[0] === `task ${task}`))
      return [state, { ...rest, next: [...steps(state), ...own, reminder(state, reminders[state] ?? 'stalled')] }]
    }),
  ),
}

/** States of deliveries that cannot be taken back any more. */
export function isIssued(delivery: Delivery): boolean {
  return delivery.status === 'goods_issued' || delivery.status === 'staged'
}

/** Deliveries of which nothing more comes. */
export function isOver({ status }: Delivery): boolean {
  return status === 'goods_issued' || status === 'cancelled'
}

/** The facts that move it. */
export const deliveryFacts: readonly string[] = facts
