import type { Operation } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'
import { readAnswer } from './answer.ts'

/** `PUT /deliveries/{number}`: the same call again changes nothing, so a lost answer may be repeated at once. */
export const releaseDelivery: Operation<unknown> = {
  command: 'release_delivery',
  write: true,
  ask: ({ payload, externalReference }) => {
    const number = new Reading(payload).at('deliveryNumber').text(100)
    return {
      method: 'PUT',
      path: `/deliveries/${encodeURIComponent(number)}`,
      contentType: 'application/json',
      body: JSON.stringify({ ...(payload as object), externalReference }),
    }
  },
  read: readAnswer,
  idempotency: { strategy: 'upsert-by-external-id' },
}
