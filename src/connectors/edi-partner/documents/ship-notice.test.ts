import fc from 'fast-check'
import { expect, test } from 'vitest'
import { confirmed } from '../../../../test/edi/owed.ts'
import { agreed, mirror, textOf, understood } from '../../../../test/edi/written-document.ts'
import type { Agreement } from '../policy.ts'

test('the receiver reads in an 856 and in a DESADV the notice with its order and lines', () => {
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

test('a DESADV names the bill of lading and what the carrier follows; a GLN says that it is one', () => {
  const payload = {
    ...{ deliveryNumber: '80007', customerPurchaseOrder: 'PO-5', billOfLading: 'BOL2209', confirmation: '1' },
    trackingNumbers: ['PRO7781', 'PRO7782'],
    lines: [{ line: '1', sku: 'MUG-BLUE', quantity: '2', uom: 'EA' }],
  }
  const text = textOf('notify_shipment', payload, agreed({ standard: 'edifact', ownId: '0614141000012' }))
  for (const segment of ['RFF+BM:BOL2209', 'RFF+CN:PRO7781', 'RFF+CN:PRO7782', 'NAD+SU+0614141000012::9'])
    expect(text).toContain(`'${segment}'`)
  expect(textOf('notify_shipment', payload, agreed({ standard: 'edifact', ownId: 'OAKMILLS' }))).toContain(
    "'NAD+SU+OAKMILLS'",
  )
})
