import { expect, test } from 'vitest'
import { identify as identifyErp } from '../generic-erp/event.ts'
import { identify as identifyShop } from '../generic-shop/event.ts'
import { identify as identifyWarehouse } from '../generic-wms/event.ts'
import { peekName } from './peek.ts'

type Identify = (document: { readonly content: unknown }) => { readonly orderKey?: string } | undefined
const doors: readonly (readonly [string, string, string, Identify])[] = [
  ['a warehouse, of a delivery', 'shipment.confirmed', 'deliveryNumber', identifyWarehouse as Identify],
  ['a warehouse, of an item', 'movement', 'sku', identifyWarehouse as Identify],
  ['an ERP, of an order', 'order.created', 'orderNumber', identifyErp as Identify],
  ['a shop, of an order', 'order.created', 'orderNumber', identifyShop as Identify],
]

test.each(doors)(
  'what comes from %s waits for what is told of the same thing with blanks around its name',
  (_, type, member, identify) => {
    const keyOf = (name: string): string | undefined =>
      identify({ content: { eventId: 'e', type, data: { [member]: name } } })?.orderKey
    expect(keyOf('A-1')).toContain('A-1')
    expect(keyOf(' A-1\u00a0')).toBe(keyOf('A-1'))
    expect(keyOf('\ufeffA-1')).toBe(keyOf('A-1'))
    expect(keyOf('   ')).toBeUndefined()
  },
)

test('a name that nobody sees is none', () => {
  expect(peekName({ a: { b: ' \u200e ' } }, 'a', 'b')).toBeUndefined()
  expect(peekName({ a: {} }, 'a', 'b')).toBeUndefined()
})
