import { type Instant, writeInstant } from '../../base/instant.ts'
import { differencesOf } from '../../model/documents/differences.ts'
import type { DocumentState } from '../../model/documents/document.ts'
import type { Fact, Reference } from '../../model/fact.ts'
import type { ShipmentState } from '../../model/shipment/state.ts'
import type { Subscription, Told } from '../engine/definition.ts'
import type { Scope } from '../engine/scope.ts'
import { type Data, deliveriesOf, keyOf } from '../posting.ts'
import { type Line, linesOf, numberIn, present, record, text } from '../told-document.ts'

/** What the gate knows of one delivery. */
export interface Known {
  readonly delivery?: Delivery
  /** The shipments that carry it, by hub id. */
  readonly shipments: Readonly<Record<string, Carried>>
  /** What the customer received otherwise than it was shipped, by kind and item. */
  readonly differences: Readonly<Record<string, Difference>>
  /** Facts about the invoice that have come: `issued`, `sent`, `disputed`. */
  readonly invoiced: readonly string[]
  /** Of the invoice that stands, else of the last one. */
  readonly invoiceNumber?: string
  /** Each invoice of the delivery: one that was credited may be followed by another. Absent in instances from before they were told apart. */
  readonly invoices?: readonly Invoiced[]
}

/** An invoice, and what was said of it. */
export interface Invoiced {
  /** Empty where nobody has told. */
  readonly number: string
  readonly said: readonly string[]
  /** The document by which the ERP made it: what it answered the release with, where it told so. */
  readonly document?: string
  /** When it was first heard of. */
  readonly at: Instant
}

/** The delivery as it was told last. */
export interface Delivery {
  readonly id: string
  readonly number: string
  readonly orderNumber?: string
  readonly customer?: string
  readonly incoterms?: string
  /** When it left. */
  readonly issuedAt: Instant
  readonly isReversed: boolean
  readonly lines: readonly Line[]
}

/** A shipment, as far as an invoice waits for it. */
export interface Carried {
  readonly total: number
  readonly delivered: number
  readonly proven: number
  readonly proofs: number
  readonly packages: Readonly<Record<string, string>>
  readonly deliveredAt?: Instant
  /** Open troubles that make a proof unclean: damaged, refused, shortage. */
  readonly notations: readonly string[]
  readonly carrier?: string
  readonly isReturning: boolean
}

/** What the documents of the delivery say against each other. */
export interface Difference {
  readonly kind: string
  readonly sku: string
  readonly expected: string
  readonly said: string
  readonly uom?: string
}

/** What a guard of this process looks at. */
export type Here = Scope<Known>

/** What nobody has told yet. */
export const nothing: Known = { shipments: {}, differences: {}, invoiced: [] }

/** Troubles of a carrier that are notes against a delivery. */
const notations: ReadonlySet<string> = new Set(['damaged', 'refused', 'shortage', 'lost', 'theft'])

function referencesIn(fact: Fact, state: unknown): readonly Reference[] {
  const { references } = fact.data as { readonly references?: readonly Reference[] }
  return (state as Partial<ShipmentState> | undefined)?.references ?? references ?? []
}

const shipmentKeys = (fact: Fact, state: unknown): readonly string[] =>
  deliveriesOf(referencesIn(fact, state)).map((number) => keyOf('delivery', number))

function takeShipment(fact: Fact, state: unknown): Carried {
  const { progress, proven, proofs, deliveredAt } = fact.data as Partial<Carried> & {
    readonly progress?: Pick<Carried, 'total' | 'delivered'>
  }
  const { projection, about } = (state ?? {}) as Partial<ShipmentState>
  const standing = projection?.progress ?? progress
  const delivered = projection?.milestones['delivered']
  const count = projection?.proofs ?? proofs ?? 0
  const total = standing?.total ?? 0
  return {
    total,
    delivered: standing?.delivered ?? 0,
    // Facts from before it was counted: then any proof counts for all packages.
    proven: projection?.proven ?? proven ?? (count > 0 ? total : 0),
    proofs: count,
    packages: projection?.packages ?? {},
    notations: [
      ...new Set((projection?.exceptions ?? []).flatMap(({ category }) => (notations.has(category) ? [category] : []))),
    ].toSorted(),
    isReturning: projection?.status === 'returning' || projection?.status === 'returned',
    ...present('deliveredAt', delivered === undefined ? deliveredAt : writeInstant(delivered)),
    ...present('carrier', about?.carrier),
  }
}

