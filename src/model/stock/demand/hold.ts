import { add, compare, type Decimal, isZero, negate, subtract } from '../../../base/decimal.ts'
import { type Draft, raise } from '../draft.ts'
import { readStockKey } from '../state.ts'
import type { Demand } from './demand.ts'

/** What of a place may still be given away: on hand in that status, less what is held and kept back. Never below zero. */
export function free(draft: Draft, location: string, status: string): Decimal {
  if (status !== 'available') return positive(subtract(onHand(draft, location, status), held(draft, location, status)))
  const { available, allocated, reserved } = draft.levels[location] ?? nothing
  return positive(subtract(subtract(available, add(allocated, reserved)), draft.safety[location] ?? '0'))
}

/** Holds more of a place for a demand, or less where `by` is negative. */
export function hold(draft: Draft, id: string, location: string, by: Decimal): void {
  const demand = draft.demands[id]
  if (demand === undefined || isZero(by)) return
  const { [location]: now = '0', ...others } = demand.granted
  const then = add(now, by)
  weigh(draft, demand, location, by)
  put(draft, id, { ...demand, granted: isZero(then) ? others : { ...others, [location]: then } })
}

/** Gives back all that is held for a demand. */
export function letGo(draft: Draft, id: string): void {
  for (const [location, quantity] of Object.entries(draft.demands[id]?.granted ?? {}))
    hold(draft, id, location, negate(quantity))
}

/** What is held counts as allocated instead of reserved, or the other way. */
export function changeKind(draft: Draft, id: string, kind: Demand['kind']): void {
  const demand = draft.demands[id]
  if (demand === undefined || demand.kind === kind) return
  for (const [location, quantity] of Object.entries(demand.granted)) {
    weigh(draft, demand, location, negate(quantity))
    weigh(draft, { ...demand, kind }, location, quantity)
  }
  put(draft, id, { ...demand, kind })
}

/** Writes a demand under its own name, in place of what was there. */
export function put(draft: Draft, id: string, demand: Demand): void {
  draft.demands = { ...draft.demands, [id]: demand }
}

/** All places where there is or was stock of the item, alphabetical. */
export function placesOf(draft: Draft): readonly string[] {
  const known = new Set(Object.keys(draft.levels))
  for (const key of Object.keys(draft.balances)) known.add(readStockKey(key).location)
  return [...known].toSorted()
}

/** Available stock alone makes up what may be promised; held goods of another status only count among themselves. */
function weigh(draft: Draft, { kind, status }: Demand, location: string, by: Decimal): void {
  if (status === 'available') raise(draft, location, { [kind === 'hard' ? 'allocated' : 'reserved']: by })
}

function onHand(draft: Draft, location: string, status: string): Decimal {
  return Object.entries(draft.balances).reduce((sum, [key, quantity]) => {
    const place = readStockKey(key)
    return place.location === location && place.status === status ? add(sum, quantity) : sum
  }, '0')
}

function held(draft: Draft, location: string, status: string): Decimal {
  return Object.values(draft.demands).reduce(
    (sum, demand) => (demand.status === status ? add(sum, demand.granted[location] ?? '0') : sum),
    '0',
  )
}

function positive(value: Decimal): Decimal {
  return compare(value, '0') > 0 ? value : '0'
}

const nothing = { available: '0', allocated: '0', reserved: '0' }
