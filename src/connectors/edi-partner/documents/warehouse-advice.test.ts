import fc from 'fast-check'
import { expect, test } from 'vitest'
import { confirmed } from '../../../../test/edi/owed.ts'
import { agreed, mirror, textOf, understood } from '../../../../test/edi/written-document.ts'
import { add } from '../../../base/decimal.ts'

test('the owner of the goods reads in a 945 the delivery, its packages and every line with its quantity', () => {
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

test('the owner of the goods reads in a 944 what was received, and what of it is damaged', () => {
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

test('the owner of the goods reads in a 947 the sign and the reason, and in an 846 the count', () => {
  const said = (command: string, payload: unknown) => understood(textOf(command, payload, agreed()), mirror)[0]
  const about = {
    ...{ location: 'DC1', sku: 'SKU-1', uom: 'C62', effectiveAt: '2026-03-01T08:00:00Z' },
    document: { system: 'wms', kind: 'adjustment', id: 'ADJ-7' },
  }
  const corrected = said('advise_adjustment', { ...about, delta: '-4', reasonCode: 'x12-181 07' })
  expect(corrected?.data).toMatchObject({ type: 'adjust_loss', quantity: '4', reasonCode: 'x12-181 07' })
  const counted = said('advise_stock', { ...about, quantity: '12', status: 'damaged' })
  expect(counted?.data).toMatchObject({ status: 'damaged', quantity: '12' })
})

test('what left in the evening left on that day, by the clock of the warehouse that was agreed', () => {
  const payload = {
    deliveryNumber: '80004711',
    location: 'DC1',
    carrier: 'mrdn',
    trackingNumbers: [],
    confirmedAt: '2026-03-05T01:30:00Z',
    lines: [{ line: '10', sku: 'SKU-1', quantity: '3', uom: 'EA' }],
  }
  const written = (timeZone: string): string => textOf('advise_shipment', payload, agreed({ timeZone }))
  expect(written('America/Chicago')).toContain('~G62*11*20260304~')
  expect(written('')).toContain('~G62*11*20260305~')
})

test('a warehouse reads in a 940 when the goods are to be there, who carries them and how, and what else it must know', () => {
  const note = `RING AT THE GATE\n${'BOOK AN APPOINTMENT '.repeat(5).trim()}`
  const payload = {
    deliveryNumber: '80004711',
    location: 'DC1',
    carrier: 'meridian freight',
    service: 'Two Day',
    requestedDelivery: '2026-03-04',
    note,
    lines: [{ line: '10', sku: 'SKU-1', quantity: '3', uom: 'EA' }],
  }
  const [told] = understood(textOf('release_delivery', payload, agreed()), mirror)
  expect(told?.data).toMatchObject({
    object: { requestedDelivery: '2026-03-04', service: 'meridian freight Two Day' },
  })
  expect(JSON.stringify(told).replaceAll(String.raw`\n`, ' ')).toContain(note.replace('\n', ' '))
})
