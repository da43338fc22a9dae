import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codesOf, record } from '../../../../test/edi/recorder.ts'
import { add } from '../../../base/decimal.ts'
import { InterlineError } from '../../../base/errors.ts'
import { readSettings } from '../../../base/fields.ts'
import { filled } from '../../../model/interchange/interchange.ts'
import { ediPartner } from '../connector.ts'
import type { Agreement } from '../policy.ts'
import { agreement } from '../settings.ts'
import { documentCommands, documentProblem, writeOwed } from './document.ts'

const at = Date.UTC(2026, 2, 1, 8, 30)

function agreed(more: Readonly<Record<string, unknown>> = {}): Agreement {
  return readSettings(agreement, { partnerId: 'MERIDIANCARRIER', ownId: 'HARBORGOODSLTD', ...more })
}

/** Values as people write them: every delimiter, accents, blanks; never empty and never only blanks. */
const word = (max: number) =>
  fc
    .string({ unit: fc.constantFrom(...Array.from("ABCxyz019 *~>^|:+?'.-/&éüß")), minLength: 2, maxLength: max })
    .map((text) => `X${text.trim()}Y`)
const number = (max: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from('ABC0123456789-')), minLength: 2, maxLength: max })
const quantity = fc.integer({ min: 1, max: 999_999 }).map(String)
const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
const instant = day.map((one) => `${one.toISOString().slice(0, 19)}Z`)
const line = fc.record({
  sku: number(20),
  quantity,
  uom: fc.constantFrom('C62', 'EA', 'KGM', 'XCT', 'XPX'),
  lot: fc.option(number(12), { nil: undefined }),
})
const lines = fc
  .array(line, { minLength: 1, maxLength: 30 })
  .map((list) => list.map((one, index) => ({ line: String(index + 1), ...one })))
const shipTo = fc.record({
  name: word(50),
  street: word(50),
  city: word(25),
  region: fc.constantFrom('OV', undefined),
  postalCode: fc.constantFrom('9000', 'SW1A 1AA'),
  country: fc.constantFrom('BE', 'GB'),
})
const carrier = fc.constantFrom('mrdn', 'dhl', 'ups')
const trackingNumbers = fc.array(number(30), { maxLength: 25 })
const references = fc.tuple(number(20), number(20), number(20)).map(([delivery, pro, bol]) => [
  { scheme: 'delivery', issuer: 'erp', value: delivery },
  { scheme: 'tracking_number', issuer: 'mrdn', value: pro },
  { scheme: 'bol', issuer: 'erp', value: bol },
])
const document = fc.record({ system: fc.constant('wms'), kind: fc.constant('count'), id: number(20) })
const event = fc.record({
  code: fc.constantFrom('picked_up', 'delivered', 'in_transit', 'delayed', 'delivery_attempted', 'handed_over'),
  occurredAt: instant,
  place: fc.option(word(20), { nil: undefined }),
  country: fc.constantFrom('BE', undefined),
})
const confirmed = fc.record({
  deliveryNumber: number(20),
  orderNumber: number(20),
  customerPurchaseOrder: number(20),
  location: fc.constantFrom('DC1', 'NORTH 2'),
  carrier,
  trackingNumbers,
  confirmedAt: instant,
  lines,
  shipTo,
})
const load = fc.record({
  references,
  carrier,
  mode: fc.constantFrom('ftl', 'ltl', undefined),
  shipTo,
  packages: quantity,
})

const trade = {
  currency: fc.constantFrom('EUR', undefined),
  orderDate: fc.constantFrom('2026-02-27', undefined),
  shipTo,
  lines: lines.map((list) => list.map((one) => ({ ...one, price: '12.50', description: 'Lamp' }))),
}
const purchaseOrder = fc.record({
  purchaseOrderNumber: number(20),
  requestedDelivery: fc.constant('2026-03-12'),
  ...trade,
})
const customerOrder = fc.record({ orderNumber: number(20), customerPurchaseOrder: number(20), ...trade })
const invoiced = fc.record({
  invoiceNumber: number(20),
  customerPurchaseOrder: number(20),
  dueDate: fc.constantFrom('2026-03-31', undefined),
  total: fc.constant({ amount: '1234.50', currency: 'EUR' }),
  ...trade,
})
const received = fc.record({
  receiptNumber: number(12),
  purchaseOrderNumber: number(20),
  location: fc.constant('DC1'),
  receivedAt: instant,
  lines,
})

