import { add, compare, subtract } from '../../base/decimal.ts'
import { type Instant, readInstant } from '../../base/instant.ts'
import type { Fact } from '../../model/fact.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { ShipmentState } from '../../model/shipment/state.ts'
import type { Subscription, Told } from '../engine/definition.ts'
import type { Scope } from '../engine/scope.ts'
import { type Data, deliveriesOf, keyOf } from '../posting.ts'
import { decimal, type Line, linesOf, numberIn, present, record, text } from '../told-document.ts'
import { inBase, type Measure, measureIn, type Told as Some } from './measure.ts'

/** What the process knows of one return. */
export interface Known {
  readonly return?: Announced
  /** Receipts of goods by the identity of their movement: parcels of one return add up. */
  readonly received: Readonly<Record<string, Came>>
  /** What was found, by its key: units in the same state. */
  readonly inspected: Readonly<Record<string, Finding>>
  /** How the items that came are counted. Absent in instances from before that was kept. */
  readonly measures?: Readonly<Record<string, Measure>>
  /** A carrier brings back what he could not deliver: hub id of the shipment. */
  readonly carried?: string
}

/** The return as it was told last. */
export interface Announced {
  readonly id: string
  readonly number: string
  readonly said: readonly string[]
  readonly requestedAt: Instant
  readonly lines: readonly Line[]
  readonly more: Data
}

/** Goods that came back. */
export interface Came {
  readonly sku: string
  /** As stock counts it. */
  readonly quantity: string
  readonly at: Instant
  /** All of it did not come after all. */
  readonly isTakenBack?: true
  /** How much of it did not come after all, by the identity of each reversal. */
  readonly takenBack?: Readonly<Record<string, string>>
  /** Only reversals of it were told yet. */
  readonly isUnheard?: true
}

/** Units in the same state, and what is to become of them. */
export interface Finding {
  readonly sku: string
  readonly quantity: string
  /** Absent: as stock counts it. */
  readonly uom?: string
  readonly grade: string
  readonly disposition: string
  readonly value?: string
}

/** What a guard of this process looks at. */
export type Here = Scope<Known>

/** What nobody has told yet. */
export const nothing: Known = { received: {}, inspected: {} }

/** How much of each item came back. */
export function cameBack({ received }: Known): ReadonlyMap<string, string> {
  return sums(
    Object.values(received)
      .filter(({ isTakenBack, isUnheard }) => isTakenBack !== true && isUnheard !== true)
      .map(({ sku, quantity, takenBack = {} }) => {
        const left = Object.values(takenBack).reduce((rest, one) => subtract(rest, one), quantity)
        return { sku, quantity: compare(left, '0') < 0 ? '0' : left }
      }),
  )
}

/** How often a return was settled before: parcels that come later are settled by themselves. */
export function parcelOf(chosen: Data): number {
  return typeof chosen['parcel'] === 'number' ? chosen['parcel'] : 0
}

/** So much of one item, as stock counts it; the unit where it is told. */
export interface Units {
  readonly sku: string
  readonly quantity: string
  readonly uom?: string
}

/** What the customer gets money for: what came and was not refused, however much was announced. */
export function acceptedUnits(scope: Here): readonly Units[] {
  if (scope.choice('mismatch') === 'reject') return []
  const all = text(scope.chosen['all'])
  const unitOf = (sku: string) => present('uom', scope.known.measures?.[sku]?.base)
  const came = [...cameBack(scope.known)].map(([sku, quantity]) => ({ sku, quantity, ...unitOf(sku) }))
  if (all !== undefined) return all === 'reject' ? [] : came
  const kept = Object.values(scope.known.inspected).filter(({ disposition }) => disposition !== 'reject')
  const { sums: found } = counted(scope.known, kept)
  // Whoever looked may have seen more than came, or some of it did not come after all.
  return came.flatMap((one) => {
    const quantity = lesser(found.get(one.sku) ?? '0', one.quantity)
    return compare(quantity, '0') > 0 ? [{ ...one, quantity }] : []
  })
}

