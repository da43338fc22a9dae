import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

interface Row {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly posting: string
  readonly late: boolean
  readonly openTasks: number
}

/** Orders, deliveries, receipts, returns, invoices and appointments, as staff look for them. */
export function describeBusinessDocuments(api: ApiUnderTest): void {
  let told = 0
  const tell = async (connection: string, type: string, data: object): Promise<void> => {
    const event = { eventId: `document-${told++}`, type, occurredAt: '2026-04-01T11:00:00Z', data }
    expect((await api.ask('POST', `/v1/inbound/${connection}`, { json: event })).status).toBe(202)
  }
  const rows = async (path: string, query: string): Promise<readonly Row[]> =>
    ((await api.ask('GET', `/v1/${path}?${query}`)).json() as { data: readonly Row[] }).data
  const listed = async (path: string, query: string, isThere = (_row: Row): boolean => true): Promise<Row> => {
    const [row] = await eventually(
      () => rows(path, query),
      (list) => list.length === 1 && list.every(isThere),
    )
    if (row === undefined) throw new Error(`nothing is listed for ${query}`)
    return row
  }
  const ordered = (orderNumber: string, more: object = {}) =>
    tell('erp', 'order.created', {
      ...{ orderNumber, customer: 'C-100', lines: [{ lineNo: '1', sku: 'TEA-1', quantity: '2' }] },
      ...more,
    })
  const shipped = (deliveryNumber: string, orderNumber: string) =>
    tell('warehouse', 'shipment.confirmed', {
      ...{ deliveryNumber, orderNumber, location: 'DC-7', carrier: 'ups' },
      packages: [{ trackingNumber: `1Z${deliveryNumber}` }],
      lines: [{ line: '1', sku: 'TEA-1', quantity: '2', uom: 'EA' }],
    })

  describe('documents of the business', () => {
    test('are found by any of their numbers, by party, by date, by being late, by what is to be decided', async () => {
      await ordered('SO-D-1', { requestedDelivery: '2026-04-03', orderDate: '2026-04-01T08:00:00Z' })
      await ordered('SO-D-2', { customer: 'C-200', requestedDelivery: '2099-04-03', orderDate: '2026-04-02T08:00:00Z' })
      const { id, late } = await listed('orders', 'reference=SO-D-1')
      expect(late).toBe(true)
      const numbers = async (query: string) => (await rows('orders', query)).map(({ number }) => number)
      await listed('orders', 'reference=SO-D-2')
      expect((await listed('orders', `reference=${id}`)).number).toBe('SO-D-1')
      expect(await numbers('party=C-100&late=true')).toEqual(['SO-D-1'])
      expect(await numbers('party=C-200')).toEqual(['SO-D-2'])
      expect(await numbers('party=C-100&party=C-200&placedFrom=2026-04-02T00:00:00Z')).toEqual(['SO-D-2'])
      expect(await numbers('party=C-200&placedTo=2026-04-02T00:00:00Z&task=false')).toEqual([])
      expect(await numbers('reference=SO-D-1&status=shipped')).toEqual([])
      await expectProblem(api.ask('GET', '/v1/orders?placedFrom=today'), 422, 'REQUEST_INVALID')
      await expectProblem(api.ask('GET', '/v1/orders?posting=perhaps'), 422, 'REQUEST_INVALID')
    })

    test('say how far the work is beside how it stands in the books, and what each system was told', async () => {
      await ordered('SO-D-3')
      await tell('erp', 'delivery.created', { deliveryNumber: '0080000930', orderNumber: 'SO-D-3' })
      const before = await listed('deliveries', 'reference=80000930')
      expect((await listed('deliveries', 'reference=SO-D-3')).id).toBe(before.id)
      expect(before).toMatchObject({ status: 'created', posting: 'none' })
      await shipped('80000930', 'SO-D-3')
      // The ERP refuses: the goods have left, the books do not say so, and somebody has to decide.
      const after = await listed('deliveries', 'reference=80000930&posting=blocked')
      expect(after).toMatchObject({ status: 'staged', posting: 'blocked', locations: ['DC-7'], carriers: ['ups'] })
      expect(await rows('deliveries', 'reference=80000930&posting=posted')).toEqual([])
      expect((await listed('orders', 'reference=SO-D-3&posting=blocked')).number).toBe('SO-D-3')
      const answer = await api.ask('GET', `/v1/deliveries/${after.id}`)
      expect(answer.json()).toMatchObject({
        status: 'staged',
        posting: {
          status: 'blocked',
          told: [{ command: 'post_goods_issue', target: 'erp', state: 'refused', books: true }],
        },
      })
      // What else was told of it may still come in.
      const again = await eventually(
        async () => {
          const { headers } = await api.ask('GET', `/v1/deliveries/${after.id}`)
          const known = { 'if-none-match': String(headers['etag']) }
          return api.ask('GET', `/v1/deliveries/${after.id}`, { headers: known })
        },
        ({ status }) => status === 304,
      )
      expect(again.status).toBe(304)
      // A person says that it was booked by hand: the object did not change, and yet it stands otherwise in the books.
      const { posting } = answer.json() as { posting: { told: { effect: string }[] } }
      const effect = posting.told[0]?.effect ?? ''
      const decision = { action: 'applied', reason: 'booked by hand', documentReference: '4900000777' }
      await api.ask('POST', `/v1/effects/${effect}/decisions`, { json: decision, headers: api.once() })
      const settled = await api.ask('GET', `/v1/deliveries/${after.id}`, {
        headers: { 'if-none-match': String(answer.headers['etag']) },
      })
      expect(settled.json()).toMatchObject({
        posting: { status: 'posted', told: [{ state: 'applied', documentReference: '4900000777' }] },
      })
    })

    test('say what would release an invoice, what should happen next, and how it came there', async () => {
      await tell('erp', 'delivery.created', { deliveryNumber: '80000931', orderNumber: 'SO-D-4', customer: 'C-300' })
      await shipped('80000931', 'SO-D-4')
      // It has no number yet: it is found by its delivery.
      const invoice = await listed('invoices', 'reference=0080000931&status=pending_pod')
      const shown = (await api.ask('GET', `/v1/invoices/${invoice.id}`)).json()
      expect(shown).toMatchObject({
        status: 'pending_pod',
        explain: expect.arrayContaining([
          expect.objectContaining({
            condition: expect.any(String),
            owner: expect.any(String),
            since: expect.any(String),
          }),
        ]),
        nextExpected: expect.arrayContaining([expect.objectContaining({ process: 'ship-to-invoice' })]),
      })
      const timeline = (await api.ask('GET', `/v1/invoices/${invoice.id}/timeline`)).json() as {
        facts: { type: string }[]
      }
      expect(timeline).toMatchObject({ processes: [{ process: 'ship-to-invoice' }], isWhole: true })
      expect(timeline.facts.map(({ type }) => type)).toContain('invoice.pending_pod')
    })

    test('have an address of their own each, and none is shown to whoever asks for another kind', async () => {
      await tell('erp', 'return.authorized', {
        returnNumber: 'RMA-D-1',
        orderNumber: 'SO-D-1',
        expiresAt: '2026-04-30',
      })
      await tell('warehouse', 'receipt.posted', {
        ...{ receiptNumber: 'GR-D-1', purchaseOrderNumber: 'PO-D-1', location: 'DC-7' },
        lines: [{ line: '1', sku: 'TEA-1', quantity: '5', uom: 'EA' }],
      })
      const window = { from: '2026-04-05T08:00:00Z', to: '2026-04-05T09:00:00Z' }
      await tell('erp', 'appointment.confirmed', {
        appointmentNumber: 'AP-D-1',
        location: 'DC-7',
        carrier: 'ups',
        window,
      })
      const money = { amount: '120.50', currency: 'EUR' }
      await tell('erp', 'freight_invoice.received', { invoiceNumber: 'F-1', carrier: 'ups', total: money })
      await tell('erp', 'freight_invoice.received', { invoiceNumber: 'F-1', carrier: 'dhl', total: money })
      const returned = await listed('returns', 'reference=RMA-D-1&late=true')
      const received = await listed('receipts', 'reference=GR-D-1')
      expect(received).toMatchObject({ number: 'GR-D-1', locations: ['DC-7'] })
      const late = await listed('appointments', 'reference=AP-D-1&late=true&location=DC-7')
      // The same number of another carrier is another invoice.
      const freight = await listed('freight-invoices', 'reference=F-1&carrier=dhl')
      for (const [path, id] of [
        ['appointments', late.id],
        ['freight-invoices', freight.id],
        ['returns', returned.id],
        ['receipts', received.id],
        ['orders', (await listed('orders', 'reference=SO-D-1')).id],
        ['deliveries', (await listed('deliveries', 'reference=80000930')).id],
      ]) {
        expect((await api.ask('GET', `/v1/${path}/${id}`)).json()).toMatchObject({ id })
        expect((await api.ask('GET', `/v1/${path}/${id}/timeline`)).json()).toMatchObject({ isWhole: true })
      }
      await expectProblem(api.ask('GET', `/v1/orders/${returned.id}`), 404, 'NOT_FOUND')
      await expectProblem(api.ask('GET', '/v1/appointments/apt_none'), 404, 'NOT_FOUND')
      expect(await rows('appointments', 'late=true&posting=posted')).toEqual([])
      expect(await rows('freight-invoices', 'posting=posted')).toEqual([])
    })
  })
}
