import type { StateDefinition, Step } from '../engine/definition.ts'
import type { Scope } from '../engine/scope.ts'
import type { Delivery, Known } from './known.ts'

/** How far a warehouse can come, and what is expected of it there. */
export const deliveryTrack: readonly (Pick<StateDefinition<Known>, 'about' | 'timers' | 'tasks' | 'final'> & {
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

/** Types of facts that say where a delivery is. */
export const deliveryFacts: readonly string[] = [
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
]

/** The delivery that the branch is about, known by the key of the branch. */
export function deliveryHere({ known, branchKey }: Scope<Known>): Delivery | undefined {
  return known.deliveries[branchKey]
}

/** Whatever the warehouse or the books say last is where the delivery is, however many steps they leave out. */
export function deliverySteps(state: string): readonly Step<Known>[] {
  return deliveryTrack
    .filter((one) => one.state !== state)
    .map((one) => ({
      to: one.state,
      label: one.status,
      awaits: deliveryFacts,
      when: (scope) => deliveryHere(scope)?.status === one.status,
    }))
}

/** Whether a delivery cannot be taken back any more: its goods stand ready to go, or are gone. */
export function isIssued(delivery: Delivery): boolean {
  return delivery.status === 'goods_issued' || delivery.status === 'staged'
}

const worked: ReadonlySet<string> = new Set(['packed', 'packing', 'picked', 'picking'])

/** Whether somebody in the warehouse has goods of the delivery in his hands. */
export function isPicked({ status }: Delivery): boolean {
  return worked.has(status)
}

/** Whether nothing more comes of a delivery. */
export function isOver({ status }: Delivery): boolean {
  return status === 'goods_issued' || status === 'cancelled'
}