function lesser(a: string, b: string): string {
  return compare(a, b) < 0 ? a : b
}

/** What came of what the customer was allowed to send: as far as anybody can tell, he is paid for no more before it is looked at. */
export function dueOnReceipt(known: Known): readonly Units[] {
  const allowed = counted(known, announcedUnits(known))
  return [...cameBack(known)].flatMap(([sku, quantity]) => {
    const due = allowed.unreadable.has(sku) ? '0' : lesser(quantity, allowed.sums.get(sku) ?? '0')
    return compare(due, '0') > 0 ? [{ sku, quantity: due, ...present('uom', known.measures?.[sku]?.base) }] : []
  })
}

/** What the customer said that he sends. */
export function announcedUnits(known: Known): readonly Units[] {
  return (known.return?.lines ?? []).map(({ sku, quantity = '0', uom }) => ({ sku, quantity, ...present('uom', uom) }))
}

/** Of these, what was not paid before anybody looked at the goods. What was paid in a unit that nobody can convert counts for all of the item. */
export function unpaidEarly(known: Known, units: readonly Units[], paid: readonly Units[]): readonly Units[] {
  const early = counted(known, paid)
  return units.flatMap((one) => {
    const open = early.unreadable.has(one.sku) ? '0' : subtract(one.quantity, early.sums.get(one.sku) ?? '0')
    return compare(open, '0') > 0 ? [{ ...one, quantity: open }] : []
  })
}

/** Items of which the customer was credited more than came, by now. */
export function creditedTooMuch({ known, chosen }: Here): readonly string[] {
  const came = cameBack(known)
  return Object.entries(record(chosen['paid'])).flatMap(([sku, paid]) =>
    compare(decimal(paid) ?? '0', came.get(sku) ?? '0') > 0 ? [sku] : [],
  )
}

/** The same, less what was credited when earlier parcels were settled, or was paid before anybody looked. */
export function uncredited(scope: Here, early: readonly Units[] = []): readonly Units[] {
  const paid = record(scope.chosen['paid'])
  const all = acceptedUnits(scope)
  const settled = new Map(all.map(({ sku, quantity }) => [sku, subtract(quantity, decimal(paid[sku]) ?? '0')]))
  // What was paid early is among what was settled since: the one that leaves less counts.
  return unpaidEarly(scope.known, all, early).flatMap((one) => {
    const quantity = lesser(one.quantity, settled.get(one.sku) ?? '0')
    return compare(quantity, '0') > 0 ? [{ ...one, quantity }] : []
  })
}

/** Whether more came than the last settlement knew of. Instances from before that was kept know of all that came. */
export function isMore({ known, chosen }: Here): boolean {
  if (chosen['came'] === undefined) return false
  const before = record(chosen['came'])
  return [...cameBack(known)].some(([sku, quantity]) => compare(quantity, decimal(before[sku]) ?? '0') > 0)
}

/** Whether anything came back. */
export function isHere(known: Known): boolean {
  return [...cameBack(known).values()].some((one) => compare(one, '0') > 0)
}

/** Whether somebody has looked at everything that came, and all of that can be counted. */
export function isInspected(known: Known): boolean {
  const found = counted(known, Object.values(known.inspected))
  if (!isHere(known) || found.unreadable.size > 0) return false
  return [...cameBack(known)].every(([sku, quantity]) => compare(found.sums.get(sku) ?? '0', quantity) >= 0)
}

/**
 * Items of which something else or more came than was authorized, or where nobody knows how many of one unit the other is; all of them
 * where nothing was.
 */
export function mismatches(known: Known): readonly string[] {
  const allowed = counted(known, announcedUnits(known))
  return [...cameBack(known)]
    .filter(([sku, quantity]) => allowed.unreadable.has(sku) || compare(quantity, allowed.sums.get(sku) ?? '0') > 0)
    .map(([sku]) => sku)
}

