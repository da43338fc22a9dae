import { type Decimal, isDecimal } from '../../base/decimal.ts'
import { type Instant, readInstant } from '../../base/instant.ts'
import type { Fact, Reference } from '../../model/fact.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { Told } from '../engine/definition.ts'
import type { Data } from '../posting.ts'
import { type Line as DocumentLine, decimal, linesOf, present, record, text } from '../told-document.ts'
import type { Correction } from './correction.ts'
import type { Options } from './instead/options.ts'
import { alternativePrefix } from './instead/plan.ts'
import { readReservation, wishOf } from './reservation-name.ts'
import type { Load } from './transport/load.ts'

/** What the process knows of one order. */
export interface Known {
  readonly order: string
  readonly number: string
  readonly references: readonly Reference[]
  readonly status?: string
  /** Of what is known of the order: an older word changes nothing. */
  readonly toldAt: Instant
  readonly revision: number
  readonly shipComplete: boolean
  /** Undefined: nobody said what was ordered. */
  readonly lines?: readonly Line[]
  /** Lines that cannot be read, in words. */
  readonly problems: readonly string[]
  /** By number. */
  readonly deliveries: Readonly<Record<string, Delivery>>
  /** What warehouses say that left, otherwise than before, by number of the delivery and its confirmation. Absent: nobody did. */
  readonly corrections?: Readonly<Record<string, Readonly<Record<string, Correction>>>>
  /** What stock says of each line, by number of the line. */
  readonly reservations: Readonly<Record<string, Reserved>>
  /** What stock says of what is shipped instead of goods that were not found, by name of the reservation. */
  readonly alternatives?: Readonly<Record<string, Reserved>>
  /** What could be shipped instead, by number of the delivery that was short. */
  readonly options?: Readonly<Record<string, Options>>
  /** What the order says of each line beside what is ordered, by number of the line. */
  readonly terms?: Readonly<Record<string, Terms>>
  readonly customer?: string
  readonly channel?: string
  /** What each delivery leaves with, by number of the delivery: where the hub plans that. */
  readonly loads: Readonly<Record<string, Load>>
}

/** What is ordered of one item. */
export interface Line {
  readonly lineNo: string
  readonly sku: string
  readonly quantity: Decimal
  readonly uom: string
}

/** What was agreed about a line. Absent: nobody has said. */
export interface Terms {
  /** Whether another item may be sent instead. */
  readonly isAllowed?: boolean
  /** Of one ordered unit. */
  readonly unitPrice?: Decimal
  readonly currency?: string
}

/** A delivery of the order, as it was told last. */
export interface Delivery {
  readonly subject: string
  readonly status: string
  readonly toldAt: Instant
  /** Until when the goods should have left. */
  readonly shipBy?: Instant
  /** Absent: nobody has told. */
  readonly packages?: readonly Package[]
  /** Numbers and names under which the delivery is known. */
  readonly references?: readonly Reference[]
  /** What it should have, where its lines say by now what it has. Absent: its lines say so. */
  readonly wanted?: readonly DocumentLine[]
  /** What its warehouse has taken from its places. Absent: it has not said. */
  readonly picked?: readonly Picked[]
  /** What its warehouse has to be told of it, by the names and numbers that it was ordered with. */
  readonly ordered: Data
}

/** What a warehouse took of an item. `line` is empty where it names none. */
export interface Picked extends DocumentLine {
  /** Why there is less than was wanted, in the code of the warehouse. */
  readonly reason?: string
  /** What it says becomes of the rest: `backordered` or `cancelled`. */
  readonly rest?: string
}

/** A package as the warehouse tells of it. */
export interface Package {
  readonly id: string
  readonly weightGrams?: Decimal
  readonly lengthMm?: Decimal
  readonly widthMm?: Decimal
  readonly heightMm?: Decimal
}

