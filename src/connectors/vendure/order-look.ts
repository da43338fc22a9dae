import type { Idempotency, OperationRequest } from '../kit/connector.ts'
import type { Conversation, Decision } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { numberInShop } from '../kit/shop-numbers.ts'
import { ask } from './protocol.ts'
import type { VendureSettings } from './settings.ts'

const query = `query ($code: String!, $history: HistoryEntryListOptions!) {
  orders(options: { filter: { code: { eq: $code } }, take: 2 }) {
    items {
      id code state
      lines { id quantity productVariant { sku } }
      fulfillments { id state method trackingCode lines { orderLineId quantity } }
      history(options: $history) { items { id type data } totalItems }
    }
  }
}`

const history = {
  filter: { type: { in: ['ORDER_NOTE', 'ORDER_CANCELLATION'] } },
  sort: { createdAt: 'DESC' },
  take: 100,
}

/** The order that a change is about, with everything that a step depends on. Codes are unique in a shop. */
export function* lookForOrder(
  { payload }: OperationRequest,
  settings: VendureSettings,
): Conversation<Reading | undefined> {
  const code = codeOf(payload, settings)
  const data = yield* ask(settings, query, { code, history })
  return data.at('orders').at('items').list(2)[0]
}

/** The code that the shop knows the order by. */
export function codeOf(payload: unknown, settings: VendureSettings): string {
  return numberInShop(settings, new Reading(payload).at('orderNumber').text(100))
}

/** What is done about an order that the shop does not have. */
export function withoutOrder(code: string, { otherOrders }: VendureSettings): Decision {
  if (otherOrders === 'ignore')
    return { ended: { outcome: 'applied', documentReference: 'an order of another channel' } }
  return { ended: { outcome: 'refused', reason: `The shop has no order ${code}.` } }
}

/** Whether our reference is a word of a text that others write in, too. */
export function carries(text: Reading, ours: string): boolean {
  return (text.optionalText(5000) ?? '').split(/\s+/).includes(ours)
}

/** Words of ours with the reference that they are found by. */
export function withReference(words: string, ours: string): string {
  return words === '' ? ours : `${words} ${ours}`
}

/** Where our reference is found again. H: ten minutes, the longest that an accepted request may still finish. */
export function referenceIn(field: string): Idempotency {
  return { strategy: 'read-back', field, horizonSeconds: 600, lagSeconds: 0, referenceLength: 32 }
}
