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
