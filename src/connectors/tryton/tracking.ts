import type { OperationRequest } from '../kit/connector.ts'
import { type Decision, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { createPackages, findShipments } from './goods-issue.ts'
import { idOf } from './protocol.ts'
import { only } from './record.ts'
import { readBackBy } from './reference.ts'
import type { TrytonSettings } from './settings.ts'

/** Tracking numbers that became known after the goods issue: each on a package of the customer shipment. One that is there stays. */
export const updateTracking = pursue<TrytonSettings, readonly Reading[]>({
  command: 'update_tracking',
  // Each number is looked for before it is written.
  idempotency: readBackBy('packages.shipping_reference'),
  look: ({ payload }, settings) => findShipments(settings, new Reading(payload).at('deliveryNumber').text(100)),
  decide,
})

function decide(found: readonly Reading[], request: OperationRequest, settings: TrytonSettings): Decision {
  const payload = new Reading(request.payload)
  const number = payload.at('deliveryNumber').text(100)
  const shipment = only(found, `customer shipment ${number}`)
  const known = shipment.at('packages.').each((one) => one.at('shipping_reference').optionalText(100), 1000)
  const missing = payload
    .at('trackingNumbers')
    .list(1000)
    .map((one) => one.text(100))
    .filter((one) => !known.includes(one))
  if (missing.length === 0) return { ended: { outcome: 'applied', documentReference: number } }
  return {
    step: 'packages',
    act: () => createPackages(settings, { shipment: idOf(shipment), numbers: missing, goods: [] }),
  }
}
