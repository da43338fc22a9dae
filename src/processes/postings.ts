import { shortHash } from '../base/sha256.ts'
import type { Fact, Reference } from '../model/fact.ts'

/** Which command goes to which system. Configuration: a tenant may send receipts elsewhere than goods issues. */
export interface PostingRoute {
  readonly command: string
  readonly target: string
  readonly tenant: string
  /** What the target can store as our reference; the contract of the generic ERP allows 32. */
  readonly referenceLength?: number
}

/** A posting that somebody is owed. The natural key is a function of the business event: however often it is decided, it is one. */
export interface PostingIntent {
  readonly command: string
  readonly target: string
  readonly naturalKey: string
  /** Postings of one key reach the target in order. */
  readonly key: string
  readonly externalReference: string
  readonly payload: unknown
  readonly lane: 'realtime'
  readonly priority: number
}

interface Posting {
  readonly command: string
  readonly businessKey: string
  readonly key: string
  readonly payload: unknown
  readonly priority: number
}

/**
 * What a fact makes the hub owe to outside systems: the rules in one place. Goods issue per delivery from the warehouse's ship
 * confirmation, with the freight it will cost; receipts; corrections of stock; proof of delivery; the invoice once every package
 * of the shipment is delivered and proven.
 */
export function postings(fact: Fact, routes: readonly PostingRoute[]): readonly PostingIntent[] {
  const rule = Object.hasOwn(rules, fact.type) ? rules[fact.type] : undefined
  if (rule === undefined) return none
  return rule(fact).flatMap((posting) =>
    routes
      .filter(({ command, tenant }) => command === posting.command && tenant === fact.tenant)
      .map((route) => intent(posting, route)),
  )
}

const none: readonly PostingIntent[] = []

type Data = Readonly<Record<string, unknown>>

const rules: Readonly<Record<string, (fact: Fact) => readonly Posting[]>> = {
  'delivery.staged': (fact) => goodsIssue(fact.data as { readonly object: Data }),
  'goods_receipt.posted': (fact) => goodsReceipt(fact.data as { readonly object: Data }),
  'inventory.movement_posted': (fact) => adjustment(fact),
  'inventory.movement_reversed': (fact) => reversal(fact),
  'shipment.delivered': (fact) => invoice(fact),
  'shipment.pod_received': (fact) => [...proof(fact), ...invoice(fact)],
}

function goodsIssue({ object }: { readonly object: Data }): Posting[] {
  const number = String(object.deliveryNumber)
  const { lines, location, carrier, trackingNumbers, orderNumber, confirmedAt, freight } = object
  const key = `delivery:${number}`
  const header = { deliveryNumber: number, location, carrier, trackingNumbers, orderNumber }
  const issue = {
    command: 'post_goods_issue',
    businessKey: number,
    key,
    priority: 3,
    payload: { ...header, postingDate: dateOf(confirmedAt), lines },
  }
  if (freight === undefined) return [issue]
  return [
    issue,
    {
      command: 'post_freight_accrual',
      businessKey: `${number}:${String(carrier)}`,
      key,
      priority: 5,
      payload: { ...header, postingDate: dateOf(confirmedAt), lines: [{ charge: 'linehaul', ...(freight as Data) }] },
    },
  ]
}

function goodsReceipt({ object }: { readonly object: Data }): Posting[] {
  const { receiptNumber, purchaseOrderNumber, location, lines, receivedAt } = object
  const number = String(receiptNumber)
  return [
    {
      command: 'post_goods_receipt',
      businessKey: number,
      key: `receipt:${number}`,
      priority: 4,
      payload: { receiptNumber: number, purchaseOrderNumber, location, postingDate: dateOf(receivedAt), lines },
    },
  ]
}

const adjusting: ReadonlySet<unknown> = new Set([
  'adjust_gain',
  'adjust_loss',
  'count_gain',
  'count_loss',
  'damage',
  'hold',
  'release',
  'scrap',
  'status_change',
  'opening_balance',
])

/** Shipping and receiving are posted with their documents, moves within the warehouse not at all: the ERP does not keep bins. */
function adjustment(fact: Fact): Posting[] {
  const { movement, type, sku, quantity, uom, reasonCode, postings: rows, document } = fact.data as Data
  if (!adjusting.has(type)) return []
  const payload = {
    movement,
    movementType: type,
    postingDate: dateOf(fact.occurredAt),
    document,
    lines: [{ sku, quantity, uom, reasonCode, postings: rows }],
  }
  return [
    { command: 'adjust_inventory', businessKey: String(movement), key: `item:${String(sku)}`, priority: 5, payload },
  ]
}

/** A shipment that came back on paper: the goods issue is taken back as a document of its own. */
function reversal(fact: Fact): Posting[] {
  const { movement, type, sku, quantity, uom, document, reverses } = fact.data as Data
  if (type !== 'ship_reversal') return []
  const number = String((document as Data).id)
  return [
    {
      command: 'reverse_goods_issue',
      businessKey: String(movement),
      key: `delivery:${number}`,
      priority: 4,
      payload: {
        deliveryNumber: number,
        reverses,
        postingDate: dateOf(fact.occurredAt),
        lines: [{ sku, quantity, uom }],
      },
    },
  ]
}

function proof(fact: Fact): Posting[] {
  const { documents, deliveredAt, signedBy, references } = fact.data as {
    documents?: readonly string[]
    deliveredAt?: string
    signedBy?: string
    references: readonly Reference[]
  }
  const number = deliveryOf(references)
  if (number === undefined) return []
  const businessKey = `${number}:${documents?.[0] ?? 'scan'}`
  return [
    {
      command: 'attach_pod',
      businessKey,
      key: `delivery:${number}`,
      priority: 5,
      payload: {
        deliveryNumber: number,
        deliveredAt,
        signed: signedBy !== undefined,
        documents: documents ?? [],
        postingDate: dateOf(deliveredAt),
      },
    },
  ]
}

/** The gate: delivered in full and proven. Whichever of the two facts comes last opens it; the natural key lets only one through. */
function invoice(fact: Fact): Posting[] {
  const { proofs, status, progress, references } = fact.data as {
    proofs: number
    status?: string
    progress: { total: number; delivered: number }
    references: readonly Reference[]
  }
  const number = deliveryOf(references)
  const delivered = fact.type === 'shipment.delivered' || status === 'delivered'
  if (number === undefined || !delivered || proofs < 1 || progress.delivered < progress.total) return []
  return [
    {
      command: 'release_invoice',
      businessKey: number,
      key: `delivery:${number}`,
      priority: 4,
      payload: { deliveryNumber: number, proofs, postingDate: dateOf(fact.occurredAt) },
    },
  ]
}

function deliveryOf(references: readonly Reference[]): string | undefined {
  return references.find(({ scheme }) => scheme === 'delivery')?.value
}

function dateOf(instant: unknown): string | undefined {
  return typeof instant === 'string' ? instant.slice(0, 10) : undefined
}

function intent({ command, businessKey, key, payload, priority }: Posting, route: PostingRoute): PostingIntent {
  const naturalKey = `${command}:${route.target}:${businessKey}`
  const externalReference = `IL${shortHash(`${route.tenant}|${naturalKey}`).toUpperCase()}`.slice(
    0,
    route.referenceLength ?? 32,
  )
  return { command, target: route.target, naturalKey, key, externalReference, payload, lane: 'realtime', priority }
}
