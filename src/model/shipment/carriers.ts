import type { ShipmentState } from './state.ts'

const refusals: ReadonlySet<string> = new Set(['tender_declined', 'tender_expired'])
const offers: ReadonlySet<string> = new Set(['tendered', 'tender_accepted', 'tender_countered', 'carrier_reassigned'])

/** The carrier that has the shipment or was offered it. None where it has said no, or its time to answer is over. */
export function carrierNow({ about: { carrier }, plan }: Pick<ShipmentState, 'about' | 'plan'>): string | undefined {
  if (carrier === undefined) return undefined
  const last = plan
    .filter(({ event, carrier: by = carrier }) => by === carrier && (refusals.has(event) || offers.has(event)))
    .reduce<(typeof plan)[number] | undefined>(
      (newest, one) => (newest === undefined || one.at >= newest.at ? one : newest),
      undefined,
    )
  return last !== undefined && refusals.has(last.event) ? undefined : carrier
}
