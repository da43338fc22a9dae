import { readInstant, writeInstant } from '../../base/instant.ts'
import { normalizeIdentifier } from '../identifier.ts'
import type { DocumentState } from './document.ts'
import type { DocumentEntity } from './transitions.ts'

/** What lists show of an order, a delivery, an invoice … and what people look for in them. */
export interface DocumentSummary {
  /** The number that the business knows it by; empty where nobody has given it one. */
  readonly number: string
  readonly status: string
  /** Every number that it names, its own and those of what belongs to it, in all forms that people write. */
  readonly mentions: readonly string[]
  /** Customers and suppliers as their documents name them, places and carriers likewise. */
  readonly parties: readonly string[]
  readonly locations: readonly string[]
  readonly carriers: readonly string[]
  /** When it was ordered, received, dated; absent where nobody said. */
  readonly placedAt?: string
  /** By when the next thing should have happened to it; absent where nobody said, or it has happened. */
  readonly dueAt?: string
  /** Categories of what is wrong with it. */
  readonly exceptions: readonly string[]
  readonly mergedInto: string
}

type Members = Readonly<Record<string, unknown>>

interface Naming {
  readonly number: readonly string[]
  readonly placed: readonly string[]
  readonly due: readonly string[]
  /** Statuses in which nothing is late any more. */
  readonly done: readonly string[]
}

/** Members that say the same, the most exact first: documents of many systems are kept in the words in which they came. */
const namings: Readonly<Partial<Record<DocumentEntity, Naming>>> = {
  appointment: {
    number: ['appointmentNumber'],
    placed: ['requestedAt', 'window.from', 'from'],
    due: ['window.to', 'window.from', 'to'],
    done: ['checked_in', 'at_dock', 'loading', 'completed', 'no_show', 'cancelled'],
  },
  delivery: {
    number: ['deliveryNumber'],
    placed: ['createdAt', 'plannedShip.from'],
    due: ['plannedShip.to', 'plannedShip'],
    done: ['goods_issued', 'cancelled'],
  },
  freight_invoice: {
    number: ['invoiceNumber'],
    placed: ['invoiceDate', 'receivedAt'],
    due: ['dueDate'],
    done: ['paid', 'rejected', 'duplicate', 'cancelled'],
  },
  goods_receipt: {
    number: ['receiptNumber'],
    placed: ['receivedAt.at', 'receivedAt'],
    due: ['expectedAt'],
    done: ['posted', 'reversed'],
  },
  invoice: {
    number: ['invoiceNumber'],
    placed: ['issuedAt', 'invoiceDate'],
    due: ['dueDate'],
    done: ['paid', 'credited', 'cancelled'],
  },
  order: {
    number: ['orderNumber', 'customerPurchaseOrder'],
    placed: ['orderDate', 'orderedAt', 'at'],
    due: ['promise.current.to', 'promise.initial.to', 'requestedDelivery.to', 'requestedDelivery', 'requestedDate'],
    done: ['shipped', 'delivered', 'closed', 'cancelled', 'rejected'],
  },
  return: {
    number: ['returnNumber'],
    placed: ['requestedAt', 'at'],
    due: ['expiresAt'],
    done: ['received', 'inspecting', 'dispositioned', 'credited', 'closed', 'rejected', 'expired', 'cancelled'],
  },
}

const partyMembers = ['customer', 'customerNumber', 'customerId', 'billTo', 'supplier', 'supplierNumber', 'partner']
const locationMembers = ['location', 'locationId', 'shipFrom', 'warehouse', 'site']
const carrierMembers = ['carrier', 'carrierId']

