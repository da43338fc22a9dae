import { describe, expect, test } from 'vitest'
import { agreed, mirror, textOf, understood } from '../../../../test/edi/written-document.ts'

const bill = {
  ...{ invoiceNumber: 'FRT-55', shipmentNumber: 'SHP-77', carrier: 'mrdn', invoiceDate: '2026-03-15' },
  ...{ deliveredAt: '2026-03-09T14:00:00+01:00', freightTerms: 'collect', billOfLading: 'BOL-5', proNumber: 'PRO77' },
  ...{ weightGrams: '540250', packages: '12', billTo: { name: 'Oak Mills', city: 'Ghent', country: 'BE' } },
  total: { amount: '266.33', currency: 'USD' },
  charges: [
    { code: 'linehaul', amount: { amount: '243', currency: 'USD' }, description: 'Mugs' },
    { code: 'fuel', amount: { amount: '23.33', currency: 'USD' } },
  ],
}

describe('who had something carried reads', () => {
  test('in a 210 what he is to pay, charge by charge', () => {
    const text = textOf('bill_freight', bill, agreed())
    expect(text).toContain('~B3**FRT-55*SHP-77*CC**20260315*26633**20260309*035*MRDN~')
    expect(text).toContain('~L3*540.25*G***26633******12*K~')
    expect(understood(text, mirror)).toMatchObject([
      {
        type: 'freight_invoice.reported',
        about: { references: [{ scheme: 'freight_invoice', issuer: 'mrdn', value: 'FRT-55' }] },
        data: {
          object: {
            total: { amount: '266.33', currency: 'USD' },
            ...{ shipment: 'SHP-77', bol: 'BOL-5', pro: 'PRO77', deliveredAt: '2026-03-09', pieces: '12' },
            lines: [
              { charges: [{ code: 'linehaul', amount: { amount: '243' } }], description: 'Mugs' },
              { charges: [{ code: 'fuel', amount: { amount: '23.33' } }] },
            ],
          },
        },
      },
    ])
  })

  test('in an INVOIC what he is to pay, and for which shipment', () => {
    const standard = 'edifact'
    const text = textOf('bill_freight', bill, agreed({ standard }))
    expect(understood(text, agreed({ ...mirror, standard, invoices: 'carrier' }))).toMatchObject([
      {
        type: 'freight_invoice.reported',
        data: { object: { total: { amount: '266.33' }, bol: 'BOL-5', trackingNumber: 'PRO77', shipment: 'SHP-77' } },
      },
    ])
  })
})

test('a charge that has no code of the partner is refused, never taken for the carriage', () => {
  const customs = { code: 'customs', amount: { amount: '5', currency: 'USD' } }
  expect(() => textOf('bill_freight', { ...bill, charges: [customs] }, agreed())).toThrow('charges[0].accessorial')
})
