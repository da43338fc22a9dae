import type { Operation } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'

/** `GET /track/shipments?trackingNumber=`: the newest state of a number without news. */
export const trackByNumber: Operation<unknown> = {
  write: false,
  ask: ({ payload }) => ({
    method: 'GET',
    path: `/track/shipments?trackingNumber=${encodeURIComponent(new Reading(payload).at('trackingNumber').text(100))}`,
  }),
  read: ({ status, json }) =>
    status === 200 && json !== undefined
      ? { outcome: 'applied', data: json }
      : { outcome: 'unclear', reason: `DHL answered ${status}.` },
}