/** Undefined for objects that have no list of their own. Total: what was told in another shape is left out. */
export function documentSummary(entity: DocumentEntity, state: DocumentState): DocumentSummary | undefined {
  const naming = namings[entity]
  if (naming === undefined) return undefined
  const { object, status = '', references, exceptions = [], mergedInto = '' } = state
  const confirmations = Object.values(isRecord(object['confirmations']) ? object['confirmations'] : {})
  const told = [object, ...confirmations.filter(isRecord)]
  const parties = Array.isArray(object['parties']) ? object['parties'].filter(isRecord) : []
  const own = references.find(({ scheme }) => scheme === entity) ?? references[0]
  const placedAt = firstInstant(object, naming.placed)
  const dueAt = naming.done.includes(status) ? undefined : firstInstant(object, naming.due)
  return {
    number: firstText(object, naming.number) ?? own?.value ?? '',
    status,
    mentions: mentionsIn(told, references),
    parties: unique([...texts([object], partyMembers), ...texts(parties, ['partyId', 'number', 'name'])]),
    locations: texts(told, locationMembers),
    carriers: texts(told, carrierMembers),
    ...(placedAt === undefined ? {} : { placedAt }),
    ...(dueAt === undefined ? {} : { dueAt }),
    exceptions: unique(exceptions.map(({ category }) => category)),
    mergedInto,
  }
}

/**
 * Names that postings and documents share: hub id, and each number with its scheme. An invoice is also known by the deliveries that it
 * is for, since it has no number before the ERP gives it one.
 */
export function documentNames(entity: DocumentEntity, id: string, state: DocumentState): readonly string[] {
  const { object, references } = state
  const numbers = references.map(({ scheme, value }) => documentName(scheme, value))
  const number = firstText(object, namings[entity]?.number ?? [])
  const several = Array.isArray(object['deliveries']) ? (object['deliveries'] as unknown[]) : []
  const deliveries = [object['deliveryNumber'], ...several].filter((one) => typeof one === 'string')
  return unique([
    id,
    ...numbers,
    ...(number === undefined ? [] : [documentName(entity, number)]),
    ...(entity === 'invoice' ? deliveries.map((one) => documentName('invoice_of', one)) : []),
  ])
}

/** A number as postings and documents agree on it: `delivery:80000001`. */
export function documentName(scheme: string, value: string): string {
  const like = scheme === 'invoice_of' ? 'delivery' : scheme
  return `${scheme}:${normalizeIdentifier({ scheme: like, value })}`
}

const isNumber = /(?:Numbers?|PurchaseOrder|^pro|^bol|^shipment|^deliveries|^purchaseOrders)$/

/** With and without leading zeros: people write both. */
function mentionsIn(objects: readonly Members[], references: DocumentState['references']): readonly string[] {
  const told = objects.flatMap((one) =>
    Object.entries(one).flatMap(([name, value]) => (isNumber.test(name) ? [value].flat() : [])),
  )
  const numbers = [...references.map(({ value }) => value), ...told.filter((one) => typeof one === 'string')]
  return unique(numbers.flatMap((one) => [one.trim(), normalizeIdentifier({ scheme: 'order', value: one })]))
}

function texts(objects: readonly Members[], names: readonly string[]): readonly string[] {
  return unique(objects.flatMap((one) => names.flatMap((name) => textIn(one[name]))))
}

function textIn(value: unknown): readonly string[] {
  if (typeof value === 'string' && value !== '') return [value]
  if (!isRecord(value)) return []
  return ['number', 'code', 'id', 'name'].flatMap((name) => (typeof value[name] === 'string' ? [value[name]] : []))
}

function firstText(object: Members, paths: readonly string[]): string | undefined {
  return paths.map((path) => at(object, path)).find((one): one is string => typeof one === 'string' && one !== '')
}

/** A day counts to its end: nobody is late on the day itself. */
function firstInstant(object: Members, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const value = at(object, path)
    if (typeof value !== 'string') continue
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value)
    const ms = readInstant(isDay ? `${value}T23:59:59Z` : value)
    if (ms !== undefined) return writeInstant(ms)
  }
  return undefined
}

function at(object: Members, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), object)
}

function isRecord(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].slice(0, namesMax)
}

/** A document with more names than this is shown with the first of them. */
const namesMax = 100
