import type { Instant } from '../../base/instant.ts'
import type { Fact } from '../../model/fact.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { Subscription, Told } from '../engine/definition.ts'
import type { Scope } from '../engine/scope.ts'
import type { Data } from '../posting.ts'
import { type Line, linesOf, numberIn, present, record, text } from '../told-document.ts'
import { isSameGoods } from './comparison.ts'

/** Facts that say what was ordered. */
export const orderFacts = [
  'purchase_order.issued',
  'purchase_order.changed',
  'purchase_order.acknowledged',
  'purchase_order.cancelled',
  'purchase_order.closed',
] as const

/** What the process knows of one purchase order. Documents by number; of each the newest word. */
export interface Known {
  readonly order?: Document
  /** What the supplier answered, by the number of the answer. */
  readonly answers: Readonly<Record<string, Document>>
  readonly notices: Readonly<Record<string, Document>>
  readonly appointments: Readonly<Record<string, Document>>
  readonly receipts: Readonly<Record<string, Document>>
  /** Receipts of which a person said elsewhere that they are of this order, with what stays of them: they are booked and followed there. Absent: none. */
  readonly attached?: Readonly<Record<string, Document>>
  readonly holds: Readonly<Record<string, Document>>
  /** Receipts whose goods are in their bins, with when. Empty key: the warehouse named the order only. */
  readonly stowed: Readonly<Record<string, Instant>>
  /** When the order was closed or called off. Absent: it is open, or was over before that was kept. */
  readonly endedAt?: Instant
}

/** A document as it was told last. */
export interface Document {
  /** Hub id of the object. */
  readonly id: string
  readonly number: string
  readonly at: Instant
  /** When the first was told. */
  readonly since: Instant
  /** The facts about it that have come: `received`, `posted`, `reversed`. */
  readonly said: readonly string[]
  readonly lines: readonly Line[]
  /** What belongs to it besides. */
  readonly more: Data
}

/** What a guard of this process looks at. */
export type Here = Scope<Known>

/** What nobody has told yet. */
export const nothing: Known = {
  answers: {},
  notices: {},
  appointments: {},
  receipts: {},
  holds: {},
  stowed: {},
}

/** The ship notice that the receipt belongs to: the one that it names; else receipts take the oldest ones with the same goods in turn. */
export function noticeOf(known: Known, receipt: Document): Document | undefined {
  const named = text(receipt.more['asnNumber'])
  if (named !== undefined) return known.notices[named]
  const receipts = allReceipts(known).filter((one) => one.number === receipt.number || !isReversed(one))
  const taken = new Set(receipts.flatMap(({ more }) => text(more['asnNumber']) ?? []))
  const notices = Object.values(known.notices)
    .filter(({ more }) => more['cancelled'] !== true)
    .toSorted((a, b) => (a.number < b.number ? -1 : 1))
  const unnamed = receipts
    .filter((one) => text(one.more['asnNumber']) === undefined)
    .toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
  for (const one of unnamed) {
    const found = notices.find((notice) => !taken.has(notice.number) && mayAnnounce(notice, one))
    if (one.number === receipt.number) return found
    if (found !== undefined) taken.add(found.number)
  }
  return undefined
}

/** One that comes after the goods is theirs only if it announces just them: else it is about what is still to come. */
function mayAnnounce(notice: Document, receipt: Document): boolean {
  const items = new Set(receipt.lines.map(({ sku }) => sku))
  if (notice.since > receipt.since) return isSameGoods(notice.lines, receipt.lines)
  return notice.lines.some(({ sku }) => items.has(sku))
}

/** What came for the order, with what a person attached to it. */
export function allReceipts({ receipts, attached = {} }: Known): readonly Document[] {
  return [...Object.values(receipts), ...Object.values(attached)]
}

/** Whether it is booked and followed with another order, or without one. */
export function isAttached({ attached = {} }: Known, { number }: Document): boolean {
  return attached[number] !== undefined
}

/** How exact deliveries have to be. */
export function tolerance(scope: Here): { readonly over: string; readonly under: string } {
  return { over: scope.policy('overTolerancePercent', '0'), under: scope.policy('underTolerancePercent', '0') }
}

