import { afterEach, expect, test } from 'vitest'
import type { ChannelRule } from '../../src/processes/channel/publication.ts'
import type { HttpResult } from '../../src/transports/http/request.ts'
import { SmallHub } from './small-hub.ts'

const minute = 60_000
let hub: SmallHub
afterEach(async () => {
  expect(hub.failures).toEqual([])
  await hub.stop()
})

const shop: ChannelRule = {
  ...{ channel: 'shop', thresholds: ['0', '10'], refreshHours: 0, locations: ['DC1'], skus: new Set() },
  ...{ safetyStock: '0', sharePercent: '100', place: '' },
}

async function start(answer: () => HttpResult | Promise<HttpResult>): Promise<void> {
  hub = await SmallHub.start({
    connections: [
      { id: 'wms', connector: 'generic-wms', settings: {} },
      { id: 'shop', connector: 'generic-shop', settings: { url: 'https://shop.example' } },
    ],
    channels: [shop],
    answer,
  })
}

let said = 0
const counted = (quantity: string): Promise<string> =>
  hub.receive('wms', {
    ...{ eventId: `c${++said}`, type: 'count', occurredAt: new Date(hub.time.now).toISOString() },
    data: { document: `C${said}`, lines: [{ location: 'DC1', sku: 'LAMP', quantity, uom: 'EA' }] },
  })
const told = (): readonly string[] =>
  hub.sent.map(({ request }) => (JSON.parse(new TextDecoder().decode(request.body)) as { quantity: string }).quantity)
const taken: HttpResult = { outcome: 'answer', wire: true, status: 204, headers: {}, body: new Uint8Array() }

test('a shop hears of stock that crosses a bound, through the ledger, once', async () => {
  await start(() => taken)
  for (const quantity of ['40', '30', '8', '7', '0', '25']) {
    await counted(quantity)
    await hub.pass(minute)
  }
  expect(told()).toEqual(['40', '8', '0', '25'])
})

test('a shop that is down hears the newest when it is back; what lay between is never sent', async () => {
  let isDown = true
  await start(() => (isDown ? { outcome: 'not_sent', wire: false, code: 'ECONNREFUSED' } : taken))
  for (const quantity of ['40', '8', '0', '5', '0']) {
    await counted(quantity)
    await hub.pass(minute)
  }
  isDown = false
  await hub.pass(30 * minute)
  const values = told()
  // The one that was on its way already, and the truth right after it.
  expect(values.slice(values.lastIndexOf('40'))).toEqual(['40', '0'])
  expect(values).not.toContain('8')
  expect(values).not.toContain('5')
})
