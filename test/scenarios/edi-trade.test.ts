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
      { id: 'elm', connector: 'edi-partner', settings: { ...unanswered, system: 'elm', carrier: 'haul' } },
      { id: 'clay', connector: 'edi-partner', settings: { ...unanswered, system: 'clay' } },
      { id: 'depot', connector: 'edi-partner', settings: { ...unanswered, system: 'wms', carrier: 'haul' } },
      { id: 'line', connector: 'edi-partner', settings: { ...unanswered, carrier: 'mrdn' } },
      { id: 'erp', connector: 'generic-erp', settings: { system: 'erp', url: 'https://erp.example' } },
    ],
    routes: [
      { command: 'post_goods_issue', target: 'erp', tenant: 'main' },
      { command: 'post_goods_receipt', target: 'erp', tenant: 'main' },
    ],
  })
}

async function send(connection: string, text: string, contentType = 'application/edi-x12'): Promise<void> {
  const stored = hub.accept(connection, text, { contentType })
  await hub.pass(5_000)
  await stored
}

/** What follows from a message of the ERP. */
async function tell(type: string, data: Readonly<Record<string, unknown>>): Promise<void> {
  const event = { eventId: `${type} ${JSON.stringify(data)}`, type, occurredAt: '2026-03-01T08:00:00Z', data }
  await send('erp', JSON.stringify(event), 'application/json')
}

/** Derived facts, in the order of the log: what was reported is left out. */
async function story(): Promise<{ readonly subject: string; readonly type: string; readonly data: unknown }[]> {
  const { facts } = await hub.backbone.heads()
  const logs = await Promise.all(facts.map((head, partition) => hub.backbone.readLog(partition, -1, head + 1)))
  return logs
    .flat()
    .map(({ fact: { subject, type, data } }) => ({ subject, type, data }))
    .filter(({ type }) => !/[._]reported$|^interchange\.|^partnership\./.test(type))
}

async function typesOf(prefix: string): Promise<string[]> {
  return (await story()).map(({ type }) => type).filter((type) => type.startsWith(prefix))
}

test('a customer’s order, its change and its cancellation are of one order', async () => {
  await start()
  await send('elm', goldenFile('850-order'))
  await send('elm', goldenFile('860-changed'))
  await send('elm', goldenFile('860-cancelled'))
  const all = (await story()).filter(({ type }) => type.startsWith('order.'))
  expect(new Set(all.map(({ subject }) => subject)).size).toBe(1)
  expect(all.map(({ type }) => type).filter((type) => type !== 'order.identified')).toEqual([
    'order.received',
    'order.changed',
    'order.cancelled',
  ])
  const change = all.find(({ type }) => type === 'order.changed')
  expect(change?.data).toMatchObject({ added: { changes: ['2'] } })
})

test('the same number of two customers is two orders', async () => {
  await start()
  await send('elm', goldenFile('850-order'))
  await send('clay', goldenFile('850-order'))
  const received = (await story()).filter(({ type }) => type === 'order.received')
  expect(new Set(received.map(({ subject }) => subject)).size).toBe(2)
})

test('our order is acknowledged by its supplier’s answer, and keeps it', async () => {
  await start()
  await tell('purchase_order.issued', { purchaseOrderNumber: 'PO-9' })
  await send('clay', goldenFile('855-answered'))
  expect(await typesOf('purchase_order.')).toEqual(
    expect.arrayContaining(['purchase_order.issued', 'purchase_order.changed', 'purchase_order.acknowledged']),
  )
  await send('clay', goldenFile('810-invoice'))
  const invoiced = (await story()).filter(({ data }) => JSON.stringify(data).includes('"invoices":["INV-77"]'))
  expect(invoiced.map(({ type }) => type)).toEqual(['purchase_order.changed'])
})

test('a refused order stays open', async () => {
  await start()
  await tell('purchase_order.issued', { purchaseOrderNumber: 'PO-9' })
  await send('clay', goldenFile('855-rejected'))
  const types = await typesOf('purchase_order.')
  expect(types).toContain('purchase_order.changed')
  expect(types).not.toContain('purchase_order.acknowledged')
})

