import { add, type Decimal, subtract } from '../../base/decimal.ts'
import { readInstant, writeInstant } from '../../base/instant.ts'
import { inboundBy } from './inbound.ts'
import type { Level, StockState } from './state.ts'

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
  const { location } = about
  const by = readInstant(about.at) ?? Number.POSITIVE_INFINITY
  const levels = location === undefined ? Object.values(state.levels) : [state.levels[location]]
  const total = (name: keyof Level): Decimal => levels.reduce((sum, level) => add(sum, level?.[name] ?? '0'), '0')
  const [available, allocated, reserved] = [total('available'), total('allocated'), total('reserved')]
  const inbound = inboundBy(state.inbound, { location, by })
  const safetyStock =
    location === undefined ? Object.values(state.safety).reduce(add, '0') : (state.safety[location] ?? '0')
  const demand = add(add(allocated, reserved), safetyStock)
  return {
    availableToPromise: subtract(add(available, inbound), demand),
    available,
    inbound,
    allocated,
    reserved,
    safetyStock,
    uom: state.uom,
    asOf: writeInstant(state.asOf),
  }
}
