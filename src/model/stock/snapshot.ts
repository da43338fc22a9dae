import type { StockAssertionReport } from '../report.ts'
import { readStockKey, type StockState, stockKey } from './state.ts'

/**
 * A complete snapshot says zero for every key of its scope that it does not list; an incomplete one says nothing about them. These
 * are the lines that a complete snapshot leaves unsaid for one item.
 */
export function unlisted(
  state: StockState,
  snapshot: {
    readonly locations: readonly string[]
    readonly listed: readonly StockAssertionReport[]
    readonly like: Omit<StockAssertionReport, 'location' | 'status' | 'quantity' | 'uom'>
  },
): StockAssertionReport[] {
  const said = new Set(
    snapshot.listed.map(({ location, status, lot, serial, ownerParty }) =>
      stockKey({ location, status, lot: lot ?? '', serial: serial ?? '', owner: ownerParty ?? '' }),
    ),
  )
  return Object.keys(state.balances)
    .filter((key) => !said.has(key) && snapshot.locations.includes(readStockKey(key).location))
    .map((key) => {
      const { location, status, lot, serial, owner } = readStockKey(key)
      return {
        ...snapshot.like,
        location,
        status,
        quantity: '0',
        uom: state.uom,
        ...(lot === '' ? {} : { lot }),
        ...(serial === '' ? {} : { serial }),
        ...(owner === '' ? {} : { ownerParty: owner }),
      }
    })
}
