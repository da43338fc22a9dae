import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { documentStatuses } from '../../src/model/code-lists/document-status.ts'
import { exceptionCategories } from '../../src/model/code-lists/exception-category.ts'
import { shipmentStatuses } from '../../src/model/code-lists/shipment-status.ts'
import { stockStatuses } from '../../src/model/code-lists/stock-status.ts'
import { codeValues } from '../../web/src/parts/code-values.ts'

const model = {
  shipments: shipmentStatuses.values,
  orders: documentStatuses.order,
  deliveries: documentStatuses.delivery,
  receipts: documentStatuses.goods_receipt,
  returns: documentStatuses.return,
  invoices: documentStatuses.invoice,
  'freight-invoices': documentStatuses.freight_invoice,
  appointments: documentStatuses.appointment,
  stock: stockStatuses.values,
  exceptions: exceptionCategories.values,
}

test.each(Object.entries(model))(
  'a list of %s can be filtered by every code that the model has, and by no other',
  (name, values) => {
    expect(new Set<string>(codeValues[name as keyof typeof model])).toEqual(new Set(Object.keys(values)))
  },
)

test('postings can be filtered by every state that the API takes', () => {
  const file = join(import.meta.dirname, '../../schemas/openapi.json')
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as {
    paths: { '/v1/effects': { get: { parameters: { name: string; schema: { enum?: string[] } }[] } } }
  }
  const state = paths['/v1/effects'].get.parameters.find(({ name }) => name === 'state')
  expect(new Set<string>(codeValues.effects)).toEqual(new Set(state?.schema.enum))
})