/** What stock said of a line last. */
export interface Reserved {
  /** Under which name it was asked for. Absent in instances from before that was kept. */
  readonly reservation?: string
  readonly outcome: string
  readonly revision: number
  readonly granted: Decimal
  readonly missing: Decimal
  /** How much of it has left. Absent: nobody has told. */
  readonly consumed?: Decimal
  readonly expectedAt?: Instant
  readonly reason?: string
  readonly toldAt: Instant
}

/** Nobody has said anything yet. */
export const nothing: Known = {
  order: '',
  number: '',
  references: [],
  toldAt: '',
  revision: 0,
  shipComplete: false,
  problems: [],
  deliveries: {},
  reservations: {},
  loads: {},
}

/** The number that an order is known by: that of the system that numbers it, else the customer's, else the hub's own. */
export function orderKeys(fact: Fact): readonly string[] {
  const { object = {}, references = [] } = fact.data as {
    readonly object?: Data
    readonly references?: readonly Reference[]
  }
  const named = [
    object['orderNumber'],
    ...['order', 'customer_order'].map((scheme) => references.find((one) => one.scheme === scheme)?.value),
  ]
  const number = named.find((one): one is string => typeof one === 'string' && one !== '')
  return [number === undefined ? fact.subject : normalizeIdentifier({ scheme: 'order', value: number })]
}

/** The order that a delivery says it is of. One that names none is nobody's business here. */
export function deliveryKeys(fact: Fact, state?: unknown): readonly string[] {
  const { object } = fact.data as { readonly object?: Data }
  const { orderNumber } = object ?? (state as { readonly object?: Data } | undefined)?.object ?? {}
  return typeof orderNumber === 'string' && orderNumber !== ''
    ? [normalizeIdentifier({ scheme: 'order', value: orderNumber })]
    : []
}

interface OrderTold {
  readonly number: string
  readonly status?: string
  readonly references: readonly Reference[]
  readonly revision: number
  readonly shipComplete: boolean
  readonly lines?: unknown
  readonly customer?: string
  readonly channel?: string
  /** It stands elsewhere, and is the same order: not every system numbers what is wanted apart from where it stands. */
  readonly isSame?: true
}

const customerMembers = ['customerNumber', 'customerId', 'customer'] as const

/** What is taken of a fact about the order. */
export function orderOf(fact: Fact, state: unknown, number: string): OrderTold {
  const { object, references, changed, to, status } = fact.data as {
    readonly object: Data
    readonly references: readonly Reference[]
    readonly changed?: readonly string[]
    readonly to?: string
    readonly status?: string | null
  }
  const stands = to ?? status ?? undefined
  const { revision = 0 } = (state ?? {}) as { readonly revision?: number }
  const { lines, shipComplete } = object
  return {
    number,
    ...(stands === undefined ? {} : { status: stands }),
    references,
    revision,
    shipComplete: shipComplete === true || shipComplete === 'true',
    ...(lines === undefined ? {} : { lines }),
    ...present(
      'customer',
      customerMembers.map((name) => text(object[name])).find((one) => one !== undefined),
    ),
    ...present('channel', text(object['channel'])),
    ...(changed?.length === 0 ? { isSame: true } : {}),
  }
}

/** The newest word about the order counts. */
export function rememberOrder(known: Known, { subject, at, data }: Told): Known {
  const { lines, isSame, ...told } = data as OrderTold
  if (isOlder(at, known.toldAt)) return known
  const wanted = lines === undefined ? {} : { ...readLines(lines), terms: termsOf(lines) }
  const next = { ...known, ...told, order: subject, toldAt: at, ...wanted }
  return isSame === true && wantsTheSame(known, next) ? { ...next, revision: known.revision } : next
}

/** Whether the order was heard of before and wants what it wanted then. */
function wantsTheSame(before: Known, next: Known): boolean {
  const wanted = ({ lines, terms, shipComplete }: Known): string => JSON.stringify([lines, terms, shipComplete])
  return before.toldAt !== '' && wanted(before) === wanted(next)
}

interface DeliveryTold {
  readonly number: string
  readonly status: string
  readonly shipBy?: Instant
  readonly packages?: readonly Package[]
  readonly references?: readonly Reference[]
  readonly wanted?: readonly DocumentLine[]
  readonly picked?: readonly Picked[]
  readonly ordered: Data
}

