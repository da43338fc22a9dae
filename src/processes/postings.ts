import type { Fact } from '../model/fact.ts'
import type { Revision } from '../model/transmission/report.ts'
import { acknowledgement } from './acknowledgement.ts'
import { type ChannelRule, publication } from './channel/publication.ts'
import { channelShipment, channelStanding, channelSubstitution } from './channel.ts'
import { accrual, goodsIssue, goodsReceipt } from './goods.ts'
import { attachedProofs, invoiceRelease } from './invoice-gate.ts'
import type { NotificationSettings } from './notification/settings.ts'
import { telling } from './notification/telling.ts'
import { movedContainers, orderedContainers } from './partner-containers.ts'
import {
  announcedReturn,
  answeredChange,
  answeredOrder,
  billedCustomer,
  confirmedReceipt,
  instructedTransport,
  orderedGoods,
  paidInvoices,
} from './partner-trade.ts'
import { answeredTender, offeredLoad, reportedStatus } from './partner-transport.ts'
import {
  advisedAdjustment,
  advisedReceipt,
  advisedShipment,
  advisedStock,
  announcedReceipt,
  warehouseOrder,
} from './partner-warehouse.ts'
import { type Data, externalReferenceOf, type Posting } from './posting.ts'
import { sending } from './sending.ts'
import { stockCorrection, stockPosting } from './stock-posting.ts'

/** Which command goes to which system. Configuration: a tenant may send receipts elsewhere than goods issues. */
export interface PostingRoute {
  readonly command: string
  readonly target: string
  readonly tenant: string
  /** Members of the posting that must have these values, e.g. `{"location": "DC1"}`; absent: all postings of the command. */
  readonly when?: Readonly<Record<string, string>>
  /** Orders of several shops are told apart by how their numbers begin: what is of this target, and what of another one beside it. */
  readonly orders?: { readonly prefix: string; readonly others: readonly string[] }
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
  readonly revision?: IntendedRevision
}

/** A revision with the natural key of its line. */
export interface IntendedRevision extends Revision {
  readonly naturalKey: string
}

/**
 * What a fact makes the hub owe to outside systems: the rules in one place. Goods issue per ship confirmation of the warehouse, with
 * the freight it will cost; receipts; corrections of stock; proof of delivery; the invoice once every package
 * of the shipment is delivered and proven; what channels are told of their orders; and what partners are told in documents: orders to
 * warehouses, advices of warehouses, tenders, statuses. Total: it never throws, because it runs inside the fold of a partition.
 */
export function postings(
  fact: Fact,
  routes: readonly PostingRoute[],
  {
    state,
    runs = () => false,
    wording = new Map(),
    channels,
  }: {
    readonly state?: unknown
    readonly runs?: (process: string) => boolean
    /** The tenant's own words. */
    readonly wording?: NotificationSettings['wording'] | undefined
    /** What the tenant's channels may sell. */
    readonly channels?: readonly ChannelRule[] | undefined
  } = {},
): readonly PostingIntent[] {
  if (fact.type === 'transmission.issued') return [sending(fact)]
  if (fact.type === 'listing.issued') return [publication(fact, channels)]
  if (fact.type === 'notification.issued') return telling(fact, state, wording) ?? none
  if (routes.length === 0) return none
  const rule = Object.hasOwn(rules, fact.type) ? rules[fact.type] : undefined
  if (rule === undefined) return none
  const decidedBy = takenOver[fact.type]
  const taken = decidedBy !== undefined && runs(decidedBy.process) ? decidedBy.command : undefined
  const owed = rule(fact, state, (...commands) => routes.some(({ command }) => commands.includes(command)))
  return owed
    .filter(({ command }) => command !== taken)
    .flatMap((posting) =>
      routes.filter((route) => leads(route, posting, fact.tenant)).map((route) => intent(posting, route)),
    )
}

/**
 * What a process decides for tenants who have it. It asks for the same posting under the same natural key, later or never: where a
 * tenant gets the process while documents are under way, nothing is posted twice.
 */
const takenOver: Readonly<Record<string, { readonly process: string; readonly command: string } | undefined>> = {
  'goods_receipt.posted': { process: 'procure-to-receive', command: 'post_goods_receipt' },
  'shipment.delivered': { process: 'ship-to-invoice', command: 'release_invoice' },
  'shipment.pod_received': { process: 'ship-to-invoice', command: 'release_invoice' },
}

const none: readonly never[] = []

/** `state` is the object after the fact; `isRouted` whether anybody gets one of the commands: what is asked often is asked first. */
type Rule = (fact: Fact, state: unknown, isRouted: (...commands: string[]) => boolean) => readonly Posting[]

/** What a process asks for. */
function wantedEffect(fact: Fact): Posting[] {
  const { command, businessKey, queue, priority, payload, target } = fact.data as Omit<Posting, 'key'> & {
    readonly queue: string
    readonly payload: Data
  }
  return [{ command, businessKey, key: queue, priority, payload, ...(target === undefined ? {} : { target }) }]
}

/** A rule that is asked only where somebody gets what it makes. */
function partner(commands: readonly string[], make: (fact: Fact, state: unknown) => readonly Posting[]): Rule {
  return (fact, state, isRouted) => (isRouted(...commands) ? make(fact, state) : none)
}

