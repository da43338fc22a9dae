import { expect, test } from 'vitest'
import { agreed, mirror, textOf, understood } from '../../../../test/edi/written-document.ts'

test('the owner of the goods reads in an INVRPT what is there, at an instant', () => {
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
