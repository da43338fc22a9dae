import type { Check } from './check.ts'
import { documentsIn, warehouse } from './document-rows.ts'

const open = documentsIn('order', [
  ...['received', 'accepted', 'on_hold', 'backordered', 'partially_allocated', 'allocated'],
  ...['released', 'partially_shipped'],
])

/** Orders that no stock is reserved for. */
export const ordersAwaitingAllocation: Check = {
  id: 'orders-awaiting-allocation',
  question: 'Which orders wait for stock to be allocated?',
  meaning: 'What is not allocated is not picked: the promise to the customer runs while nobody works on it.',
  area: 'orders',
  unit: 'orders',
  unknown: 'No order is open.',
  thresholds: { amber: 1, red: 50 },
  graceMinutes: 60,
  owner: 'order-desk',
  nextAction: 'Look at availability; allocate from elsewhere, split, or tell the customer another date.',
  list: { page: '/orders', search: { status: 'accepted' } },
  answer: {
    ...open,
    found: `d.status IN ('received', 'accepted', 'backordered', 'partially_allocated') AND d.placed_at < :before`,
    labels: { warehouse },
    item: { ...open.item, page: '/orders' },
  },
}
