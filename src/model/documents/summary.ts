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
  /** RFC 3339. Since when the oldest of them is open; absent without any. */
  readonly exceptionAt?: string
  readonly mergedInto: string
}

type Members = Readonly<Record<string, unknown>>

/** Names of members, from the outer to the inner one. */
type Path = readonly string[]

interface Naming {
  readonly number: readonly Path[]
  readonly placed: readonly Path[]
  readonly due: readonly Path[]
  /** Statuses in which nothing is late any more. */
  readonly done: readonly string[]
}

/** Split once: a list is written for each change of a document. */
function paths(...texts: readonly string[]): readonly Path[] {
  return texts.map((text) => text.split('.'))
}

/** Members that say the same, the most exact first: documents of many systems are kept in the words in which they came. */
const namings: Readonly<Partial<Record<DocumentEntity, Naming>>> = {
  appointment: {
    number: paths('appointmentNumber'),
    placed: paths('requestedAt', 'window.from', 'from'),
    due: paths('window.to', 'window.from', 'to'),
    done: ['checked_in', 'at_dock', 'loading', 'completed', 'no_show', 'cancelled'],
  },
  delivery: {
    number: paths('deliveryNumber'),
    placed: paths('createdAt', 'plannedShip.from'),
    due: paths('plannedShip.to', 'plannedShip'),
    done: ['goods_issued', 'cancelled'],
  },
  freight_invoice: {
    number: paths('invoiceNumber'),
    placed: paths('invoiceDate', 'receivedAt'),
    due: paths('dueDate'),
    done: ['paid', 'rejected', 'duplicate', 'cancelled'],
  },
  goods_receipt: {
    number: paths('receiptNumber'),
    placed: paths('receivedAt.at', 'receivedAt'),
    due: paths('expectedAt'),
    done: ['posted', 'reversed'],
  },
  invoice: {
    number: paths('invoiceNumber'),
    placed: paths('issuedAt', 'invoiceDate'),
    due: paths('dueDate'),
    done: ['paid', 'credited', 'cancelled'],
  },
  order: {
    number: paths('orderNumber', 'customerPurchaseOrder'),
    placed: paths('orderDate', 'orderedAt', 'at'),
    due: paths(
      'promise.current.to',
      'promise.initial.to',
      'requestedDelivery.to',
      'requestedDelivery',
      'requestedDate',
    ),
    done: ['shipped', 'delivered', 'closed', 'cancelled', 'rejected'],
  },
  return: {
    number: paths('returnNumber'),
    placed: paths('requestedAt', 'at'),
    due: paths('expiresAt'),
    done: ['received', 'inspecting', 'dispositioned', 'credited', 'closed', 'rejected', 'expired', 'cancelled'],
  },
}

const partyMembers = ['customer', 'customerNumber', 'customerId', 'billTo', 'supplier', 'supplierNumber', 'partner']
const partyNames = ['partyId', 'number', 'name']
const locationMembers = ['location', 'locationId', 'shipFrom', 'warehouse', 'site']
const carrierMembers = ['carrier', 'carrierId']

/** Undefined for objects that have no list of their own. Total: what was told in another shape is left out. */
export function documentSummary(entity: DocumentEntity, state: DocumentState): DocumentSummary | undefined {
  const naming = namings[entity]
  if (naming === undefined) return undefined
  const { object, status = '', references, exceptions = [], mergedInto = '' } = state
  const confirmations = isRecord(object['confirmations']) ? Object.values(object['confirmations']).filter(isRecord) : []
  const told = [object, ...confirmations]
  const own = references.find(({ scheme }) => scheme === entity) ?? references[0]
  const placedAt = firstInstant(object, naming.placed)
  const dueAt = naming.done.includes(status) ? undefined : firstInstant(object, naming.due)
  return {
    number: firstText(object, naming.number) ?? own?.value ?? '',
    status,
    mentions: mentionsIn(told, references),
    parties: documentParties(object),
    locations: texts(told, locationMembers),
    carriers: texts(told, carrierMembers),
    ...(placedAt === undefined ? {} : { placedAt }),
    ...(dueAt === undefined ? {} : { dueAt }),
    exceptions: exceptions.length === 0 ? none : firstOf(new Set(exceptions.map(({ category }) => category))),
    ...(exceptions.length === 0 ? {} : { exceptionAt: oldest(exceptions) }),
    mergedInto,
  }
}

