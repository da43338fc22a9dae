import type { Fact, Reference } from '../model/fact.ts'
import { type Data, dateOf, deliveriesOf, keyOf, numberOf, type Posting } from './posting.ts'

/**
 * What the ERP is told about movements of stock. Shipped and received goods are posted with their documents; moves within the
 * warehouse not at all, because an ERP does not keep bins; returns, transfers and kits belong to processes of their own.
 */
export function stockPosting(fact: Fact): Posting[] {
  const { type } = fact.data as Data
  if (adjusting.has(type)) return [adjustment(fact)]
  return type === 'ship_reversal' ? [goodsIssueReversal(fact)] : []
}

const adjusting: ReadonlySet<unknown> = new Set([
  'adjust_gain',
  'adjust_loss',
  'count_gain',
  'count_loss',
  'damage',
  'hold',
  'opening_balance',
  'release',
  'scrap',
  'status_change',
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
  const { movement, sku, quantity, uom, reverses } = fact.data as Data
  const number = deliveryOf(fact)
  return {
    command: 'reverse_goods_issue',
    businessKey: numberOf(movement, fact),
    key: `delivery:${keyOf('delivery', number ?? fact.subject)}`,
    priority: 4,
    payload: {
      deliveryNumber: number,
      reverses,
      postingDate: dateOf(fact.occurredAt),
      lines: [{ sku, quantity, uom }],
    },
  }
}

/** A reversal may be a document of its own kind: then its reference, or the movement that it takes back, names the delivery. */
function deliveryOf(fact: Fact): string | undefined {
  const { references, document, reverses } = fact.data as {
    references?: readonly Reference[]
    document?: { readonly kind?: string; readonly id?: string }
    reverses?: string
  }
  const named = deliveriesOf(references ?? [])[0]
  if (named !== undefined) return named
  if (document?.kind === 'delivery') return document.id
  const [, kind, id] = reverses?.split('/') ?? []
  return kind === 'delivery' ? id : undefined
}
