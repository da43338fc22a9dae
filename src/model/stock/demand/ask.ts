import { compare, type Decimal, isDecimal, isZero, negate, subtract } from '../../../base/decimal.ts'
import { readInstant } from '../../../base/instant.ts'
import type { Derived, Fact } from '../../fact.ts'
import { canonicalUnit } from '../../partner-unit.ts'
import { convertForItem } from '../../unit.ts'
import type { Draft } from '../draft.ts'
import { problem } from '../problem.ts'
import { type Demand, demandsMax, heldFor } from './demand.ts'
import { changeKind, hold, letGo, put } from './hold.ts'
import { type ReservationRequest, readRequest } from './request.ts'
import { told } from './told.ts'

/** Folds a request. A repetition changes nothing; a newer revision replaces the wish, and keeps what still fits it. */
export function requested(draft: Draft, fact: Fact): Derived[] {
  const request = readRequest(fact.data)
  if (request === undefined)
    return [problem({ sku: draft.sku, document: fact.id }, 'the request for stock is not valid')]
  const { reservation: id, revision = 1 } = request
  const { [id]: ended, ...others } = draft.ended
  if (ended !== undefined && (ended.outcome !== 'refused' || revision <= ended.revision)) return []
  const known = draft.demands[id]
  if (known !== undefined && revision <= known.revision) return []
  if (draft.sku === '') draft.sku = request.sku
  const read = readWish(draft, request, fact)
  if ('reason' in read)
    return known === undefined ? refused(draft, request, read.reason) : [notChanged(draft, id, read.reason)]
  if (known === undefined && Object.keys(draft.demands).length >= demandsMax)
    return refused(draft, request, 'too_many_reservations')
  draft.asking.add(id)
  // The new wish takes the place of the one that was refused.
  if (ended !== undefined) draft.ended = others
  put(draft, id, known === undefined ? read.wish : { ...read.wish, ...kept(known, read.wish, request.since) })
  if (known !== undefined) {
    changeKind(draft, id, read.wish.kind)
    shrink(draft, id)
  }
  return []
}

function readWish(
  draft: Draft,
  request: ReservationRequest,
  fact: Fact,
): { readonly wish: Demand } | { readonly reason: string } {
  const { quantity, uom, revision = 1, kind, locations = [], status = 'available', priority = 5, origin } = request
  const asked = baseUnits(draft, quantity, uom)
  if (asked === undefined) return { reason: 'unit_unknown' }
  if (isZero(asked)) return { reason: 'nothing_asked' }
  const since = readInstant(request.since ?? fact.recordedAt)
  const expiresAt = request.expiresAt === undefined ? undefined : readInstant(request.expiresAt)
  if (since === undefined || (request.expiresAt !== undefined && expiresAt === undefined))
    return { reason: 'time_unreadable' }
  if (expiresAt !== undefined && kind === 'soft' && expiresAt <= draft.nowMs) return { reason: 'expired' }
  return {
    wish: {
      revision,
      locations: [...new Set(locations)],
      status,
      kind,
      asked,
      granted: {},
      consumed: '0',
      priority,
      since,
      skipped: 0,
      ...(request.complete === true ? { complete: true } : {}),
      ...(request.split === true ? { split: true } : {}),
      ...(request.wait === true ? { waits: true } : {}),
      ...(expiresAt === undefined || kind === 'hard' ? {} : { expiresAt }),
      ...(origin === undefined ? {} : { origin }),
      ...(request.references === undefined ? {} : { references: request.references }),
    },
  }
}

/** A demand says nothing about the base unit of an item that nobody has described or moved. */
function baseUnits(draft: Draft, quantity: Decimal, uom: string): Decimal | undefined {
  if (!isDecimal(quantity)) return undefined
  const own = draft.rules.conversions?.[canonicalUnit(uom)]
  const conversion = own === undefined ? undefined : { ...own, baseUom: draft.uom }
  const converted = convertForItem(quantity, { uom, base: draft.uom, conversion })
  return 'value' in converted ? converted.value : undefined
}

/** What a newer wish takes over: its place in the queue, and what is held or has left. The kind is changed with what is held. */
function kept(known: Demand, wish: Demand, since: string | undefined): Partial<Demand> {
  const { granted, consumed, skipped, kind } = known
  const age = since === undefined ? { since: known.since } : {}
  return { granted, consumed, skipped, kind, ...age, ...(known.references === undefined ? {} : merged(known, wish)) }
}

/** The delivery is often known later than the order: what is named is added. */
export function merged(
  known: Pick<Demand, 'references'>,
  wish: Pick<Demand, 'references'>,
): Pick<Demand, 'references'> {
  const all = [...(known.references ?? []), ...(wish.references ?? [])]
  return { references: [...new Map(all.map((one) => [`${one.scheme} ${one.value}`, one])).values()].slice(-20) }
}

/** Gives back what a newer wish does not want any more: other stock, other places, or simply less. */
function shrink(draft: Draft, id: string): void {
  const demand = draft.demands[id]
  if (demand === undefined) return
  for (const [location, quantity] of Object.entries(demand.granted))
    if (demand.locations.length > 0 && !demand.locations.includes(location)) hold(draft, id, location, negate(quantity))
  for (const [location, quantity] of Object.entries(draft.demands[id]?.granted ?? {}).toReversed()) {
    const now = draft.demands[id]
    if (now === undefined) return
    const over = subtract(heldFor(now), subtract(now.asked, now.consumed))
    if (compare(over, '0') <= 0) return
    hold(draft, id, location, negate(compare(over, quantity) < 0 ? over : quantity))
  }
}

function refused(draft: Draft, request: ReservationRequest, reason: string): Derived[] {
  const { reservation: id, revision = 1, kind, origin, status = 'available' } = request
  letGo(draft, id)
  draft.ended = { ...draft.ended, [id]: { revision, outcome: 'refused', reason, at: draft.nowMs } }
  const asked = isDecimal(request.quantity) ? request.quantity : '0'
  const wish = {
    revision,
    kind,
    status,
    asked,
    granted: {},
    consumed: '0',
    ...(origin === undefined ? {} : { origin }),
  }
  return told(draft, { id, outcome: 'refused', demand: wish, reason })
}

function notChanged(draft: Draft, id: string, reason: string): Derived {
  return problem(
    { sku: draft.sku, document: { reservation: id } },
    `the change of a reservation is not possible: ${reason}`,
  )
}
