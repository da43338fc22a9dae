import { documentName } from '../documents/summary.ts'

/**
 * How an object stands in the books: `none` nothing was asked of any system · `pending` somebody is being told · `blocked` a system
 * refused, or nobody knows what it did: a person has to decide · `posted` everything that was asked for is booked.
 */
export const postingStatuses = ['none', 'pending', 'blocked', 'posted'] as const
/** How an object stands in the books, in one word. */
export type PostingStatus = (typeof postingStatuses)[number]

/** States of the ledger in which a person has to decide. */
export const blockedStates = ['refused', 'parked'] as const
/** States of the ledger in which the hub is still at it. */
export const pendingStates = ['queued', 'sending', 'awaiting', 'unknown'] as const

/** The worst of what was asked for counts. What was called off counts for nothing. */
export function postingStatus(states: readonly string[]): PostingStatus {
  const has = (some: readonly string[]): boolean => states.some((state) => some.includes(state))
  if (has(blockedStates)) return 'blocked'
  if (has(pendingStates)) return 'pending'
  return states.some((state) => state !== 'cancelled') ? 'posted' : 'none'
}

/** Commands that make something in the books: stock, money, accruals. The others tell somebody something. */
export const bookings: readonly string[] = [
  'adjust_freight_accrual',
  'adjust_inventory',
  'charge_customer',
  'issue_credit',
  'post_freight_accrual',
  'post_freight_invoice',
  'post_goods_issue',
  'post_goods_receipt',
  'post_return_receipt',
  'release_invoice',
  'restock_return',
  'reverse_freight_accrual',
  'reverse_goods_issue',
  'reverse_goods_receipt',
]

const bookingNames: ReadonlySet<string> = new Set(bookings)

/** Whether a command makes something in the books. */
export function isBooking(command: string): boolean {
  return bookingNames.has(command)
}

/** Commands about the invoice of a delivery, which has no number yet. */
const ofInvoices: ReadonlySet<string> = new Set([
  'attach_pod',
  'block_invoice',
  'clear_invoice_block',
  'release_invoice',
  'send_invoice',
])

const numbered: Readonly<Record<string, string>> = {
  appointmentNumber: 'appointment',
  deliveryNumber: 'delivery',
  orderNumber: 'order',
  purchaseOrderNumber: 'purchase_order',
  receiptNumber: 'goods_receipt',
  returnNumber: 'return',
}

/** Names of the objects that something that was asked for is about: hub ids, and numbers as in `documentNames`. */
export function postedNames(effect: {
  readonly command: string
  readonly payload: unknown
  /** Hub ids of what caused it. */
  readonly about: readonly string[]
}): readonly string[] {
  const { command, payload, about } = effect
  const members = (typeof payload === 'object' && payload !== null ? payload : {}) as Readonly<Record<string, unknown>>
  const names = Object.entries(numbered).flatMap(([member, scheme]) => {
    const value = members[member]
    return typeof value === 'string' && value !== '' ? [documentName(scheme, value)] : []
  })
  const delivery = members['deliveryNumber']
  const isInvoiced = ofInvoices.has(command) && typeof delivery === 'string'
  return [...new Set([...about, ...names, ...(isInvoiced ? [documentName('invoice_of', delivery)] : [])])]
}