/** When the goods of a receipt, or those of the order at once, went to their bins after they had come. Undefined: nobody said. */
export function stowedSince({ stowed }: Known, { number, since }: Document): Instant | undefined {
  const of = stowed['']
  return stowed[number] ?? (of !== undefined && of >= since ? of : undefined)
}

/** Whether the warehouse took the receipt back. */
export function isReversed({ said }: Document): boolean {
  return said.includes('reversed')
}

/** Which of two receipts came first. */
export function rank({ more, number }: Document): string {
  return `${text(more['receivedAt']) ?? ''} ${number}`
}

/** Members that are kept of each kind of document. */
const kept: Readonly<Record<string, readonly string[]>> = {
  appointment: ['asnNumber', 'window', 'location'],
  asn: ['cancelled', 'expectedAt', 'supplier', 'carrier', 'packages'],
  goods_receipt: ['asnNumber', 'purchaseOrderNumber', 'location', 'receivedAt', 'receiptNumber'],
  purchase_order: ['supplier', 'requestedDelivery', 'due', 'purchaseOrderNumber'],
  quality_hold: ['receiptNumber'],
}
const numbers: Readonly<Record<string, readonly [member: string, scheme: string]>> = {
  appointment: ['appointmentNumber', 'appointment'],
  asn: ['asnNumber', 'asn'],
  goods_receipt: ['receiptNumber', 'goods_receipt'],
  quality_hold: ['receiptNumber', 'goods_receipt'],
}

function take(fact: Fact): Data {
  const [entity = '', happened = ''] = fact.type.split('.')
  const { object = {} } = fact.data as { object?: Data }
  const [member, scheme] = numbers[entity] ?? ['', '']
  const number = numberIn(fact, member, scheme) ?? fact.subject
  const answers = entity === 'purchase_order' ? record(object['answers']) : {}
  return {
    number,
    happened,
    lines: linesOf(object['lines'], { lots: entity === 'goods_receipt' || entity === 'quality_hold' }),
    more: Object.fromEntries(
      (kept[entity] ?? []).flatMap((name) => (object[name] === undefined ? [] : [[name, object[name]]])),
    ),
    ...(Object.keys(answers).length === 0 ? {} : { answers }),
  }
}

interface Taken {
  readonly number: string
  readonly happened: string
  readonly lines: readonly Line[]
  readonly more: Data
  readonly answers?: Readonly<Record<string, unknown>>
}

function joined(known: Document | undefined, { subject: id, at, data }: Told): Document {
  const { number, happened, lines, more } = data as Taken
  const said = [...new Set([...(known?.said ?? []), happened])].toSorted()
  if (known === undefined) return { id, number, at, since: at, said, lines, more }
  const since = known.since < at ? known.since : at
  // The log tells the facts of one document in their order, each with the whole document: the last one counts.
  return { ...known, at, since, said, lines, more }
}

/** A receipt may have several holds: each ends by itself. */
const hold: Subscription<Known>['remember'] = (known, told) => ({
  ...known,
  holds: { ...known.holds, [told.subject]: joined(known.holds[told.subject], told) },
})

type Kind = 'notices' | 'appointments' | 'receipts'
const into =
  (kind: Kind): Subscription<Known>['remember'] =>
  (known, told) => {
    const { number } = told.data as Taken
    return { ...known, [kind]: { ...known[kind], [number]: joined(known[kind][number], told) } }
  }

function order(known: Known, told: Told): Known {
  const { answers: given = {} } = told.data as Taken
  const answered = Object.fromEntries(
    Object.entries(given).map(([number, one]): [string, Document] => {
      const { answer, lines } = record(one)
      const since = known.answers[number]?.since ?? told.at
      const more = present('answer', text(answer))
      return [number, { id: told.subject, number, at: since, since, said: [], lines: linesOf(lines), more }]
    }),
  )
  const { happened } = told.data as Taken
  const ended = happened === 'closed' || happened === 'cancelled' ? told.at : undefined
  const first = ended === undefined || (known.endedAt ?? ended) < ended ? known.endedAt : ended
  const answers = { ...known.answers, ...answered }
  return { ...known, order: joined(known.order, told), answers, ...present('endedAt', first) }
}