/** Sums as stock counts them, and the items of which something was told in a unit that nobody can convert. */
function counted(known: Known, ones: readonly (Some & { readonly sku: string })[]) {
  const unreadable = new Set<string>()
  const readable = ones.flatMap(({ sku, ...one }) => {
    const quantity = inBase(one, known.measures?.[sku])
    if (quantity === undefined) unreadable.add(sku)
    return quantity === undefined ? [] : [{ sku, quantity }]
  })
  return { sums: sums(readable), unreadable }
}

function sums(ones: readonly { readonly sku: string; readonly quantity: string }[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { sku, quantity } of ones) found.set(sku, add(found.get(sku) ?? '0', quantity))
  return found
}

/** What belongs to a disposition where nobody named one. */
const usual: Readonly<Record<string, string>> = { A: 'restock', B: 'refurbish', C: 'refurbish', scrap: 'scrap' }

function takeReturn(fact: Fact): Data {
  const [, happened = ''] = fact.type.split('.')
  const { object = {} } = fact.data as { readonly object?: Data }
  const lines = Array.isArray(object['lines']) ? (object['lines'] as unknown[]).map(record) : []
  const onLines = lines.flatMap(({ sku, line, uom, inspected }, at) =>
    (Array.isArray(inspected) ? (inspected as unknown[]) : []).map(
      (one, index) => [`${text(line) ?? at + 1}.${index + 1}`, { sku, uom, ...record(one) }] as const,
    ),
  )
  const found = Object.entries({ ...Object.fromEntries(onLines), ...record(object['inspections']) }).flatMap(
    ([key, one]) => {
      const { sku, quantity, uom, grade, disposition, value } = record(one)
      const [item, many, state] = [text(sku), decimal(quantity), text(grade)]
      if (item === undefined || many === undefined || state === undefined) return []
      return [
        [
          key,
          {
            sku: item,
            quantity: many,
            ...present('uom', text(uom)),
            grade: state,
            disposition: text(disposition) ?? usual[state] ?? 'reject',
            ...present('value', decimal(value)),
          } satisfies Finding,
        ] as const,
      ]
    },
  )
  const kept = ['orderNumber', 'deliveryNumber', 'customer', 'reason', 'deliveredAt', 'refundMode', 'expiresAt']
  return {
    happened,
    number: numberIn(fact, 'returnNumber', 'return') ?? fact.subject,
    lines: linesOf(object['lines']),
    more: Object.fromEntries(kept.flatMap((name) => (object[name] === undefined ? [] : [[name, object[name]]]))),
    found: Object.fromEntries(found),
  }
}

function announced(known: Known, { subject, at, data }: Told): Known {
  const { happened, number, lines, more, found } = data as Omit<Announced, 'id'> & {
    readonly happened: string
    readonly found: Known['inspected']
  }
  const before = known.return
  const requestedAt = before === undefined || at < before.requestedAt ? at : before.requestedAt
  const said = [...new Set([...(before?.said ?? []), happened])].toSorted()
  return {
    ...known,
    return: { id: subject, number, said, requestedAt, lines, more },
    inspected: { ...known.inspected, ...found },
  }
}

const returnKeys = (fact: Fact): readonly string[] => {
  const number = numberIn(fact, 'returnNumber', 'return')
  return number === undefined ? [] : [number]
}

/** Goods that come back name their return, or the delivery that they left with. */
const movementKeys = (fact: Fact): readonly string[] => {
  const { type, document } = record(fact.data)
  if (type !== 'return_receipt') return []
  const { kind, id } = record(document)
  if ((kind === 'return' || kind === 'rma') && text(id) !== undefined)
    return [normalizeIdentifier({ scheme: 'return', value: String(id) })]
  const [delivery] = deliveriesOf((fact.data as { references?: [] }).references ?? [])
  return delivery === undefined
    ? text(id) === undefined
      ? []
      : [String(id)]
    : [`delivery ${keyOf('delivery', delivery)}`]
}