/** The log tells the facts of one shipment in their order, each with all that is known: the last one counts. */
function shipment(known: Known, { subject, data }: Told): Known {
  return { ...known, shipments: { ...known.shipments, [subject]: data as Carried } }
}

function takeDelivery(fact: Fact): Data {
  const {
    object = {},
    status,
    to,
  } = fact.data as { readonly object?: Data; readonly status?: unknown; readonly to?: unknown }
  const confirmations = Object.values(record(object['confirmations'])).map(record)
  const [first] = confirmations.flatMap(({ confirmedAt }) => text(confirmedAt) ?? []).toSorted()
  return {
    number: numberIn(fact, 'deliveryNumber', 'delivery') ?? fact.subject,
    status: to ?? status,
    lines: confirmations.flatMap(({ lines }) => linesOf(lines)),
    ...present('orderNumber', text(object['orderNumber'])),
    ...present('customer', text(object['customer']) ?? text(object['customerNumber'])),
    ...present('incoterms', text(object['incoterms'])),
    ...present('confirmedAt', first),
  }
}

function delivery(known: Known, told: Told): Known {
  const { number, lines, orderNumber, customer, incoterms, confirmedAt } = told.data as Omit<Delivery, 'id'> & {
    readonly confirmedAt?: Instant
  }
  const before = known.delivery
  const at = confirmedAt ?? told.at
  const isReversed =
    told.type === 'delivery.goods_issue_reversed' ||
    (before?.isReversed === true && told.type !== 'delivery.goods_issued')
  return {
    ...known,
    delivery: {
      id: told.subject,
      number,
      lines,
      isReversed,
      issuedAt: before === undefined || at < before.issuedAt ? at : before.issuedAt,
      ...present('orderNumber', orderNumber),
      ...present('customer', customer),
      ...present('incoterms', incoterms),
    },
  }
}

const deliveryKeys = (fact: Fact, state: unknown): readonly string[] => {
  const own = numberIn(fact, 'deliveryNumber', 'delivery')
  const of = text(record(record(state)['object'])['deliveryNumber'])
  const number = own ?? (of === undefined ? undefined : keyOf('delivery', of))
  return number === undefined ? [] : [number]
}
const invoiceKeys = (fact: Fact): readonly string[] => {
  const { object = {} } = fact.data as { readonly object?: Data }
  const several = Array.isArray(object['deliveries']) ? (object['deliveries'] as unknown[]) : [object['deliveryNumber']]
  return several.flatMap((one) => (text(one) === undefined ? [] : [keyOf('delivery', String(one))]))
}

/** All that its documents say against each other by now. A fact lists a hundred items, and what is billed is for all of them. */
function takeDifferences(fact: Fact, state: unknown): Data {
  const { object } = (state ?? {}) as Partial<DocumentState>
  return object?.['confirmations'] === undefined
    ? { differences: record(fact.data)['differences'] ?? [] }
    : { differences: differencesOf('delivery', object), isAll: true }
}

function differences(known: Known, { type, data }: Told): Known {
  const { differences: told, isAll } = data as { readonly differences: readonly Difference[]; readonly isAll?: true }
  const isOpen = type === 'delivery.discrepancy_detected'
  const keyed = (one: Difference): string => `${one.kind} ${one.sku}`
  if (isAll === true) return { ...known, differences: Object.fromEntries(told.map((one) => [keyed(one), one])) }
  const gone = new Set(told.map(keyed))
  const rest = Object.entries(known.differences).filter(([key]) => !gone.has(key))
  return {
    ...known,
    differences: Object.fromEntries([...rest, ...(isOpen ? told.map((one) => [keyed(one), one] as const) : [])]),
  }
}

