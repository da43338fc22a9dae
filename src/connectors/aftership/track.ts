import type { Operation } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'

/** `GET /tracking/2024-07/trackings?tracking_numbers=`: the newest state of a number without news. */
export const trackByNumber: Operation<unknown> = {
  write: false,
  ask: ({ payload }) => ({
    method: 'GET',
    path: `/tracking/2024-07/trackings?tracking_numbers=${encodeURIComponent(new Reading(payload).at('trackingNumber').text(100))}`,
  }),
  read: ({ status, json }) =>
    status === 200 && json !== undefined
      ? { outcome: 'applied', data: json }
      : { outcome: 'unclear', reason: `AfterShip answered ${status}.` },
}
