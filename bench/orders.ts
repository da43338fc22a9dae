import { post } from './load.ts'

/** The cheapest document that means something, about 500 bytes: an order of a shop and its revision. */
function orderBody(n: number): string {
  return JSON.stringify({
    eventId: `e${n}`,
    type: 'order.changed',
    occurredAt: '2026-03-02T06:00:00Z',
    revision: Math.floor(n / orders) + 1,
    data: { orderNumber: `O${n % orders}`, customer: 'C-77', note: 'x'.repeat(380) },
  })
}

const orders = 20_000

/** Requests with so many orders each: one JSON document, or lines of them. */
export function orderPosts(
  events: number,
  options: { readonly perPost: number; readonly key: string; readonly start?: number },
): Uint8Array[] {
  const { perPost, key, start = 0 } = options
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': perPost === 1 ? 'application/json' : 'application/x-ndjson',
  }
  return Array.from({ length: Math.ceil(events / perPost) }, (_, index) => {
    const lines = Array.from({ length: perPost }, (__, line) => orderBody(start + index * perPost + line))
    return post('/v1/inbound/shop', headers, Buffer.from(lines.join('\n')))
  })
}

export const orderNetwork = {
  connections: [
    { id: 'shop', tenant: 'main', connector: 'generic-erp', settings: { url: 'https://shop.example.com' } },
  ],
}