/** A document that takes a delivery back names all of these again. */
const orderedMembers = [
  'carrier',
  'customerPurchaseOrder',
  'deliveryNumber',
  'lines',
  'location',
  'orderNumber',
  'shipTo',
] as const

/** What is taken of a fact about a delivery. */
export function deliveryOf(fact: Fact): DeliveryTold {
  const { object, to, status, references } = fact.data as {
    readonly object: Data
    readonly to?: string
    readonly status?: string | null
    readonly references?: readonly Reference[]
  }
  const { deliveryNumber, plannedShip } = object
  const { to: shipBy = plannedShip } = (typeof plannedShip === 'object' && plannedShip !== null ? plannedShip : {}) as {
    readonly to?: unknown
  }
  const number = typeof deliveryNumber === 'string' && deliveryNumber !== '' ? deliveryNumber : fact.subject
  return {
    number: normalizeIdentifier({ scheme: 'delivery', value: number }),
    status: to ?? status ?? '',
    ...(typeof shipBy === 'string' && readInstant(shipBy) !== undefined ? { shipBy } : {}),
    ...present('packages', packagesOf(object['packages'])),
    ...present('references', references),
    ...present('wanted', Array.isArray(object['wanted']) ? linesOf(object['wanted']) : undefined),
    ...present('picked', pickedIn(object)),
    ordered: Object.fromEntries(
      orderedMembers.flatMap((name) => (object[name] === undefined ? [] : [[name, object[name]]])),
    ),
  }
}

/** What the newest word says, and what left before with another confirmation: that word is only about what is told with it. */
function pickedIn({ picked, pickedWith, confirmations }: Data): readonly Picked[] | undefined {
  const told = pickedOf(picked)
  if (told === undefined || typeof pickedWith !== 'string') return told
  const others = Object.entries(record(confirmations)).filter(([name]) => name !== pickedWith)
  return [...others.flatMap(([, one]) => linesOf(record(one)['lines'])), ...told]
}

/** A line that has no number is not the one of its place in the list: warehouses tell of packages, not of lines of the delivery. */
function pickedOf(told: unknown): readonly Picked[] | undefined {
  if (!Array.isArray(told)) return undefined
  return (told as unknown[]).flatMap((one) => {
    const { line, lineNo, reason, rest } = record(one)
    const isNumbered = text(line) !== undefined || text(lineNo) !== undefined
    return linesOf([one]).map((found) => ({
      ...found,
      ...(isNumbered ? {} : { line: '' }),
      ...present('reason', text(reason)),
      ...present('rest', text(rest)),
    }))
  })
}

const packageSizes = ['weightGrams', 'lengthMm', 'widthMm', 'heightMm'] as const
const packagesMax = 500

/** What the warehouse packed the delivery into. Undefined where it does not say. */
function packagesOf(told: unknown): readonly Package[] | undefined {
  if (!Array.isArray(told)) return undefined
  return (told as unknown[])
    .slice(0, packagesMax)
    .map(record)
    .map((one, index) => ({
      id: text(one['sscc']) ?? text(one['id']) ?? `${index + 1}`,
      ...Object.fromEntries(
        packageSizes.flatMap((name) => {
          const size = decimal(one[name])
          return size === undefined ? [] : [[name, size]]
        }),
      ),
    }))
}

/** The newest word about each delivery counts. */
export function rememberDelivery(known: Known, { subject, at, data }: Told): Known {
  const { number, ...told } = data as DeliveryTold
  const before = known.deliveries[number]
  if (before !== undefined && isOlder(at, before.toldAt)) return known
  return { ...known, deliveries: { ...known.deliveries, [number]: { ...before, ...told, subject, toldAt: at } } }
}

