import type { Operation } from '../kit/connector.ts'
import { readFailure } from '../kit/contract-answer.ts'
import { Reading } from '../kit/reading.ts'
import { numberInShop } from '../kit/shop-numbers.ts'

interface Settings {
  readonly orderPrefix: string
}

/**
 * One thing that a shop is told: a PUT whose repetition changes nothing, so that a lost answer is followed by the same call. `pathOf`
 * names what it is about; our reference goes along.
 */
function told(
  command: string,
  pathOf: (payload: Reading, externalReference: string) => readonly string[],
): Operation<Settings> {
  return {
    command,
    write: true,
    ask: ({ payload, externalReference }, settings) => {
      const said = inItsNumbers(payload as object, settings)
      return {
        method: 'PUT',
        path: `/${pathOf(new Reading(said), externalReference).map(encodeURIComponent).join('/')}`,
        contentType: 'application/json',
        body: JSON.stringify({ ...said, externalReference }),
      }
    },
    read: (reply) => ([200, 201, 204].includes(reply.status) ? { outcome: 'applied' } : readFailure(reply, 'The shop')),
    idempotency: { strategy: 'upsert-by-external-id' },
  }
}

/** What the shop is told of its order, by the number that it has there. */
function inItsNumbers(payload: object, settings: Settings): object {
  const { orderNumber } = payload as { readonly orderNumber?: unknown }
  return typeof orderNumber === 'string' ? { ...payload, orderNumber: numberInShop(settings, orderNumber) } : payload
}

/** Goods of an order have left: `PUT /shipments/{reference}`, one for each confirmation of a warehouse. */
export const shipChannelOrder = told('ship_channel_order', (_payload, reference) => ['shipments', reference])

/** Where an order stands: `PUT /orders/{number}/standing`. */
export const updateChannelOrder = told('update_channel_order', (payload) => [
  'orders',
  payload.at('orderNumber').text(100),
  'standing',
])

/** What may still be sold of an item: `PUT /availability/{sku}`. The latest value counts. */
export const publishAvailability = told('publish_availability', (payload) => [
  'availability',
  payload.at('sku').text(100),
])
