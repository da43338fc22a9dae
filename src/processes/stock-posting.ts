import { absolute } from '../base/decimal.ts'
import type { Fact, Reference } from '../model/fact.ts'
import { type Data, dateOf, deliveriesOf, keyOf, numberOf, type Posting } from './posting.ts'

/**
 * What the ERP is told about movements of stock. Shipped and received goods are posted with their documents, and taken back by
 * documents of their own; what a customer sends back has its receipt and its way back into stock. Everything else that changes
 * quantity, owner, status or warehouse is a correction. Moves within a warehouse are not posted: an ERP does not keep bins.
 */
export function stockPosting(fact: Fact): Posting[] {
  const { type, document } = fact.data as Data
  // What was taken over from the other system is there already.
  if (isCorrection(document)) return []
  if (adjusting.has(type)) return [adjustment(fact)]
  switch (type) {
    case 'receipt_reversal':
      return [goodsReceiptReversal(fact)]
    case 'restock':
      return [customerReturn(fact, 'restock_return')]
    case 'return_receipt':
      return [customerReturn(fact, 'post_return_receipt')]
    case 'ship_reversal':
      return [goodsIssueReversal(fact)]
    default:
      return []
  }
}

/** A person has decided that the other system is wrong: it gets an adjustment although nothing moved. */
export function stockCorrection(fact: Fact): Posting[] {
  const { correction, system, sku, uom, postings } = fact.data as Data
  const [change] = (postings ?? []) as readonly { readonly location: string; readonly delta: string }[]
  if (change === undefined || typeof system !== 'string') return []
  const quantity = absolute(change.delta)
  return [
    {
      command: 'adjust_inventory',
      target: system,
      businessKey: numberOf(correction, fact),
      key: `item:${numberOf(sku, fact)}`,
      priority: 5,
      payload: {
        movement: correction,
        movementType: change.delta.startsWith('-') ? 'adjust_loss' : 'adjust_gain',
        location: change.location,
        postingDate: dateOf(fact.recordedAt),
        lines: [{ sku, quantity, uom, postings }],
      },
    },
  ]
}

function isCorrection(document: unknown): boolean {
  const { system, kind } = (document ?? {}) as { readonly system?: string; readonly kind?: string }
  return system === 'hub' && kind === 'correction'
}

/** A kit is several of these, one per item, with the same document: production is the counter-account of each by itself. */
const adjusting: ReadonlySet<unknown> = new Set([
  'adjust_gain',
  'adjust_loss',
  'count_gain',
  'count_loss',
  'damage',
  'hold',
  'kit',
  'opening_balance',
  'ownership_change',
  'release',
  'return_to_vendor',
  'scrap',
  'status_change',
  'transfer_in',
  'transfer_out',
  'unkit',
])

/** Also when a correction is itself taken back: the changes of stock carry the sign. */
function adjustment(fact: Fact): Posting {
  const { movement, type, sku, quantity, uom, reasonCode, postings, document, reverses } = fact.data as Data
  const places = postings as readonly { readonly location: string }[] | undefined
  return {
    command: 'adjust_inventory',
    businessKey: numberOf(movement, fact),
    key: `item:${numberOf(sku, fact)}`,
    priority: 5,
    payload: {
      movement,
      movementType: type,
      location: places?.[0]?.location,
      postingDate: dateOf(fact.occurredAt),
      document,
      ...(reverses === undefined ? {} : { reverses }),
      lines: [{ sku, quantity, uom, reasonCode, postings }],
    },
  }
}

/** Goods that did not leave after all: the goods issue is taken back by a document of its own. */
function goodsIssueReversal(fact: Fact): Posting {
  const number = documentNumber(fact, 'delivery')
  return {
    ...reversal(fact, { deliveryNumber: number }),
    command: 'reverse_goods_issue',
    key: `delivery:${keyOf('delivery', number ?? fact.subject)}`,
  }
}

/** Goods that were not received after all, behind the receipt that they came with. */
function goodsReceiptReversal(fact: Fact): Posting {
  const number = documentNumber(fact, 'goods_receipt')
  return {
    ...reversal(fact, { receiptNumber: number }),
    command: 'reverse_goods_receipt',
    key: `receipt:${keyOf('goods_receipt', number ?? fact.subject)}`,
  }
}

function reversal(fact: Fact, header: Data): Omit<Posting, 'command' | 'key'> {
  const { movement, sku, quantity, uom, reverses } = fact.data as Data
  return {
    businessKey: numberOf(movement, fact),
    priority: 4,
    payload: { ...header, reverses, postingDate: dateOf(fact.occurredAt), lines: [{ sku, quantity, uom }] },
  }
}

/** In the queue of its item: goods are back before they are back in stock. Taken back, it says what it takes back. */
function customerReturn(fact: Fact, command: 'post_return_receipt' | 'restock_return'): Posting {
  const { movement, sku, quantity, uom, document, postings, lot, serial, reasonCode, reverses } = fact.data as Data
  const places = postings as readonly { readonly location: string }[] | undefined
  const returnNumber = (document as { readonly id?: string } | undefined)?.id
  return {
    command,
    businessKey: numberOf(movement, fact),
    key: `item:${numberOf(sku, fact)}`,
    priority: 5,
    payload: {
      movement,
      returnNumber,
      deliveryNumber: deliveriesOf(referencesOf(fact))[0],
      location: places?.[0]?.location,
      postingDate: dateOf(fact.occurredAt),
      ...(reverses === undefined ? {} : { reverses }),
      lines: [{ sku, quantity, uom, lot, serial, reasonCode, postings }],
    },
  }
}

/** A reversal may be a document of its own kind: then its reference, or the movement that it takes back, names the document. */
function documentNumber(fact: Fact, kind: 'delivery' | 'goods_receipt'): string | undefined {
  const { document, reverses } = fact.data as {
    document?: { readonly kind?: string; readonly id?: string }
    reverses?: string
  }
  const named = referencesOf(fact).find(({ scheme }) => scheme === kind)?.value
  if (named !== undefined) return named
  if (document?.kind === kind) return document.id
  const [, kindTakenBack, id] = reverses?.split('/') ?? []
  return kindTakenBack === kind ? id : undefined
}

function referencesOf(fact: Fact): readonly Reference[] {
  return (fact.data as { references?: readonly Reference[] }).references ?? []
}