function oldest(exceptions: readonly { readonly since: string }[]): string {
  return exceptions.map(({ since }) => since).toSorted()[0] ?? ''
}

/** Customers and suppliers that a document names. */
export function documentParties(object: Members): readonly string[] {
  const parties = Array.isArray(object['parties']) ? object['parties'].filter(isRecord) : []
  return firstOf(new Set([...texts([object], partyMembers), ...texts(parties, partyNames)]))
}

/**
 * Names that postings and documents share: hub id, and each number with its scheme. An invoice is also known by the deliveries that it
 * is for, since it has no number before the ERP gives it one.
 */
export function documentNames(entity: DocumentEntity, id: string, state: DocumentState): readonly string[] {
  const { object, references } = state
  const names = new Set([id])
  for (const { scheme, value } of references) names.add(documentName(scheme, value))
  const number = firstText(object, namings[entity]?.number ?? [])
  if (number !== undefined) names.add(documentName(entity, number))
  if (entity === 'invoice') {
    const several = Array.isArray(object['deliveries']) ? (object['deliveries'] as unknown[]) : []
    for (const one of [object['deliveryNumber'], ...several])
      if (typeof one === 'string') names.add(documentName('invoice_of', one))
  }
  return firstOf(names)
}

/** A number as postings and documents agree on it: `delivery:80000001`. */
export function documentName(scheme: string, value: string): string {
  const like = scheme === 'invoice_of' ? 'delivery' : scheme
  return `${scheme}:${normalizeIdentifier({ scheme: like, value })}`
}

const isNumber = /(?:Numbers?|PurchaseOrder|^pro|^bol|^shipment|^deliveries|^purchaseOrders)$/

/** With and without leading zeros: people write both. */
function mentionsIn(objects: readonly Members[], references: DocumentState['references']): readonly string[] {
  const found = new Set<string>()
  const mention = (value: unknown): void => {
    if (typeof value !== 'string') return
    found.add(value.trim()).add(normalizeIdentifier({ scheme: 'order', value }))
  }
  for (const { value } of references) mention(value)
  for (const one of objects) {
    for (const name of Object.keys(one)) {
      if (!isNumber.test(name)) continue
      const value = one[name]
      if (Array.isArray(value)) for (const each of value) mention(each)
      else mention(value)
    }
  }
  return firstOf(found)
}

function texts(objects: readonly Members[], names: readonly string[]): readonly string[] {
  const found = new Set<string>()
  for (const one of objects) {
    for (const name of names) {
      const value = one[name]
      if (typeof value === 'string') {
        if (value !== '') found.add(value)
      } else if (isRecord(value)) {
        for (const inner of innerNames) if (typeof value[inner] === 'string') found.add(value[inner])
      }
    }
  }
  return firstOf(found)
}

/** What a party or a place that is more than a text is called by. */
const innerNames = ['number', 'code', 'id', 'name']

function firstText(object: Members, wanted: readonly Path[]): string | undefined {
  for (const path of wanted) {
    const one = at(object, path)
    if (typeof one === 'string' && one !== '') return one
  }
  return undefined
}

/** A day counts to its end: nobody is late on the day itself. */
function firstInstant(object: Members, wanted: readonly Path[]): string | undefined {
  for (const path of wanted) {
    const value = at(object, path)
    if (typeof value !== 'string') continue
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value)
    const ms = readInstant(isDay ? `${value}T23:59:59Z` : value)
    if (ms !== undefined) return writeInstant(ms)
  }
  return undefined
}

function at(object: Members, path: Path): unknown {
  let value: unknown = object
  for (const name of path) value = isRecord(value) ? value[name] : undefined
  return value
}

function isRecord(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function firstOf(values: ReadonlySet<string>): readonly string[] {
  return values.size === 0 ? none : [...values].slice(0, namesMax)
}

const none: readonly string[] = []

/** A document with more names than this is shown with the first of them. */
const namesMax = 100