const orderKey = (fact: Fact): readonly string[] => {
  const number = numberIn(fact, 'purchaseOrderNumber', 'purchase_order')
  return number === undefined ? [] : [number]
}
const ofReceiptAlone = (number: string): string =>
  `receipt ${normalizeIdentifier({ scheme: 'goods_receipt', value: number })}`
/** Goods without an order are a case of their own. */
const receiptKey = (fact: Fact): readonly string[] => {
  const [order] = orderKey(fact)
  return [order ?? ofReceiptAlone(numberIn(fact, 'receiptNumber', 'goods_receipt') ?? fact.subject)]
}
const noticeKeys = (fact: Fact): readonly string[] => {
  const { purchaseOrders } = record(record(fact.data)['object'])
  const several = Array.isArray(purchaseOrders) ? (purchaseOrders as unknown[]) : []
  const all = several.flatMap((one) => numberIn({ ...fact, data: { object: { one } } }, 'one', 'purchase_order') ?? [])
  return all.length > 0 ? all : orderKey(fact)
}

/** The order that a person attached the goods to. */
const attachedKey = (fact: Fact): readonly string[] => {
  const { attached } = record(record(fact.data)['object'])
  return orderKey({ ...fact, data: { object: attached ?? {} } })
}

/** Where the receipt itself is followed: when it is counted anew, and once the order that it was attached to has said that its goods are in their bins. */
const followedKey = (fact: Fact): readonly string[] =>
  stowedAt(fact) === undefined && !isRecount(fact)
    ? []
    : receiptKey(fact).filter((key) => !attachedKey(fact).includes(key))

function isRecount({ data }: Fact): boolean {
  const { changed } = record(data)
  return Array.isArray(changed) && changed.includes('lines')
}

/** What the instance that follows the receipt is told of it. */
function takeFollowed(fact: Fact): Data {
  const receipt = numberIn(fact, 'receiptNumber', 'goods_receipt')
  return {
    receipt,
    ...(isRecount(fact) ? { recount: take(fact) } : {}),
    ...present('stowedAt', stowedAt(fact)),
    isFollowed: true,
  }
}

function follow(known: Known, told: Told): Known {
  const { recount, stowedAt: at } = record(told.data)
  const { number = '' } = (recount ?? {}) as Partial<Taken>
  // Of a receipt that nobody told of here nothing is to be decided anew.
  const isKnown = known.receipts[number] !== undefined
  const next = isKnown ? into('receipts')(known, { ...told, data: recount }) : known
  return text(at) === undefined ? next : stow(next, { ...told, at: text(at) ?? '' })
}

function stowedAt(fact: Fact): Instant | undefined {
  return text(record(record(fact.data)['object'])['stowedAt'])
}

/** What stays of a receipt for an order that is not its own. */
function takeAttached(fact: Fact): Data {
  const { object = {} } = fact.data as { object?: Data }
  const { lines, isSettled } = record(object['attached'])
  const { more, ...told } = take(fact) as unknown as Taken
  return { ...told, lines: linesOf(lines, { lots: true }), more: { ...more, ...present('isSettled', isSettled) } }
}

function attach(known: Known, told: Told): Known {
  const { number, happened } = told.data as Taken
  const one = joined(known.attached?.[number], told)
  // Whoever attaches goods has counted them.
  const said = [...new Set([...one.said, happened === 'reversed' ? happened : 'posted'])].toSorted()
  return { ...known, attached: { ...known.attached, [number]: { ...one, said } } }
}

function stow(known: Known, { at, data }: Told): Known {
  const receipt = text(record(data)['receipt']) ?? ''
  const first = known.stowed[receipt]
  return { ...known, stowed: { ...known.stowed, [receipt]: first === undefined || at < first ? at : first } }
}

