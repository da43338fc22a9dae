import { expect, test } from 'vitest'
import { agreed, mirror, textOf, understood } from '../../../../test/edi/written-document.ts'

const lines = [{ line: '1', sku: 'MUG-BLUE', quantity: '12', uom: 'EA', price: '4.5' }]
const released = { customerPurchaseOrder: 'PO-9 17', release: '17', orderNumber: 'SO-5', lines }

test.each([
  ['answer_order', { ...released, answer: 'accepted' }, /BAK\*00\*AD\*PO-9\*\d{8}\*17\*/],
  ['answer_order_change', { ...released, answer: 'accepted', change: '1' }, /BCA\*00\*AD\*PO-9\*17\*1\*/],
  ['notify_shipment', { ...released, deliveryNumber: '800' }, /PRF\*PO-9\*17~/],
  [
    'bill_customer',
    { ...released, invoiceNumber: 'I-1', total: { amount: '54' } },
    /BIG\*\d{8}\*I-1\*\*PO-9\*17\*\*DI~/,
  ],
  ['order_goods', { purchaseOrderNumber: 'PO-9 17', release: '17', lines }, /BEG\*00\*SA\*PO-9\*17\*/],
  ['withdraw_order', { purchaseOrderNumber: 'PO-9 17', release: '17', lines }, /BCH\*01\*SA\*PO-9\*17\*/],
])('%s names the blanket order and its release each in its place', (command, payload, expected) => {
  const purpose = command === 'withdraw_order' ? 'change' : undefined
  expect(textOf(command, payload, agreed(), purpose)).toMatch(expected)
})

test('a release that comes with an order goes back with its answer, and is the same order to whoever reads that', () => {
  const ordered = textOf('order_goods', { purchaseOrderNumber: 'PO-9 17', release: '17', lines }, agreed())
  const [order] = understood(ordered, mirror)
  const { object } = (order?.data ?? { object: {} }) as { object: Record<string, unknown> }
  expect(object).toMatchObject({ customerPurchaseOrder: 'PO-9 17', release: '17' })
  const answer = textOf('answer_order', { ...object, answer: 'accepted' }, mirror)
  expect(understood(answer, agreed()).map(({ data }) => data)[0]).toMatchObject({
    object: { purchaseOrderNumber: 'PO-9 17' },
  })
})

test('a blank in a number is no release by itself', () => {
  const { release: _, ...whole } = released
  expect(textOf('answer_order', { ...whole, answer: 'accepted' }, agreed())).toMatch(/BAK\*00\*AD\*PO-9 17\*\d{8}\*\*/)
})

test.each([
  [{ kind: 'credit_note' }, '*CR~', 'BGM+381'],
  [{ kind: 'debit_note' }, '*DR~', 'BGM+383'],
  [{}, '*DI~', 'BGM+380'],
  [{ kind: 'customer' }, '*DI~', 'BGM+380'],
  [{ kind: 'pro_forma' }, '*PO-9~', 'BGM+325'],
])('an invoice says what it is: %j', (kind, x12, edifact) => {
  const payload = { invoiceNumber: 'I-1', customerPurchaseOrder: 'PO-9', total: { amount: '54' }, lines, ...kind }
  expect(textOf('bill_customer', payload, agreed())).toMatch(
    new RegExp(`BIG[^~]*${x12.replaceAll('*', String.raw`\*`)}`),
  )
  expect(textOf('bill_customer', payload, agreed({ standard: 'edifact' }))).toContain(edifact)
})
