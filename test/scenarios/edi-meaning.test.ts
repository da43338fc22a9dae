import { afterEach, expect, test } from 'vitest'
import { goldenFile, unanswered } from './golden-file.ts'
import { SmallHub } from './small-hub.ts'

let hub: SmallHub

afterEach(async () => {
  expect(hub.failures).toEqual([])
  await hub.stop()
})

async function start(): Promise<void> {
  hub = await SmallHub.start({
    connections: [
      { id: 'depot', connector: 'edi-partner', settings: { ...unanswered, carrier: 'haul', system: 'wms' } },
      { id: 'haul', connector: 'edi-partner', settings: { ...unanswered, carrier: 'haul' } },
      { id: 'wms', connector: 'generic-wms', settings: {} },
      { id: 'carrier', connector: 'generic-carrier', settings: { carrier: 'haul' } },
    ],
  })
}

async function send(connection: string, text: string, contentType = 'application/edi-x12'): Promise<string> {
  const stored = hub.accept(connection, text, { contentType })
  // Long enough for the timers of a shipment that left weeks ago.
  await hub.pass(5_000)
  return await stored
}

/** Every fact of the log that is about a shipment, a delivery or stock: subject kind and type. */
async function story(): Promise<string[]> {
  const { facts } = await hub.backbone.heads()
  const logs = await Promise.all(facts.map((head, partition) => hub.backbone.readLog(partition, -1, head + 1)))
  return logs
    .flat()
    .map(({ fact }) => `${fact.subject} ${fact.type}`)
    .filter((one) => !/ (interchange|partnership)\./.test(one))
}

test('a warehouse and a carrier that speak EDI move the same shipment as those that send JSON', async () => {
  await start()
  await send('depot', goldenFile('945-shipped'))
  await send('haul', goldenFile('214-milestones'))
  const byEdi = await story()
  expect(byEdi.filter((one) => one.endsWith(' shipment.delivered'))).toHaveLength(1)
  expect(byEdi.filter((one) => one.endsWith(' inventory.movement_posted'))).toHaveLength(2)
  // The 214 found the shipment that the 945 made: there is one.
  expect(new Set(byEdi.filter((one) => one.startsWith('shp_')).map((one) => one.split(' ')[0])).size).toBe(1)
  await hub.stop()

  await start()
  const confirmed = {
    eventId: 'c1',
    type: 'shipment.confirmed',
    occurredAt: '2026-03-02',
    data: {
      deliveryNumber: '80004711',
      location: 'DEPOT-N',
      carrier: 'haul',
      packages: [{ sscc: '106141412345678908' }, { trackingNumber: '1Z999AA10123456784' }],
      lines: [
        { line: '1', sku: 'MUG-BLUE', quantity: '12', uom: 'C62', lot: 'LOT7' },
        { line: '2', sku: '006141410001', quantity: '5', uom: 'XCS' },
      ],
    },
  }
  await send('wms', JSON.stringify(confirmed), 'application/json')
  const byJson = await story()
  const kinds = (all: readonly string[]): string[] => all.map((one) => one.split(' ')[1] ?? '').toSorted()
  await hub.stop()
  await start()
  await send('depot', goldenFile('945-shipped'))
  expect(kinds(await story())).toEqual(kinds(byJson))
})

test('a tender, its answer and the scans after it are of one shipment', async () => {
  await start()
  await send('haul', goldenFile('204-tender'))
  await send('haul', goldenFile('990-declined').replace('20260301*D', '20260301*A'))
  await send('haul', goldenFile('214-milestones'))
  const all = await story()
  expect(new Set(all.filter((one) => one.startsWith('shp_')).map((one) => one.split(' ')[0])).size).toBe(1)
  expect(all.map((one) => one.split(' ')[1])).toEqual(
    expect.arrayContaining(['shipment.tendered', 'shipment.booked', 'shipment.delivered']),
  )
})

test('the same interchange twice changes nothing', async () => {
  await start()
  await send('depot', goldenFile('944-received'))
  // It is reported again, and nothing follows from it.
  const effects = async (): Promise<string[]> => (await story()).filter((one) => !/[._]reported$/.test(one))
  const once = await effects()
  expect(once.length).toBeGreaterThan(5)
  await send('depot', goldenFile('944-received'))
  expect(await effects()).toEqual(once)
})

test('what is sent as a CloudEvent is read from its data', async () => {
  await start()
  const event = {
    specversion: '1.0',
    id: 'e1',
    source: 'depot',
    type: 'edi',
    data_base64: btoa(goldenFile('947-corrected')),
  }
  const message = await send('depot', JSON.stringify(event), 'application/cloudevents+json')
  expect(await hub.factsOf(message)).toContain('inventory.movement_posted')
})

test('a rejected set moves nothing, and the sets beside it do', async () => {
  await start()
  const text = goldenFile('214-two-shipments').replace('*0815*', '*0875*')
  expect(text).toContain('*0875*')
  await send('haul', text)
  const all = await story()
  expect(all.filter((one) => one.endsWith(' tracking.events_recorded'))).toHaveLength(1)
  expect(await hub.backbone.parked({ limit: 10 })).toEqual([])
})

test('what is well-formed and cannot be understood is parked with its place', async () => {
  await start()
  await send('depot', goldenFile('945-no-product'))
  const [park] = await hub.backbone.parked({ limit: 10 })
  expect(park).toMatchObject({ code: 'CONTENT_INVALID', orderKey: '80004711' })
  expect(park?.detail).toContain('945 0001.packages[0].lines[0]')
  expect((await story()).filter((one) => one.startsWith('shp_'))).toEqual([])
})

test('an overlay of the connection is looked at, and one that nobody knows parks what comes', async () => {
  hub = await SmallHub.start({
    connections: [
      { id: 'retail', connector: 'edi-partner', settings: { ...unanswered, overlays: ['vics-856'] } },
      { id: 'wrong', connector: 'edi-partner', settings: { ...unanswered, overlays: ['vics-999'] } },
    ],
  })
  const without = goldenFile('856-pick-and-pack').replace('*0900*0001', '*0900')
  const message = await send('retail', without)
  const facts = (await hub.backbone.factsOf(message, 100)).map(({ fact }) => fact)
  const reported = facts.find(({ type }) => type === 'interchange.reported')
  expect(JSON.stringify(reported?.data)).toContain('partner.element_required')
  expect(facts.map(({ type }) => type)).toContain('asn.received')
  await send('wrong', goldenFile('856-pick-and-pack'))
  expect((await hub.backbone.parked({ limit: 5 })).map(({ code }) => code)).toEqual(['EDI_OVERLAY_UNKNOWN'])
})