type Keys = Subscription<Known>['keys']
function hears(
  about: string,
  keys: Keys,
  remember: Subscription<Known>['remember'],
  takes: (fact: Fact) => Data = take,
): Subscription<Known> {
  return { about, keys, take: takes, remember }
}
const ofOrder = (about: string): Subscription<Known> => hears(about, orderKey, order)
const ofNotice = (about: string): Subscription<Known> => ({
  ...hears(about, noticeKeys, into('notices')),
  starts: true,
})
const ofReceipt = (about: string): Subscription<Known> => ({
  ...hears(about, receiptKey, into('receipts')),
  starts: true,
})
const ofAppointment = (about: string): Subscription<Known> => hears(about, orderKey, into('appointments'))
const ofHold = (about: string): Subscription<Known> => hears(about, orderKey, hold)

/** What is said about an order, its notices, its vehicles and its goods. */
export const subscribes: Readonly<Record<string, Subscription<Known>>> = {
  'appointment.cancelled': ofAppointment('The time at the dock was given back.'),
  'appointment.checked_in': ofAppointment('The vehicle is at the gate or the dock.'),
  'appointment.confirmed': ofAppointment('The site agreed to a time.'),
  'appointment.requested': ofAppointment('A time was asked for.'),
  'appointment.rescheduled': ofAppointment('Another time was asked for.'),
  'asn.changed': ofNotice('The supplier replaced or took back a notice.'),
  'asn.received': ofNotice('The supplier says what is on its way.'),
  'goods_receipt.changed': {
    about:
      'The warehouse counted it anew; a person attached goods to the order that came for another one, or for none; or they are in their bins.',
    keys: (fact) => [...new Set([...attachedKey(fact), ...followedKey(fact)])],
    take: (fact, _, key) => (followedKey(fact).includes(key) ? takeFollowed(fact) : takeAttached(fact)),
    remember: (known, told) => (record(told.data)['isFollowed'] === true ? follow(known, told) : attach(known, told)),
    // Nobody may know the order that a person named: then somebody is asked.
    starts: ({ attached = {} }) => Object.keys(attached).length > 0,
  },
  'goods_receipt.opened': ofReceipt('Goods are being counted in.'),
  'goods_receipt.posted': ofReceipt('The warehouse has counted what came.'),
  'goods_receipt.reversed': {
    ...ofReceipt('The warehouse took the receipt back.'),
    keys: (fact) => [...receiptKey(fact), ...attachedKey(fact)],
    take: (fact, _, key) => (receiptKey(fact).includes(key) ? take(fact) : { ...takeAttached(fact), isAttached: true }),
    remember: (known, told) =>
      record(told.data)['isAttached'] === true ? attach(known, told) : into('receipts')(known, told),
  },
  'inventory.movement_posted': {
    about: 'Goods went from the dock to their bins, for an order or a receipt of it.',
    keys: (fact) => {
      const { type, document } = record(fact.data)
      if (type !== 'putaway') return []
      const { kind, id } = record(document)
      const number = text(id)
      if (kind === 'purchase_order' && number !== undefined)
        return [normalizeIdentifier({ scheme: kind, value: number })]
      const named = orderKey(fact)
      return named.length > 0 || kind !== 'goods_receipt' || number === undefined ? named : [ofReceiptAlone(number)]
    },
    take: (fact) => {
      const { document } = record(fact.data)
      const { kind, id } = record(document)
      const number = kind === 'goods_receipt' ? text(id) : undefined
      return { receipt: number === undefined ? '' : normalizeIdentifier({ scheme: 'goods_receipt', value: number }) }
    },
    remember: stow,
  },
  'purchase_order.acknowledged': ofOrder('The supplier confirmed the order.'),
  'purchase_order.cancelled': {
    ...ofOrder('What has not come was called off.'),
    cancels: () => 'The order was cancelled.',
  },
  'purchase_order.changed': ofOrder('The order changed, or the supplier answered it.'),
  'purchase_order.closed': ofOrder('Nothing more is expected.'),
  'purchase_order.issued': { ...ofOrder('Goods were ordered.'), starts: true },
  'quality_hold.rejected': ofHold('The goods may not be used.'),
  'quality_hold.released': ofHold('The goods may be used.'),
  'quality_hold.returned_to_vendor': ofHold('The goods went back to the supplier.'),
}
