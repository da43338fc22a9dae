import { expect, test } from 'vitest'
import type { ErpDocument } from './erp.ts'
import { erpNews } from './erp-news.ts'

const document: ErpDocument = {
  sequence: 1,
  documentNumber: '49000001',
  kind: 'goods_issue',
  externalReference: 'IL1',
  header: { deliveryNumber: 'DN260401-1-00001' },
  lines: [],
  bookedAt: '2026-04-01T10:00:00.000Z',
}
const types = (one: ErpDocument): string[] => erpNews(one).map(({ body }) => (body as { type: string }).type)

test('says that the delivery is issued, and that its invoice goes step by step to the customer', () => {
  expect(types(document)).toEqual(['delivery.goods_issued'])
  expect(types({ ...document, kind: 'invoice_release' })).toEqual([
    'invoice.ready',
    'invoice.released',
    'invoice.issued',
  ])
  expect(erpNews({ ...document, kind: 'invoice_release' })[2]).toMatchObject({
    connection: 'erp',
    body: { revision: 4, data: { invoiceNumber: 'IN260401-1-00001', documentNumber: '49000001' } },
  })
})

test('says nothing about documents that are nobody’s delivery', () => {
  expect(types({ ...document, kind: 'inventory_adjustment', header: {} })).toEqual([])
  expect(types({ ...document, kind: 'pod_attachment' })).toEqual([])
})

test('gives every event an identity of its own, also after a restart', () => {
  const ids = (one: ErpDocument): string[] => erpNews(one).map(({ body }) => (body as { eventId: string }).eventId)
  const release = { ...document, kind: 'invoice_release' }
  const all = [...ids(document), ...ids(release), ...ids({ ...release, bookedAt: '2026-04-02T10:00:00.000Z' })]
  expect(new Set(all).size).toBe(all.length)
})
