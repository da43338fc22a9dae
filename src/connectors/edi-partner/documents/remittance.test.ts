import { expect, test } from 'vitest'
import { agreed, mirror, textOf, understood } from '../../../../test/edi/written-document.ts'

const money = (amount: string) => ({ amount, currency: 'EUR' })
const payment = {
  ...{ paymentNumber: 'PAY-9', paidAt: '2026-04-01', method: 'wire', payee: 'mrdn', amount: money('270.5') },
  items: [
    {
      invoiceNumber: 'I-77',
      amount: money('190'),
      total: money('200'),
      discount: money('4'),
      adjustments: [{ amount: money('-6'), reason: '01' }],
    },
    { invoiceNumber: 'I-78', amount: money('80.5'), total: money('100') },
  ],
}

test('who gets money reads in an 820 which of his invoices are paid, and which in part', () => {
  const text = textOf('advise_payment', payment, agreed())
  expect(text).toContain('~BPR*I*270.5*C*FWT************20260401~TRN*3*PAY-9~CUR*PR*EUR~')
  const told = understood(text, mirror)
  expect(told).toMatchObject([
    {
      data: { parts: { payments: { 'PAY-9': { amount: '190', total: '200', discount: '4', paidAt: '2026-04-01' } } } },
    },
    { type: 'invoice.reported', data: { status: 'paid' } },
    { data: { parts: { payments: { 'PAY-9': { amount: '80.5', total: '100' } } } } },
    { type: 'invoice.reported', data: { status: 'partially_paid' } },
  ])
})

test('who has carriers paid by somebody reads in an 820 which freight invoices are paid', () => {
  const text = textOf('advise_payment', payment, agreed({ partnerId: 'MRDN' }))
  const told = understood(text, agreed({ partnerId: 'HARBORGOODSLTD', ownId: 'MRDN', payments: 'freight' }))
  const about = { references: [{ scheme: 'freight_invoice', issuer: 'mrdn', value: 'I-77' }] }
  expect(told.map(({ type }) => type)).toEqual(Array.from({ length: 3 }, () => 'freight_invoice.reported'))
  expect(told).toMatchObject([
    { about },
    { about, data: { status: 'paid' } },
    { data: { object: { invoiceNumber: 'I-78' } } },
  ])
})
