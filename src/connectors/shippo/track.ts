import type { Operation } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'

/** `GET /tracks/{carrier}/{number}`: the newest state of a number without news. */
export const trackByNumber: Operation<unknown> = {
  write: false,
  ask: ({ payload }) => {
    const asked = new Reading(payload)
    return {
      method: 'GET',
      path: `/tracks/${encodeURIComponent(asked.at('carrier').text(60))}/${encodeURIComponent(asked.at('trackingNumber').text(100))}`,
    }
  },
  read: ({ status, json }) =>
    status === 200 && json !== undefined
      ? { outcome: 'applied', data: json }
      : { outcome: 'unclear', reason: `Shippo answered ${status}.` },
}
