import { add, compare, type Decimal, isZero, least, negate, subtract } from '../../../base/decimal.ts'
import type { Draft } from '../draft.ts'
import { byTurn, type Demand, missingOf, skipsMax } from './demand.ts'
import { free, hold, placesOf, put } from './hold.ts'

type Taken = readonly (readonly [location: string, quantity: Decimal])[]

/**
 * Gives free stock to those who want it: by urgency, then age. Who takes all or nothing is passed over while there is not enough for
 * him, but only so often: then what there is at his places is kept until it is enough.
 */
export function serve(draft: Draft): void {
  const open = Object.entries(draft.demands).filter(
    ([id, demand]) => (demand.waits === true || draft.asking.has(id)) && compare(missingOf(demand), '0') > 0,
  )
  const kept = new Set<string>()
  const passed = new Map<string, readonly string[]>()
  const overtaken = new Set<string>()
  for (const [id, demand] of open.toSorted(byTurn)) {
    const places = placesFor(draft, demand)
    const taken = take(
      draft,
      demand,
      places.filter((place) => !kept.has(`${demand.status} ${place}`)),
    )
    for (const [location, quantity] of taken) hold(draft, id, location, quantity)
    if (taken.length === 0 && demand.complete === true) {
      if (demand.skipped >= skipsMax) for (const place of places) kept.add(`${demand.status} ${place}`)
      else passed.set(id, places)
    }
    for (const [other, itsPlaces] of passed)
      if (other !== id && taken.some(([location]) => itsPlaces.includes(location))) overtaken.add(other)
  }
  for (const id of overtaken) {
    const demand = draft.demands[id]
    if (demand !== undefined) put(draft, id, { ...demand, skipped: demand.skipped + 1 })
  }
}

/**
 * Stock that was promised and is not there after all is taken back: the last in the queue first, and only what no warehouse works on.
 */
export function takeBack(draft: Draft): void {
  for (const location of draft.weighed) {
    let short = shortage(draft, location)
    if (compare(short, '0') <= 0) continue
    const soft = Object.entries(draft.demands).filter(
      ([, one]) => one.kind === 'soft' && one.status === 'available' && one.granted[location] !== undefined,
    )
    for (const [id, demand] of soft.toSorted(byTurn).toReversed()) {
      const quantity = least(short, demand.granted[location] ?? '0')
      hold(draft, id, location, negate(quantity))
      short = subtract(short, quantity)
      if (isZero(short)) break
    }
  }
}

/** How much of what is promised at a place is not there. Stock below zero that nobody was promised is none. */
export function shortage(state: Pick<Draft, 'levels'>, location: string): Decimal {
  const level = state.levels[location]
  if (level === undefined) return '0'
  const promised = add(level.allocated, level.reserved)
  return least(promised, subtract(promised, level.available))
}

/** Once it has something of one place, what comes from a single place comes from there. */
function placesFor(draft: Draft, demand: Demand): readonly string[] {
  const [held] = Object.keys(demand.granted)
  if (held !== undefined && demand.split !== true) return [held]
  return demand.locations.length > 0 ? demand.locations : placesOf(draft)
}

function take(draft: Draft, demand: Demand, places: readonly string[]): Taken {
  const missing = missingOf(demand)
  const stock = places
    .map((location) => [location, free(draft, location, demand.status)] as const)
    .filter(([, quantity]) => !isZero(quantity))
  const whole = stock.find(([, quantity]) => compare(quantity, missing) >= 0)
  if (whole !== undefined) return [[whole[0], missing]]
  if (demand.split !== true) {
    const most = stock.reduce((best, one) => (compare(one[1], best?.[1] ?? '0') > 0 ? one : best), stock[0])
    return demand.complete === true || most === undefined ? [] : [most]
  }
  const spread: (readonly [string, Decimal])[] = []
  let rest = missing
  for (const [location, quantity] of stock) {
    if (isZero(rest)) break
    spread.push([location, least(quantity, rest)])
    rest = subtract(rest, least(quantity, rest))
  }
  return demand.complete === true && !isZero(rest) ? [] : spread
}
