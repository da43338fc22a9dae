import { compare, type Decimal, isDecimal, isZero, negate } from '../../base/decimal.ts'
import type { Derived } from '../fact.ts'
import { canonicalUnit } from '../partner-unit.ts'
import { type Draft, raise } from './draft.ts'
import { problem } from './problem.ts'
import { readItemRules } from './rules.ts'
import type { Reservation } from './state.ts'

/** Data of `inventory.reservation_reported`: soft is reserved, hard is allocated, and consumed when the goods are shipped. */
export interface ReservationReport extends Reservation {
  readonly id: string
  readonly status: 'active' | 'consumed' | 'released' | 'expired'
}

/** Folds a reservation: the newest word of it counts. */
export function reserve(draft: Draft, report: ReservationReport): Derived[] {
  const { id, status, location, quantity, kind } = report
  const bad = wrongQuantity(draft, id, quantity)
  if (bad !== undefined) return [bad]
  const { [id]: known, ...others } = draft.reservations
  if (known !== undefined) weigh(draft, known, negate)
  if (status !== 'active') {
    draft.reservations = others
    return known === undefined ? [] : [demand(`inventory.reservation_${status}`, { draft, id, one: known })]
  }
  const one = { location, quantity, kind }
  weigh(draft, one, (amount) => amount)
  draft.reservations = { ...others, [id]: one }
  return known !== undefined && isSame(known, one) ? [] : [demand('inventory.reserved', { draft, id, one })]
}

/** Data of `inventory.safety_reported`: stock of a location that is never promised. */
export interface SafetyReport {
  readonly location: string
  readonly quantity: Decimal
}

/** Folds how much of a location is promised to nobody, in the base unit; zero takes it back. */
export function keepBack(draft: Draft, { location, quantity }: SafetyReport): Derived[] {
  const bad = wrongQuantity(draft, location, quantity)
  if (bad !== undefined) return [bad]
  draft.weighed.add(location)
  const { [location]: _, ...others } = draft.safety
  draft.safety = isZero(quantity) ? others : { ...others, [location]: quantity }
  return []
}

/** Folds what the master data says: units, safety stock, limits. The base unit of stock that is there cannot be changed by a field. */
export function described(draft: Draft, object: Readonly<Record<string, unknown>>): Derived[] {
  const rules = readItemRules(object)
  if (rules === undefined)
    return [problem({ sku: draft.sku, document: null }, 'the item’s units or limits are not valid')]
  const { baseUom, uomConversions, safetyStock, countLimits, lowStock } = rules
  const facts: Derived[] = []
  if (baseUom !== undefined && canonicalUnit(baseUom) !== draft.uom) {
    if (Object.values(draft.balances).some((onHand) => !isZero(onHand)))
      facts.push(problem({ sku: draft.sku, document: null }, `there is stock in ${draft.uom}, not in ${baseUom}`))
    else draft.uom = canonicalUnit(baseUom)
  }
  if (baseUom !== undefined && facts.length === 0) draft.rules = { ...draft.rules, baseUom }
  const conversions = uomConversions?.map(
    ({ uom, numerator, denominator }) => [canonicalUnit(uom), { numerator, denominator }] as const,
  )
  draft.rules = {
    ...draft.rules,
    ...(conversions === undefined ? {} : { conversions: Object.fromEntries(conversions) }),
    ...(countLimits === undefined ? {} : { countLimits }),
    ...(lowStock === undefined ? {} : { lowStock }),
  }
  for (const one of safetyStock ?? []) keepBack(draft, one)
  return facts
}

function weigh(draft: Draft, { location, quantity, kind }: Reservation, sign: (amount: Decimal) => Decimal): void {
  raise(draft, location, { [kind === 'hard' ? 'allocated' : 'reserved']: sign(quantity) })
}

function wrongQuantity(draft: Draft, id: string, quantity: unknown): Derived | undefined {
  if (isDecimal(quantity) && compare(quantity, '0') >= 0) return undefined
  return problem({ sku: draft.sku, document: { id } }, 'the quantity is no decimal, or negative')
}

function demand(
  type: string,
  { draft, id, one }: { readonly draft: Draft; readonly id: string; readonly one: Reservation },
): Derived {
  return { rule: `demand-${id}`, type, data: { reservation: id, sku: draft.sku, uom: draft.uom, ...one } }
}

function isSame(a: Reservation, b: Reservation): boolean {
  return a.location === b.location && a.kind === b.kind && compare(a.quantity, b.quantity) === 0
}