/** What stock answers about a line. */
export function rememberReservation(known: Known, { at, data }: Told): Known {
  const told = data as Omit<Reserved, 'toldAt'> & { readonly reservation: string }
  if (told.reservation.startsWith(alternativePrefix)) return rememberAlternative(known, told, at)
  const said = { ...told, revision: wishOf(told.revision) }
  const { lineNo, round } = readReservation(known.number, said.reservation)
  const before = known.reservations[lineNo]
  if (before !== undefined && isOlder(at, before.toldAt)) return known
  if (before?.reservation !== undefined) {
    // Under the name of another time: what was held before a hold, or the like.
    const asked = readReservation(known.number, before.reservation)
    if (round < asked.round) return known
    // To a question that was asked again since.
    if (round === asked.round && said.revision < before.revision) return known
  }
  return { ...known, reservations: { ...known.reservations, [lineNo]: reservedOf(said, at) } }
}

function reservedOf(said: Omit<Reserved, 'toldAt'> & { readonly reservation: string }, at: Instant): Reserved {
  const { reservation, outcome, revision, granted, missing, consumed, expectedAt, reason } = said
  return {
    ...{ reservation, outcome, revision, granted, missing, toldAt: at },
    ...present('consumed', consumed),
    ...present('expectedAt', expectedAt),
    ...present('reason', reason),
  }
}

/** What is shipped instead is asked for once under each name. */
function rememberAlternative(known: Known, said: Parameters<typeof reservedOf>[0], at: Instant): Known {
  const before = known.alternatives?.[said.reservation]
  if (before !== undefined && isOlder(at, before.toldAt)) return known
  return { ...known, alternatives: { ...known.alternatives, [said.reservation]: reservedOf(said, at) } }
}

function isOlder(at: Instant, than: Instant): boolean {
  return (readInstant(at) ?? 0) < (readInstant(than) ?? 0)
}

/** What the lines say of prices, and of other items instead. */
function termsOf(told: unknown): NonNullable<Known['terms']> {
  if (!Array.isArray(told)) return {}
  const terms = (told as unknown[]).map((one, index): readonly [string, Terms] => {
    const line = record(one)
    const { lineNo, line: no, unitPrice, price, currency, substitutionAllowed } = line
    const money = record(unitPrice)
    const isAllowed = { true: true, false: false }[String(substitutionAllowed)]
    return [
      textOf(lineNo) ?? textOf(no) ?? `${index + 1}`,
      {
        ...present('isAllowed', isAllowed),
        ...present('unitPrice', decimal(money['amount'] ?? unitPrice ?? price)),
        ...present('currency', text(money['currency']) ?? text(currency)),
      },
    ]
  })
  return Object.fromEntries(terms.filter(([, one]) => Object.keys(one).length > 0))
}

/** What was ordered, and what is wrong with it. */
function readLines(told: unknown): Pick<Known, 'lines' | 'problems'> {
  if (!Array.isArray(told)) return { lines: [], problems: ['The lines are no list.'] }
  const problems: string[] = []
  const lines = (told as unknown[]).flatMap((one, index): Line[] => {
    const { lineNo, line, sku, item, quantity, uom = 'C62' } = (one ?? {}) as Record<string, unknown>
    const number = textOf(lineNo) ?? textOf(line) ?? `${index + 1}`
    const itemNumber = textOf(sku) ?? textOf(item)
    const amount = textOf(quantity)
    if (itemNumber === undefined) problems.push(`Line ${number} names no item.`)
    else if (!isDecimal(amount) || amount.startsWith('-') || /^0+(\.0+)?$/.test(amount))
      problems.push(`Line ${number}: the quantity is not above zero.`)
    else return [{ lineNo: number, sku: itemNumber, quantity: amount, uom: textOf(uom) ?? 'C62' }]
    return []
  })
  const twice = lines.filter(({ lineNo }, index) => lines.findIndex((one) => one.lineNo === lineNo) !== index)
  if (told.length === 0) problems.push('It has no lines.')
  return { lines, problems: [...problems, ...twice.map(({ lineNo }) => `Line ${lineNo} is there twice.`)] }
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return `${value}`
  return typeof value === 'string' && value !== '' ? value : undefined
}
