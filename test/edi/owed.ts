import fc from 'fast-check'

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
const trackingNumbers = fc.uniqueArray(number(30), { maxLength: 25 })
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
/** What a warehouse shipped, by `advise_shipment` and `notify_shipment`. */
export const confirmed = fc.record({
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

const amount = fc.integer({ min: 1, max: 99_999_999 }).map((cents) => ({
  amount: `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`,
  currency: 'EUR',
}))
const freightBilled = fc.record({
  invoiceNumber: number(20),
  shipmentNumber: number(20),
  carrier,
  invoiceDate: fc.constant('2026-03-01'),
  deliveredAt: fc.option(instant, { nil: undefined }),
  freightTerms: fc.constantFrom('prepaid', 'collect', 'third_party', undefined),
  billOfLading: fc.option(number(20), { nil: undefined }),
  proNumber: fc.option(number(20), { nil: undefined }),
  total: amount,
  weightGrams: fc.constantFrom('18400', undefined),
  packages: fc.constantFrom('12', undefined),
  billTo: shipTo,
  shipTo,
  charges: fc.array(
    fc
      .tuple(
        fc.constantFrom({ code: 'linehaul' }, { code: 'fuel' }, { code: 'accessorial', accessorial: 'LFT' }),
        amount,
        fc.option(word(40), { nil: undefined }),
      )
      .map(([charge, price, description]) => ({ ...charge, amount: price, description })),
    { minLength: 1, maxLength: 30 },
  ),
})
const paid = fc.record({
  paymentNumber: number(20),
  paidAt: fc.constantFrom('2026-04-01', undefined),
  method: fc.constantFrom('wire', 'cheque', undefined),
  amount,
  items: fc.array(
    fc.record({
      invoiceNumber: number(20),
      amount,
      total: fc.option(amount, { nil: undefined }),
      discount: fc.option(amount, { nil: undefined }),
      adjustments: fc.constantFrom(undefined, [{ amount: { amount: '-6', currency: 'EUR' }, reason: '01' }]),
    }),
    { minLength: 1, maxLength: 30 },
  ),
})
const bookingReferences = number(20).map((value) => [{ scheme: 'booking', issuer: 'mrdn', value }])
const containerNumber = fc.constantFrom('MSKU4471236', 'CSQU3054383', 'APZU4812090')
const containerKind = fc.constantFrom('45G1', '22G1', undefined)
const moved = (...moves: readonly string[]) =>
  fc.record({
    references: fc.oneof(bookingReferences, fc.constant([])),
    carrier,
    move: fc.constantFrom(...moves),
    report: number(26),
    containers: fc.array(
      fc.record({
        equipment: containerNumber,
        kind: containerKind,
        occurredAt: instant,
        place: fc.option(word(40), { nil: undefined }),
        seals: fc.array(number(10), { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 20 },
    ),
  })

/** What each command may be owed. */
export const owed: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
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
  advise_payment: paid,
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
  answer_order_change: fc
    .tuple(customerOrder, fc.constantFrom('accepted', 'rejected'), number(8))
    .map(([one, answer, change]) => ({ ...one, answer, change })),
  answer_tender: fc.tuple(load, fc.constantFrom('accepted', 'declined')).map(([one, answer]) => ({ ...one, answer })),
  bill_customer: invoiced,
  bill_freight: freightBilled,
  cancel_delivery: confirmed,
  confirm_receipt: received,
  instruct_transport: load.map((one) => ({ ...one, weightGrams: '18400' })),
  notify_shipment: confirmed,
  order_containers: fc.record({
    references: bookingReferences,
    carrier,
    equipment: fc.array(
      fc.record({
        kind: containerKind,
        number: fc.option(containerNumber, { nil: undefined }),
        quantity: fc.constantFrom('2', undefined),
        isEmpty: fc.constantFrom(true, false, undefined),
      }),
      { minLength: 1, maxLength: 20 },
    ),
  }),
  order_goods: purchaseOrder,
  release_delivery: confirmed,
  report_gate_moves: moved('gate_in', 'gate_out', 'empty_returned', 'empty_released'),
  report_status: fc.record({ references, carrier, events: fc.array(event, { minLength: 1, maxLength: 25 }) }),
  report_vessel_moves: moved('loaded_on_transport', 'discharged'),
  tender_shipment: load,
  withdraw_order: purchaseOrder,
  withdraw_tender: load,
}
