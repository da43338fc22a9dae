import type { Fact } from '../src/model/fact.ts'
import type { ReservationRequest } from '../src/model/stock/demand/request.ts'
import { about } from './stock-reports.ts'

/** Somebody wants pieces of the item that the reports about stock are about. */
export function want(
  reservation: string,
  quantity: string,
  more: Partial<ReservationRequest> & { readonly recordedMs?: number } = {},
): Fact {
  const { recordedMs, ...rest } = more
  const request: ReservationRequest = { reservation, sku: 'A-100', quantity, uom: 'EA', kind: 'soft', ...rest }
  return about('reservation.requested', request, recordedMs)
}

/** Somebody gives back what is held for him. */
export function giveBack(reservation: string): Fact {
  return about('reservation.release_requested', { reservation })
}

/** Somebody wants his reservation to last. */
export function confirm(reservation: string, more: object = {}): Fact {
  return about('reservation.confirm_requested', { reservation, ...more })
}

/** The timer of a reservation runs out. */
export function runOut(reservation: string, due: string): Fact {
  return about('expectation.missed', { timer: `reservation ${reservation}`, due })
}

/** The delivery that goods are for. */
export function delivery(value: string): { readonly scheme: 'delivery'; readonly value: string } {
  return { scheme: 'delivery', value }
}