/** What each command may be owed. */
const owed: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  advise_adjustment: fc.record({
    location: fc.constant('DC1'),
    sku: number(20),
    uom: fc.constant('C62'),
    delta: fc.integer({ min: 1, max: 99_999 }).map((count) => `-${count}`),
    reasonCode: fc.constant('x12-181 07'),
    document,
    effectiveAt: instant,
  }),
  advise_application: fc.record({
    interchange: fc.constant('905'),
    group: fc.constant('41'),
    set: fc.constantFrom('214', '945'),
    setNumber: fc.constantFrom('0001', '0002'),
    text: word(120),
  }),
  advise_receipt: received,
  advise_shipment: confirmed,
  advise_stock: fc.record({
    location: fc.constant('DC1'),
    status: fc.constantFrom('available', 'damaged'),
    sku: number(20),
    uom: fc.constant('C62'),
    quantity,
    document,
    effectiveAt: instant,
  }),
  announce_receipt: fc.record({
    asnNumber: number(20),
    purchaseOrders: fc.array(number(20), { maxLength: 3 }),
    location: fc.constant('DC1'),
    carrier,
    shippedAt: instant,
    expectedAt: instant,
    lines,
  }),
  announce_return: fc
    .tuple(customerOrder, fc.constantFrom('requested', 'authorized'))
    .map(([one, standing]) => ({ ...one, returnNumber: one.orderNumber, standing })),
  answer_order: fc
    .tuple(customerOrder, fc.constantFrom('accepted', 'rejected'))
    .map(([one, answer]) => ({ ...one, answer })),
  answer_tender: fc.tuple(load, fc.constantFrom('accepted', 'declined')).map(([one, answer]) => ({ ...one, answer })),
  bill_customer: invoiced,
  cancel_delivery: confirmed,
  confirm_receipt: received,
  instruct_transport: load.map((one) => ({ ...one, weightGrams: '18400' })),
  notify_shipment: confirmed,
  order_goods: purchaseOrder,
  release_delivery: confirmed,
  report_status: fc.record({ references, carrier, events: fc.array(event, { minLength: 1, maxLength: 25 }) }),
  tender_shipment: load,
  withdraw_order: purchaseOrder,
  withdraw_tender: load,
}

const numbers = { interchange: 7, group: 3 }

function textOf(command: string, payload: unknown, settings: Agreement, purpose?: 'change'): string {
  return filled(
    writeOwed({ command, payload, ...(purpose === undefined ? {} : { purpose }) }, { settings, at }),
    numbers,
  )
}

/** What our own door makes of it. */
function understood(text: string, settings: Agreement): readonly { readonly type: string; readonly data: unknown }[] {
  const bytes = new TextEncoder().encode(text)
  const reading = { bytes, contentType: '', headers: {}, content: undefined }
  const context = { settings, connection: 'mirror', receivedAt: at, messageId: 'msg_0-0' }
  const translation = ediPartner.inbound?.translate(reading, context)
  return translation !== undefined && 'assertions' in translation ? translation.assertions : []
}

/** The other side of the relationship: who was the partner is we. */
const mirror = agreed({ partnerId: 'HARBORGOODSLTD', ownId: 'MERIDIANCARRIER' })

test('every command has documents that are tried here', () => {
  expect(Object.keys(owed).toSorted()).toEqual(documentCommands.toSorted())
})

describe.each([...documentCommands])('the document for %s', (command) => {
  const standards = (['x12', 'edifact'] as const).filter(
    (standard) => documentProblem(command, agreed({ standard })) === undefined,
  )
  const versions = [{ x12Version: '004010' }, { x12Version: '005010' }]

  test('passes every check that a strict partner has, with its numbers in header and trailer', () => {
    fc.assert(
      fc.property(
        owed[command] ?? fc.constant({}),
        fc.constantFrom(...standards),
        fc.constantFrom(...versions),
        fc.constantFrom('change' as const, undefined),
        (one, standard, version, purpose) => {
          const text = textOf(command, one, agreed({ standard, ...version }), purpose)
          const { sets, groups, interchanges, verdicts } = record(new TextEncoder().encode(text))
          expect(verdicts.filter(({ severity }) => severity === 'reject')).toEqual([])
          expect([sets.length, interchanges.length]).toEqual([1, 1])
          expect(interchanges[0]?.header.controlNumber).toBe(standard === 'x12' ? '000000007' : '7')
          if (standard === 'x12') expect(groups[0]?.header.controlNumber).toBe('3')
        },
      ),
      { numRuns: 60 },
    )
  })

  test('is the same bytes for the same input', () => {
    fc.assert(
      fc.property(owed[command] ?? fc.constant({}), (one) => {
        expect(textOf(command, one, agreed())).toBe(textOf(command, one, agreed()))
      }),
      { numRuns: 10 },
    )
  })
})

