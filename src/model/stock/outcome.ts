import { absolute, compare, type Decimal, isZero, subtract } from '../../base/decimal.ts'
import { writeInstant } from '../../base/instant.ts'
import type { Derived, Evolution, Fact } from '../fact.ts'
import { availability } from './availability.ts'
import { settleDemand } from './demand/settle.ts'
import { closeDraft, type Draft } from './draft.ts'
import { isNegative, type Variance } from './ledger.ts'
import { prune } from './prune.ts'
import { readStockKey, type StockState } from './state.ts'

/** What every change of stock has in common: balances that changed, stock that cannot be, availability that crossed a line. */
export function settle(draft: Draft, facts: readonly Derived[], fact: Fact): Evolution<StockState> {
  const { before } = draft
  const changed = [...draft.touched].filter(
    (key) => compare(draft.balances[key] ?? '0', before.balances[key] ?? '0') !== 0,
  )
  const demand = settleDemand(draft)
  prune(draft)
  const state = closeDraft(draft)
  return {
    state,
    facts: [
      ...facts,
      ...demand.facts,
      ...balanceChanged(draft, changed),
      ...impossible(draft, changed),
      ...crossings(before, state, { locations: draft.weighed, at: fact.recordedAt }),
    ],
    timers: demand.timers,
  }
}

/** The variance of a count as the movement that it is; posted to the ERP as the ERP's own adjustment. */
export function variancePosted(variance: Variance, state: StockState): Derived {
  const { assertion, key, at, delta, revision, uncertain } = variance
  const gain = !isNegative(delta)
  const place = readStockKey(key)
  return {
    rule: `variance-${assertion}-${revision}`,
    type: 'inventory.movement_posted',
    occurredAt: writeInstant(at),
    data: {
      movement: `variance/${assertion}/${revision}`,
      type: gain ? 'count_gain' : 'count_loss',
      sku: state.sku,
      quantity: absolute(delta),
      uom: state.uom,
      document: { system: 'hub', kind: 'count', id: assertion, sequence: String(revision) },
      postings: [{ ...place, delta }],
      [gain ? 'to' : 'from']: place.location,
      uncertain,
    },
  }
}

function balanceChanged({ before, balances, sku, uom }: Draft, changed: readonly string[]): Derived[] {
  if (changed.length === 0) return []
  const changes = changed.map((key) => {
    const onHand = balances[key] ?? '0'
    return { ...readStockKey(key), onHand, delta: subtract(onHand, before.balances[key] ?? '0') }
  })
  return [{ rule: 'balance', type: 'inventory.balance_changed', data: { sku, uom, changes } }]
}

/** Stock below zero and serials that are there twice: recorded, reported and taken back, never refused. */
function impossible({ before, balances, sku }: Draft, changed: readonly string[]): Derived[] {
  const facts: Derived[] = []
  const report = (name: string, detail: { kind: string } & Record<string, unknown>, wrong: readonly boolean[]) => {
    const [was, is] = wrong
    if (was === is) return
    const type = is === true ? 'inventory.discrepancy_detected' : 'inventory.discrepancy_resolved'
    facts.push({ rule: `${is === true ? detail.kind : 'resolved'}-${name}`, type, data: { sku, ...detail } })
  }
  const serials = new Set<string>()
  for (const key of changed) {
    const place = readStockKey(key)
    const onHand = balances[key] ?? '0'
    if (place.serial !== '') serials.add(place.serial)
    else
      report(key, { kind: 'negative', ...place, onHand }, [isNegative(before.balances[key] ?? '0'), isNegative(onHand)])
  }
  for (const serial of serials) {
    const was = placesOf(before.balances, serial)
    const is = placesOf(balances, serial)
    report(serial, { kind: 'serial', serial, places: is }, [isTorn(was), isTorn(is)])
  }
  return facts
}

/** A serial number is one thing: over all stock it is there once or not at all. */
function isTorn(places: readonly { readonly onHand: Decimal }[]): boolean {
  return places.length > 1 || places.some(({ onHand }) => onHand !== '1')
}

function placesOf(
  balances: StockState['balances'],
  serial: string,
): { readonly location: string; readonly status: string; readonly onHand: Decimal }[] {
  return Object.keys(balances).flatMap((key) => {
    const onHand = balances[key] ?? '0'
    if (isZero(onHand)) return []
    const place = readStockKey(key)
    return place.serial === serial ? [{ location: place.location, status: place.status, onHand }] : []
  })
}

const low = '10'

/** Only crossings of zero and of "low" are worth a channel's API budget. */
function crossings(
  before: StockState,
  after: StockState,
  about: { readonly locations: ReadonlySet<string>; readonly at: string },
): Derived[] {
  const limit = after.rules.lowStock ?? low
  const band = (value: Decimal): string =>
    compare(value, '0') <= 0 ? 'none' : compare(value, limit) <= 0 ? 'low' : 'enough'
  return [...about.locations].flatMap((location) => {
    const was = availability(before, { location, at: about.at }).availableToPromise
    const { availableToPromise: is, asOf } = availability(after, { location, at: about.at })
    if (band(was) === band(is)) return []
    return [
      {
        rule: `availability-${location}`,
        type: 'inventory.availability_changed',
        data: { sku: after.sku, location, availableToPromise: is, before: was, level: band(is), asOf },
      },
    ]
  })
}