test('a delivery is released by the 940, shipped by the 945 and received by the customer’s 861, without a receipt in our books', async () => {
  await start()
  await send('depot', goldenFile('940-released'))
  await send('depot', goldenFile('945-shipped'))
  const moved = (await typesOf('inventory.movement_posted')).length
  await send('elm', goldenFile('861-received'))
  const all = (await story()).filter(({ type }) => type.startsWith('delivery.'))
  expect(new Set(all.map(({ subject }) => subject)).size).toBe(1)
  expect(all.map(({ type }) => type).filter((type) => type !== 'delivery.identified')).toEqual([
    'delivery.released',
    'delivery.staged',
    'delivery.discrepancy_detected',
    'delivery.exception_opened',
    'delivery.changed',
    'delivery.discrepancy_detected',
  ])
  // The depot shipped five cases of an item of which the 940 asks for two.
  expect(all.find(({ type }) => type === 'delivery.discrepancy_detected')?.data).toMatchObject({
    differences: [{ kind: 'shipped_over', expected: '2', said: '5' }],
    count: 1,
  })
  // Two of twelve came damaged; what the warehouse shipped besides nobody received.
  expect(all.at(-1)?.data).toMatchObject({
    differences: [
      { kind: 'short', sku: '006141410001', expected: '5', said: '0' },
      { kind: 'damaged', sku: 'MUG-BLUE', said: '2' },
    ],
  })
  expect(all.at(-2)?.data).toMatchObject({ added: { receipts: ['RCV-31'] }, object: { deliveryNumber: '80004711' } })
  expect((await typesOf('inventory.movement_posted')).length).toBe(moved)
  expect(await typesOf('goods_receipt.')).toEqual([])
  // Nothing but the goods issue of the 945 is owed to the ERP: what a customer received is not issued or received again.
  expect(new Set(hub.sent.map(({ request }) => new URL(request.url).pathname))).toEqual(
    new Set(['/documents/goods_issue']),
  )
})

test('a payment settles the invoice that it names, and no other', async () => {
  await start()
  for (const invoiceNumber of ['INV-77', 'INV-78', 'INV-79']) {
    for (const step of ['ready', 'released', 'issued', 'sent']) await tell(`invoice.${step}`, { invoiceNumber })
  }
  await send('elm', goldenFile('820-paid'))
  const paid = (await story()).filter(({ type }) => /^invoice\.(paid|partially_paid)$/.test(type))
  const said = paid.map(
    ({ type, data }) => `${(data as { object: { invoiceNumber: string } }).object.invoiceNumber} ${type}`,
  )
  expect(said.toSorted()).toEqual(['INV-77 invoice.paid', 'INV-78 invoice.partially_paid'])
  const kept = (await story()).filter(({ data }) => JSON.stringify(data).includes('"payments":["TRC-9"]'))
  expect(kept).toHaveLength(3)
})

test('a container through the gate and off the ship moves the shipment that its booking names', async () => {
  await start()
  await send('line', goldenFile('iftmbc'), 'application/edifact')
  await send('line', goldenFile('codeco-in'), 'application/edifact')
  const shipments = (await story()).filter(({ type }) => type.startsWith('shipment.') || type.startsWith('tracking.'))
  expect(new Set(shipments.map(({ subject }) => subject)).size).toBe(1)
  expect(shipments.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['shipment.booked', 'tracking.events_recorded']),
  )
})

test('a container report that is taken back takes its event back', async () => {
  await start()
  await send('line', goldenFile('iftmbc'), 'application/edifact')
  const taken = goldenFile('coarri-taken-back')
  await send('line', taken.replace('RPT-2+1', 'RPT-1+9').replaceAll('338', '988'), 'application/edifact')
  expect(await typesOf('tracking.')).toEqual(['tracking.events_recorded'])
  await send('line', taken, 'application/edifact')
  expect(await typesOf('tracking.')).toEqual(['tracking.events_recorded', 'tracking.event_retracted'])
})

test('a ship notice that does not fit our order is an exception of the order, until it is taken back', async () => {
  await start()
  const lines = [{ line: '1', sku: 'SKU-1', quantity: '40', uom: 'EA' }]
  const notice = goldenFile('856-pick-and-pack')
  const order = /PRF\*([^*~]+)/.exec(notice)?.[1] ?? ''
  await tell('purchase_order.issued', { purchaseOrderNumber: order, lines })
  await send('clay', notice)
  const opened = (await story()).filter(({ type }) => type === 'purchase_order.exception_opened')
  expect(opened.map(({ data }) => data)).toMatchObject([{ category: 'documents_differ' }])
  expect(JSON.stringify(opened)).toContain('announced unordered')
  await send(
    'clay',
    notice
      .replace('BSN*00*', 'BSN*01*')
      .replace(/0000\d{5}/, '000000999')
      .replace(/IEA\*1\*\d+/, 'IEA*1*000000999'),
  )
  expect(await typesOf('purchase_order.exception')).toEqual([
    'purchase_order.exception_opened',
    'purchase_order.exception_resolved',
  ])
  expect(await typesOf('purchase_order.observation')).toEqual([])
})
