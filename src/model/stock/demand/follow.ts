import { add, compare, type Decimal, isZero, least, negate, subtract } from '../../../base/decimal.ts'
import type { Derived, Reference } from '../../fact.ts'
import { normalizeIdentifier } from '../../identifier.ts'
import type { MovementReport } from '../../report.ts'
import type { Draft } from '../draft.ts'
import { type Entry, readStockKey } from '../state.ts'
import { byTurn, type Demand, heldFor, missingOf } from './demand.ts'
import { end } from './end.ts'
import { hold, put } from './hold.ts'
import { shortage } from './serve.ts'
import { told } from './told.ts'

/**
 * Reservations follow the goods. What is shipped for an order or delivery consumes what was reserved for it, and nothing else; what is
 * picked or moved within the house takes its reservation along, so that it is not promised again where it lies now.
 */
export function follow(draft: Draft, report: MovementReport, entry: Entry): Derived[] {
  if (Object.keys(draft.demands).length === 0 || entry.reverses !== undefined) return []
  if (report.type === 'ship') return consume(draft, report, entry)
  carry(draft, report, entry)
  return []
}

function consume(draft: Draft, report: MovementReport, entry: Entry): Derived[] {
  const [posting] = entry.postings
  if (posting === undefined) return []
  const place = readStockKey(posting[0])
  const facts: Derived[] = []
  let left = entry.quantity
  for (const [id] of meant(draft, report, place.status)) {
    const demand = draft.demands[id]
    if (demand === undefined || isZero(left)) continue
    const taken = drawn(draft, id, { location: place.location, quantity: left })
    if (isZero(taken)) continue
    left = subtract(left, taken)
    const now = draft.demands[id]
    if (now === undefined) continue
    const then = { ...now, consumed: add(now.consumed, taken) }
    put(draft, id, then)
    if (isZero(heldFor(then)) && compare(missingOf(then), '0') <= 0)
      facts.push(...end(draft, id, { outcome: 'consumed' }))
    else facts.push(...told(draft, { id, outcome: 'consumed', demand: then, consumedNow: taken }))
  }
  return facts
}

/** Takes what is held at the place first, then what is held elsewhere: the goods left, wherever they were promised. */
function drawn(draft: Draft, id: string, { location, quantity }: { location: string; quantity: Decimal }): Decimal {
  const places = Object.keys(draft.demands[id]?.granted ?? {}).toSorted(
    (a, b) => Number(b === location) - Number(a === location) || (a < b ? -1 : 1),
  )
  let taken = '0'
  for (const one of places) {
    const share = least(draft.demands[id]?.granted[one] ?? '0', subtract(quantity, taken))
    hold(draft, id, one, negate(share))
    taken = add(taken, share)
  }
  return taken
}

/** The demand that a pick names goes along; if more left than was free, what was promised there goes along too. */
function carry(draft: Draft, report: MovementReport, entry: Entry): void {
  const [debit, credit] = entry.postings
  if (debit === undefined || credit === undefined) return
  const [to, from] = [readStockKey(debit[0]), readStockKey(credit[0])]
  if (to.status !== from.status || to.location === from.location) return
  let left = entry.quantity
  const move = (id: string, most: Decimal): void => {
    const share = least(draft.demands[id]?.granted[from.location] ?? '0', most)
    hold(draft, id, from.location, negate(share))
    hold(draft, id, to.location, share)
    left = subtract(left, share)
  }
  for (const [id] of meant(draft, report, from.status)) move(id, left)
  if (from.status !== 'available') return
  const others = Object.entries(draft.demands).filter(
    ([, { status, granted }]) => status === from.status && granted[from.location] !== undefined,
  )
  for (const [id] of others.toSorted(byTurn)) {
    const short = shortage(draft, from.location)
    if (compare(short, '0') <= 0 || isZero(left)) return
    move(id, least(short, left))
  }
}

/** Reservations for what the movement names: its references, or the delivery or order that its own document is. */
function meant(draft: Draft, { document, references = [] }: MovementReport, status: string): [string, Demand][] {
  const named = new Set([...references, { scheme: document.kind, value: document.id }].map(nameOf))
  // A pick list is a paper of the warehouse about a delivery, and carries its number.
  if (document.kind === 'pick') named.add(nameOf({ scheme: 'delivery', value: document.id }))
  return Object.entries(draft.demands)
    .filter(
      ([, demand]) => demand.status === status && demand.references?.some((one) => named.has(nameOf(one))) === true,
    )
    .toSorted(byTurn)
}

function nameOf(reference: Reference): string {
  return `${reference.scheme} ${normalizeIdentifier(reference)}`
}