const channelNews = partner(['update_channel_order'], channelStanding)
const orderAnswers = partner(['answer_order', 'update_channel_order'], (fact) => [
  ...answeredOrder(fact),
  ...channelStanding(fact),
])
const shippedOrder = partner(['ship_channel_order'], channelShipment)
const shipmentAdvices = partner(['advise_shipment', 'notify_shipment'], advisedShipment)
const releasedOrder = partner(['release_delivery', 'cancel_delivery'], warehouseOrder)
const ordered = partner(['order_goods', 'withdraw_order'], orderedGoods)
const receipt = partner(['confirm_receipt'], confirmedReceipt)
const containerMoves = partner(['report_gate_moves', 'report_vessel_moves'], movedContainers)
const booked = partner(['instruct_transport'], instructedTransport)
const containerOrder = partner(['order_containers'], orderedContainers)
const scans = partner(['report_status'], reportedStatus)
const announcement = partner(['announce_return'], announcedReturn)
const offer = partner(['tender_shipment', 'withdraw_tender'], offeredLoad)
const stockAdvice = partner(['advise_stock'], advisedStock)

/**
 * One source for each posting, so that nothing is posted twice: the ERP hears of shipped and received goods from their documents,
 * never from the movements that these make in the stock ledger.
 */
const rules: Readonly<Record<string, Rule>> = {
  'asn.received': partner(['announce_receipt'], announcedReceipt),
  'delivery.cancelled': partner(['cancel_delivery'], warehouseOrder),
  'delivery.changed': (...told) => [
    ...goodsIssue(told[0]),
    ...accrual(told[0]),
    ...shippedOrder(...told),
    ...shipmentAdvices(...told),
    ...releasedOrder(...told),
  ],
  'delivery.released': partner(['release_delivery'], warehouseOrder),
  'delivery.staged': (...told) => [
    ...goodsIssue(told[0]),
    ...accrual(told[0]),
    ...shippedOrder(...told),
    ...shipmentAdvices(...told),
  ],
  'goods_receipt.posted': (fact, ...told) => [
    ...goodsReceipt(fact),
    ...advisedReceipt(fact),
    ...receipt(fact, ...told),
  ],
  'interchange.acknowledged': acknowledgement,
  'inventory.correction_ordered': stockCorrection,
  'inventory.count_recorded': stockAdvice,
  'inventory.movement_posted': (fact) => [...stockPosting(fact), ...advisedAdjustment(fact)],
  'inventory.movement_reversed': stockPosting,
  'inventory.snapshot_recorded': stockAdvice,
  'process.effect_wanted': wantedEffect,
  'invoice.issued': partner(['bill_customer', 'bill_freight'], billedCustomer),
  'order.accepted': orderAnswers,
  'order.backordered': channelNews,
  'order.cancelled': channelNews,
  'order.changed': partner(['answer_order_change'], answeredChange),
  'order.held': channelNews,
  'order.line_substituted': partner(['update_channel_order'], channelSubstitution),
  'order.rejected': orderAnswers,
  'payment.made': partner(['advise_payment'], paidInvoices),
  'purchase_order.cancelled': ordered,
  'purchase_order.changed': ordered,
  'purchase_order.issued': ordered,
  'return.authorized': announcement,
  'return.requested': announcement,
  'shipment.booked': (...told) => [...booked(...told), ...containerOrder(...told)],
  'shipment.delivered': invoiceRelease,
  'shipment.pod_received': (fact) => [...attachedProofs(fact), ...invoiceRelease(fact)],
  'shipment.tender_accepted': partner(['answer_tender'], answeredTender),
  'shipment.tender_cancelled': offer,
  'shipment.tender_changed': offer,
  'shipment.tender_countered': partner(['answer_tender'], answeredTender),
  'shipment.tender_declined': partner(['answer_tender'], answeredTender),
  'shipment.tendered': offer,
  'tracking.events_recorded': (...told) => [...scans(...told), ...containerMoves(...told)],
}

const returned = ['movement', 'returnNumber', 'deliveryNumber', 'location', 'postingDate', 'reverses']
const issued = ['deliveryNumber', 'location', 'carrier', 'orderNumber', 'postingDate']

/** By what the `when` of a route can tell postings apart, for each command: texts that its postings carry. */
export const conditionMembers: Readonly<Record<string, readonly string[]>> = {
  acknowledge_interchange: ['connection', 'number'],
  adjust_inventory: ['movement', 'movementType', 'location', 'postingDate', 'reverses'],
  attach_pod: ['deliveryNumber', 'deliveredAt', 'postingDate'],
  post_freight_accrual: issued,
  post_goods_issue: issued,
  post_goods_receipt: ['receiptNumber', 'purchaseOrderNumber', 'location', 'postingDate'],
  post_return_receipt: returned,
  release_invoice: ['deliveryNumber', 'postingDate'],
  restock_return: returned,
  ship_channel_order: issued,
  update_channel_order: ['orderNumber', 'channel', 'standing'],
}

function leads({ command, target, tenant, when, orders }: PostingRoute, posting: Posting, of: string): boolean {
  if (posting.target !== undefined && posting.target !== target) return false
  if (command !== posting.command || tenant !== of) return false
  if (orders !== undefined && !isOfThese(orders, posting.payload['orderNumber'])) return false
  return when === undefined || Object.entries(when).every(([name, value]) => posting.payload[name] === value)
}

function isOfThese({ prefix, others }: NonNullable<PostingRoute['orders']>, number: unknown): boolean {
  return typeof number === 'string' && number.startsWith(prefix) && !others.some((one) => number.startsWith(one))
}

function intent(
  { command, businessKey, key, payload, priority, revision }: Posting,
  route: PostingRoute,
): PostingIntent {
  const naturalKey = `${command}:${route.target}:${businessKey}`
  const externalReference = externalReferenceOf(route.tenant, naturalKey, route.referenceLength)
  const owed = { command, target: route.target, naturalKey, key, externalReference, payload, priority }
  if (revision === undefined) return { ...owed, lane: 'realtime' }
  const { line, ...wish } = revision
  return { ...owed, lane: 'realtime', revision: { ...wish, naturalKey: `${line}:${route.target}:${businessKey}` } }
}
