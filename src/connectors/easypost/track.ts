import type { Operation } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'

/** `GET /v2/trackers?tracking_code=`: the newest state of a number without news. The answer is translated like a webhook. */
export const trackByNumber: Operation<unknown> = {
  write: false,
  ask: ({ payload }) => ({
    method: 'GET',
    path: `/v2/trackers?tracking_code=${encodeURIComponent(new Reading(payload).at('trackingNumber').text(100))}`,
  }),
  read: ({ status, json }) =>
    status === 200 && json !== undefined
      ? { outcome: 'applied', data: json }
      : { outcome: 'unclear', reason: `EasyPost answered ${status}.` },
}
