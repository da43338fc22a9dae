import { add, type Decimal, subtract } from '../../base/decimal.ts'
import { readInstant, writeInstant } from '../../base/instant.ts'
import { readStockKey, type StockState } from './state.ts'

/** What may be promised of an item, and what it is made of. */
export interface Availability {
  readonly availableToPromise: Decimal
  readonly available: Decimal
  readonly inbound: Decimal
  readonly allocated: Decimal
  readonly reserved: Decimal
  readonly safetyStock: Decimal
  readonly uom: string
  readonly asOf: string
}

/**
 * ATP = available + confirmed inbound due by then − allocated − reserved − safety stock. Held, damaged, blocked, expired and
 * returned stock never counts. For one location, or for all.
 */
export function availability(
  state: StockState,
  about: { readonly location?: string; readonly at: string },
): Availability {
  const here = (location: string): boolean => about.location === undefined || about.location === location
  const by = readInstant(about.at) ?? Number.POSITIVE_INFINITY
  let available = '0'
  for (const [key, onHand] of Object.entries(state.balances)) {
    const { location, status } = readStockKey(key)
    if (status === 'available' && here(location)) available = add(available, onHand)
  }
  const held = Object.values(state.reservations).filter(({ location }) => here(location))
  const allocated = held.filter(({ kind }) => kind === 'hard').reduce((sum, { quantity }) => add(sum, quantity), '0')
  const reserved = held.filter(({ kind }) => kind === 'soft').reduce((sum, { quantity }) => add(sum, quantity), '0')
  const inbound = Object.values(state.inbound)
    .filter(({ location, due }) => here(location) && due <= by)
    .reduce((sum, { quantity }) => add(sum, quantity), '0')
  const safetyStock = Object.entries(state.safety)
    .filter(([location]) => here(location))
    .reduce((sum, [, quantity]) => add(sum, quantity), '0')
  const availableToPromise = subtract(subtract(subtract(add(available, inbound), allocated), reserved), safetyStock)
  return {
    availableToPromise,
    available,
    inbound,
    allocated,
    reserved,
    safetyStock,
    uom: state.uom,
    asOf: writeInstant(state.asOf),
  }
}