function invoice(known: Known, { type, at, data }: Told): Known {
  const [, happened = ''] = type.split('.')
  const told = text((data as Data)['invoiceNumber'])
  const before = invoicesOf(known)
  const of = told ?? standing(before)?.number ?? ''
  // Whoever was told of without a number is the first one that has one.
  const same = before.find(({ number }) => number === of) ?? before.find(({ number }) => number === '')
  const document = text((data as Data)['document']) ?? same?.document
  const one: Invoiced = {
    number: of,
    ...present('document', document),
    said: [...new Set([...(same?.said ?? []), happened])].toSorted(),
    at: same === undefined || at < same.at ? at : same.at,
  }
  const invoices = [...before.filter((other) => other !== same), one].toSorted((a, b) =>
    `${a.at} ${a.number}` < `${b.at} ${b.number}` ? -1 : 1,
  )
  const number = (standing(invoices) ?? invoices.at(-1))?.number
  return {
    ...known,
    invoices,
    invoiced: [...new Set([...known.invoiced, happened])].toSorted(),
    ...present('invoiceNumber', number === '' ? undefined : number),
  }
}

/** The invoices of the delivery, the oldest first. */
export function invoicesOf({ invoices, invoiced, invoiceNumber = '' }: Known): readonly Invoiced[] {
  return invoices ?? (invoiced.length === 0 ? [] : [{ number: invoiceNumber, said: invoiced, at: '' }])
}

/** Whether the ERP took it back. */
export function isTakenBack({ said }: Invoiced): boolean {
  return said.includes('credited') || said.includes('cancelled')
}

/** The newest one that nobody took back. */
export function standing(invoices: readonly Invoiced[]): Invoiced | undefined {
  return invoices.findLast((one) => !isTakenBack(one))
}

const ofShipment = (about: string, starts?: true): Subscription<Known> => ({
  about,
  keys: shipmentKeys,
  take: takeShipment,
  remember: shipment,
  ...present('starts', starts),
})
const ofDelivery = (about: string, starts?: true): Subscription<Known> => ({
  about,
  keys: deliveryKeys,
  take: takeDelivery,
  remember: delivery,
  ...present('starts', starts),
})
const ofDifference = (about: string): Subscription<Known> => ({
  about,
  keys: deliveryKeys,
  take: takeDifferences,
  remember: differences,
})
const ofInvoice = (about: string): Subscription<Known> => ({
  about,
  keys: invoiceKeys,
  take: (fact) => {
    const { invoiceNumber, documentNumber } = record(record(fact.data)['object'])
    return { ...present('invoiceNumber', text(invoiceNumber)), ...present('document', text(documentNumber)) }
  },
  remember: invoice,
})

/** What shipments, deliveries, customers and the ERP say. */
export const subscribes: Readonly<Record<string, Subscription<Known>>> = {
  'delivery.changed': ofDelivery('More of it left, or it was described anew.'),
  'delivery.discrepancy_detected': ofDifference('The customer received something else than was shipped.'),
  'delivery.discrepancy_resolved': ofDifference('The customer received what was shipped after all.'),
  'delivery.goods_issue_reversed': ofDelivery('The goods did not leave after all.'),
  'delivery.goods_issued': ofDelivery('The goods have left, and the ERP has booked it.', true),
  'delivery.staged': ofDelivery('The warehouse says that the goods have left.', true),
  'invoice.cancelled': ofInvoice('The ERP called the invoice off.'),
  'invoice.credited': ofInvoice('The ERP took the invoice back.'),
  'invoice.disputed': ofInvoice('The customer says that the invoice is wrong.'),
  'invoice.issued': ofInvoice('The ERP gave the invoice a number.'),
  'invoice.sent': ofInvoice('The customer has the invoice.'),
  'shipment.delivered': ofShipment('All packages are delivered.', true),
  'shipment.exception_opened': ofShipment('A note against the delivery.'),
  'shipment.exception_resolved': ofShipment('A note against the delivery is withdrawn.'),
  'shipment.load_linked': ofShipment('Its carrier told of it before anybody said what it carries.'),
  'shipment.partially_delivered': ofShipment('Some packages are delivered.'),
  'shipment.pod_received': ofShipment('There is news about the proof of delivery.', true),
  'shipment.status_changed': ofShipment('The shipment stands elsewhere; a delivery may have been taken back.'),
}
