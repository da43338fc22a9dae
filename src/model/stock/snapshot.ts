import { isZero } from '../../base/decimal.ts'
import type { StockAssertionReport } from '../report.ts'
import { groupOf, readStockKey, type StockState, stockKey } from './state.ts'

/** What a complete snapshot speaks for: without a declared scope, mistaking a partial file for a complete one empties a warehouse. */
export interface SnapshotScope {
  readonly locations: readonly string[]
  /** Owners of the stock; absent: all of them. `''` is the operator's own. */
  readonly owners?: readonly string[]
}

/**
 * A complete snapshot says zero for every key of its scope that it does not list; an incomplete one says nothing about them. These
 * are the lines that a complete snapshot leaves unsaid for one item: those where the books have something.
 */
export function unlisted(
  state: StockState,
  snapshot: SnapshotScope & {
    readonly listed: readonly StockAssertionReport[]
    readonly like: Omit<StockAssertionReport, 'location' | 'status' | 'quantity' | 'uom'>
  },
): StockAssertionReport[] {
  const said = new Set(
    snapshot.listed.map(({ location, status, lot, serial, ownerParty }) =>
      stockKey({ location, status, lot: lot ?? '', serial: serial ?? '', owner: ownerParty ?? '' }),
    ),
  )
  const booked = new Set(
    Object.keys(state.balances)
      .filter((key) => !isZero(state.balances[key] ?? '0'))
      .map(groupOf),
  )
  return [...booked].flatMap((key) => {
    const { location, status, lot, serial, owner } = readStockKey(key)
    const inScope = snapshot.locations.includes(location) && (snapshot.owners ?? [owner]).includes(owner)
    if (said.has(key) || !inScope) return []
    return [
      {
        ...snapshot.like,
        location,
        status,
        quantity: '0',
        uom: state.uom,
        ...(lot === '' ? {} : { lot }),
        ...(serial === '' ? {} : { serial }),
        ...(owner === '' ? {} : { ownerParty: owner }),
      },
    ]
  })
}