describe('the other side reads what we meant', () => {
  test('945: the delivery, its packages and every line with its quantity', () => {
    fc.assert(
      fc.property(confirmed, (one) => {
        const told = understood(textOf('advise_shipment', one, agreed()), mirror)
        const delivery = told.find(({ type }) => type === 'delivery.reported')?.data as {
          object: { deliveryNumber: string }
          parts: { confirmations: Record<string, { lines: { sku: string; quantity: string; lot?: string }[] }> }
        }
        expect(delivery.object.deliveryNumber).toBe(one.deliveryNumber)
        const read = delivery.parts.confirmations['1']?.lines ?? []
        expect(read.map(({ sku, quantity: count, lot }) => [sku, count, lot])).toEqual(
          one.lines.map(({ sku, quantity: count, lot }) => [sku, count, lot]),
        )
        const shipment = told.find(({ type }) => type === 'shipment.reported')?.data as {
          packages: { trackingNumber: string }[]
        }
        expect(shipment.packages.map(({ trackingNumber }) => trackingNumber)).toEqual(one.trackingNumbers)
      }),
      { numRuns: 60 },
    )
  })

  test('944: what was received, and what of it is damaged', () => {
    const payload = {
      receiptNumber: 'R-12',
      purchaseOrderNumber: 'PO-9',
      location: 'DC1',
      receivedAt: '2026-03-04T10:00:00Z',
      lines: [
        { line: '1', sku: 'SKU-1', quantity: '90', uom: 'C62' },
        { line: '1', sku: 'SKU-1', quantity: '10', uom: 'C62', status: 'damaged' },
      ],
    }
    const receipt = understood(textOf('advise_receipt', payload, agreed()), mirror).find(
      ({ type }) => type === 'goods_receipt.reported',
    )?.data as { object: { receiptNumber: string; lines: { quantity: string; status?: string }[] } }
    expect(receipt.object.receiptNumber).toBe('R-12')
    expect(receipt.object.lines.map(({ quantity: count, status }) => [count, status])).toEqual([
      ['90', undefined],
      ['10', 'damaged'],
    ])
    expect(receipt.object.lines.reduce((sum, { quantity: count }) => add(sum, count), '0')).toBe('100')
  })

  test('856 and DESADV: the notice with its order and lines', () => {
    fc.assert(
      fc.property(confirmed, fc.constantFrom('x12', 'edifact'), (one, standard) => {
        const [notice] = understood(textOf('notify_shipment', one, agreed({ standard })), {
          ...mirror,
          ...{ standard },
        } as Agreement)
        if (notice === undefined) throw new Error('nothing was understood')
        const { object } = notice.data as {
          object: { asnNumber: string; purchaseOrders: string[]; lines: { sku: string; quantity: string }[] }
        }
        expect(object.asnNumber).toBe(one.deliveryNumber)
        expect(object.purchaseOrders).toEqual([one.customerPurchaseOrder])
        expect(object.lines.map(({ sku, quantity: count }) => [sku, count])).toEqual(
          one.lines.map(({ sku, quantity: count }) => [sku, count]),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('990, 947, 846 and 214: the answer, the sign, the count and the moment', () => {
    const number7 = [{ scheme: 'delivery', issuer: 'erp', value: '80007' }]
    const said = (command: string, payload: unknown) => understood(textOf(command, payload, agreed()), mirror)[0]
    const answer = said('answer_tender', { references: number7, carrier: 'mrdn', answer: 'declined' })
    expect(answer?.data).toMatchObject({ event: 'tender_declined', carrier: 'mrdn' })
    const about = { location: 'DC1', sku: 'SKU-1', uom: 'C62', effectiveAt: '2026-03-01T08:00:00Z' }
    const document7 = { system: 'wms', kind: 'adjustment', id: 'ADJ-7' }
    const corrected = said('advise_adjustment', {
      ...about,
      delta: '-4',
      reasonCode: 'x12-181 07',
      document: document7,
    })
    expect(corrected?.data).toMatchObject({ type: 'adjust_loss', quantity: '4', reasonCode: 'x12-181 07' })
    const counted = said('advise_stock', { ...about, quantity: '12', status: 'damaged', document: document7 })
    expect(counted?.data).toMatchObject({ status: 'damaged', quantity: '12' })
    const events = [{ code: 'handed_over', occurredAt: '2026-03-02T10:15:00+02:00' }]
    const status = said('report_status', { references: number7, carrier: 'mrdn', events })?.data as {
      events: { code: string; occurredAt: { at: string; offsetKnown: boolean } }[]
    }
    expect(status.events[0]?.code).toBe('handed_over')
    expect(Date.parse(status.events[0]?.occurredAt.at ?? '')).toBe(Date.UTC(2026, 2, 2, 8, 15))
    expect(status.events[0]?.occurredAt.offsetKnown).toBe(true)
  })
})

describe.each(['x12', 'edifact'] as const)('in %s a supplier, a customer and a carrier read', (standard) => {
  const ours = agreed({ standard })
  const theirs = agreed({ ...mirror, standard, system: 'erp' })
  const read = (command: string, payload: unknown, more: Partial<Agreement> = {}, purpose?: 'change') =>
    understood(textOf(command, payload, ours, purpose), { ...theirs, ...more })
  const line = { line: '10', sku: 'SKU-1', quantity: '12', uom: 'C62', price: '19.9' }
  const placed = { purchaseOrderNumber: 'PO-1', requestedDelivery: '2026-03-12', currency: 'EUR', lines: [line] }

  test('our order, its change and that it is cancelled', () => {
    expect(read('order_goods', placed)).toMatchObject([
      {
        type: 'order.reported',
        about: { references: [{ scheme: 'customer_order', value: 'PO-1' }] },
        data: { status: 'received', object: { currency: 'EUR', requestedDelivery: '2026-03-12', lines: [line] } },
      },
    ])
    const [changed] = read('order_goods', placed, {}, 'change')
    expect(changed?.data).toMatchObject({
      parts: { changes: { [Object.keys(changesOf(changed))[0] ?? '']: { lines: [line] } } },
    })
    expect(read('withdraw_order', placed)).toMatchObject([{ type: 'order.reported', data: { status: 'cancelled' } }])
  })

  test('whether we take his order, and what he is to pay', () => {
    const order = { orderNumber: 'SO-9', customerPurchaseOrder: 'C-77', lines: [line] }
    const statuses = (answer: string): unknown[] =>
      read('answer_order', { ...order, answer }).map(({ data }) => (data as { status?: string }).status)
    expect(statuses('accepted')).toEqual([undefined, 'acknowledged'])
    expect(statuses('rejected')).toEqual([undefined])
    const total = { amount: '238.80', currency: 'EUR' }
    expect(read('bill_customer', { ...order, invoiceNumber: 'I-5', total })).toMatchObject([
      {
        type: 'purchase_order.reported',
        data: { parts: { invoices: { 'I-5': { total: { amount: '238.8', currency: 'EUR' } } } } },
      },
    ])
  })

  test('what came of what he sent, damaged or not', () => {
    const payload = {
      receiptNumber: 'R-1',
      purchaseOrderNumber: 'PO-1',
      receivedAt: '2026-03-04T10:00:00Z',
      lines: [
        { line: '10', sku: 'SKU-1', quantity: '9', uom: 'C62' },
        { line: '10', sku: 'SKU-1', quantity: '3', uom: 'C62', status: 'damaged' },
      ],
    }
    const wrong = standard === 'x12' ? { damaged: '3' } : { rejected: '3' }
    expect(read('confirm_receipt', payload)[0]?.data).toMatchObject({
      parts: { receipts: { 'R-1': { lines: [{ sku: 'SKU-1', received: '12', ...wrong }] } } },
    })
  })

  test('what he is asked to carry, and what he is told once he has taken it', () => {
    const references7 = [{ scheme: 'delivery', issuer: 'erp', value: '80007' }]
    const asked = { references: references7, carrier: 'mrdn', mode: 'ftl', packages: '4', weightGrams: '18400' }
    const events = (command: string, payload: unknown = asked): unknown[] =>
      read(command, payload).map(({ data }) => (data as { event?: string }).event)
    expect(events('tender_shipment')).toEqual(['tendered'])
    expect(events('withdraw_tender')).toEqual(['tender_cancelled'])
    expect(events('answer_tender', { ...asked, answer: 'declined' })).toEqual(['tender_declined'])
    expect(events('instruct_transport')).toEqual(['described'])
  })
})

function changesOf(told: { readonly data: unknown } | undefined): object {
  const { parts } = (told ?? { data: { parts: { changes: {} } } }).data as { parts: { changes: object } }
  return parts.changes
}

test('INVRPT: what is there, at an instant', () => {
  const payload = {
    ...{ location: 'DC1', status: 'available', sku: 'SKU-1', uom: 'C62', quantity: '140' },
    ...{ document: { system: 'wms', kind: 'count', id: 'C-1' }, effectiveAt: '2026-03-01T08:00:00Z' },
  }
  const [told] = understood(
    textOf('advise_stock', payload, agreed({ standard: 'edifact' })),
    agreed({ ...mirror, standard: 'edifact', onHand: 'available' }),
  )
  expect(told?.data).toMatchObject({ sku: 'SKU-1', location: 'DC1', status: 'available', quantity: '140' })
})

test('a value that no envelope can carry is refused with the place, never cut', () => {
  const long = { deliveryNumber: '8'.repeat(30), lines: [{ sku: 'S', quantity: '1', uom: 'C62' }] }
  expect(() => textOf('release_delivery', long, agreed())).toThrow(InterlineError)
  expect(
    codesOf(record(new TextEncoder().encode(textOf('release_delivery', { ...long, deliveryNumber: '8' }, agreed())))),
  ).toEqual([])
})
