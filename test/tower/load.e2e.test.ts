import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 60_000
let hub: HubProcess
let visitor: Visitor
let shipment = ''

const section = (title: string) =>
  visitor.page.locator('section', { has: visitor.page.getByRole('heading', { name: title, exact: true }) })

const tender = {
  deliveryNumber: '80004711',
  carrier: 'MRDN',
  mode: 'ocean',
  stops: [
    {
      type: 'pickup',
      planned: { from: '2026-04-01T08:00:00Z', to: '2026-04-01T10:00:00Z' },
      address: { name: 'Elm Works', city: 'Ulm', country: 'DE' },
    },
    { type: 'delivery', location: 'DC-7', address: { city: 'Ghent', country: 'BE' } },
  ],
  equipment: [
    { number: 'MSKU 1234565', kind: '45G1', seals: ['S-881', 'S-882'], isEmpty: false },
    { kind: '22G1', quantity: '2' },
  ],
}

describe.skipIf(noBrowser !== undefined)('a load with stops and containers', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({
      network: {
        connections: [{ id: 'erp', tenant: 'main', connector: 'generic-erp', settings: { url: 'http://erp.invalid' } }],
      },
    })
    const json = { eventId: 'T-1', type: 'shipment.tendered', occurredAt: '2026-03-30T08:00:00Z', data: tender }
    expect((await hub.call('POST', '/v1/inbound/erp', { json })).status).toBe(202)
    const { data } = await eventually(
      async () => (await hub.call('GET', '/v1/shipments')).json() as { data: { id: string }[] },
      (list) => list.data.length === 1,
    )
    shipment = data[0]?.id ?? ''
    visitor = await Visitor.arrive(hub.url)
    await signIn(visitor, hub.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })

  test('shows each stop with its place and window, and that nothing was heard of it', async () => {
    const { page } = visitor
    await page.goto(`/shipments/${shipment}`)
    const stops = section('Stops')
    await stops.waitFor()
    const text = await stops.innerText()
    expect(text).toContain('Elm Works · Ulm · DE')
    expect(text).toContain('Ghent · BE · DC-7')
    expect(text).toContain('Nothing was heard of it.')
  })

  test('shows each container with what is known, and what is not as unknown', async () => {
    const [first, second] = await section('Containers and trailers').getByRole('listitem').allInnerTexts()
    expect(first).toContain('MSKU1234565')
    expect(first).toMatch(/Type\s+45G1/)
    expect(first).toMatch(/Seals\s+S-881, S-882/)
    expect(first).toMatch(/Filling\s+laden/)
    expect(first).toMatch(/Verified gross mass\s+unknown/i)
    expect(second).toContain('2 without a number')
    expect(second).not.toMatch(/unknown/i)
  })

  test('is usable by everybody, on a phone too', async () => {
    const { page } = visitor
    expect(await visitor.obstacles()).toEqual([])
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    expect(visitor.faults).toEqual([])
  })
})
