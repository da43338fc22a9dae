import type { Operation } from '../kit/connector.ts'
import { peekText } from '../kit/peek.ts'
import { Reading } from '../kit/reading.ts'

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
  read: ({ status, json }) => {
    if (status === 200 || status === 201 || status === 204) return { outcome: 'applied' }
    if ([400, 403, 404, 409, 413, 415, 422].includes(status))
      return { outcome: 'refused', reason: peekText(json, 'messages', '0') ?? `The warehouse refused (${status}).` }
    if ([423, 429, 503].includes(status))
      return { outcome: 'retry', reason: `The warehouse did not take it now (${status}).` }
    return { outcome: 'unclear', reason: `The warehouse answered ${status}.` }
  },
  idempotency: { strategy: 'upsert-by-external-id' },
}