function came(known: Known, { type, at, data }: Told): Known {
  const { movement, sku, quantity, reverses, measure } = data as Came & {
    readonly movement: string
    readonly reverses?: string
    readonly measure?: Measure
  }
  const measures = present('measures', measure === undefined ? known.measures : { ...known.measures, [sku]: measure })
  const isReversed = type === 'inventory.movement_reversed'
  const id = isReversed ? (reverses ?? movement) : movement
  const before = known.received[id]
  const { isUnheard: _, ...heard } = before ?? { sku, quantity, at }
  const now: Came = isReversed
    ? reversedBy({ ...(before ?? { sku, quantity, at, isUnheard: true }) }, { movement, quantity, reverses })
    : { ...heard, ...(before?.isUnheard === true ? { quantity, at } : {}) }
  return { ...known, ...measures, received: { ...known.received, [id]: now } }
}

/** A reversal that names what it takes back may take back a part of it. */
function reversedBy(
  one: Came,
  {
    movement,
    quantity,
    reverses,
  }: { readonly movement: string; readonly quantity: string; readonly reverses?: string | undefined },
): Came {
  return reverses === undefined
    ? { ...one, isTakenBack: true }
    : { ...one, takenBack: { ...one.takenBack, [movement]: quantity } }
}

const ofMovement = (about: string): Subscription<Known> => ({
  about,
  keys: movementKeys,
  take: (fact, state) => {
    const { movement, sku, quantity, reverses } = record(fact.data)
    const measure = present('measure', measureIn(fact, state))
    return { movement, sku, quantity, ...present('reverses', text(reverses)), ...measure }
  },
  remember: came,
  starts: true,
})
const ofReturn = (about: string, starts?: true): Subscription<Known> => ({
  about,
  keys: returnKeys,
  take: takeReturn,
  remember: announced,
  ...present('starts', starts),
})

/** What customers, the ERP, the warehouse and carriers say. */
export const subscribes: Readonly<Record<string, Subscription<Known>>> = {
  'inventory.movement_posted': ofMovement('Goods came back into the warehouse.'),
  'inventory.movement_reversed': { ...ofMovement('They did not come back after all.'), starts: false },
  'return.authorized': ofReturn('The customer may send it.', true),
  'return.cancelled': { ...ofReturn('The customer keeps it.'), cancels: () => 'The customer keeps it.' },
  'return.changed': ofReturn('Something of it was told anew: findings, lines.'),
  'return.dispositioned': ofReturn('It was looked at, and it is decided what happens to it.'),
  'return.expired': ofReturn('It did not come in time.'),
  'return.inspecting': ofReturn('Somebody looks at it.'),
  'return.provisional': ofReturn('Goods are announced, and no order is known for them.', true),
  'return.received': ofReturn('It is in the warehouse.', true),
  'return.rejected': ofReturn('The customer may not send it.'),
  'return.requested': ofReturn('The customer asks to send something back.', true),
  'shipment.return_started': {
    about: 'A carrier brings back what he could not deliver.',
    keys: (fact, state) => {
      const { references } = fact.data as { readonly references?: [] }
      return deliveriesOf((state as Partial<ShipmentState> | undefined)?.references ?? references ?? []).map(
        (one) => `delivery ${keyOf('delivery', one)}`,
      )
    },
    take: () => ({}),
    remember: (known, { subject }) => ({ ...known, carried: subject }),
    starts: true,
  },
}

/** In time and with a known day of delivery; what is not known is for a person. */
export function isAllowed(scope: Here): boolean {
  const { more = {}, requestedAt = '' }: Partial<Announced> = scope.known.return ?? {}
  const delivered = readInstant(text(more['deliveredAt']) ?? '')
  const requested = readInstant(requestedAt)
  if (!scope.policy('autoApprove', true) || delivered === undefined || requested === undefined) return false
  return requested - delivered <= scope.policy('returnWindowDays', 30) * 86_400_000
}
