import type { FileKindOut } from './kind.ts'

/** What the warehouse is to ship: one row for each line. */
export const shippingOrderFile: FileKindOut = {
  id: 'shipping_order',
  about: 'A delivery is released: what the warehouse is to ship, and where to.',
  direction: 'out',
  shape: {
    members: [
      ...['deliveryNumber', 'orderNumber', 'location', 'carrier', 'service', 'shipBy'],
      ...['shipToName', 'shipToStreet', 'shipToPostalCode', 'shipToCity', 'shipToRegion', 'shipToCountry'],
    ],
    lists: { lines: ['line', 'sku', 'quantity', 'uom', 'lot'] },
  },
  declaration: {
    fields: {
      deliveryNumber: { column: 'delivery_number', required: true },
      orderNumber: { column: 'order_number' },
      location: {},
      carrier: {},
      service: {},
      shipBy: { column: 'ship_by', type: 'date' },
      shipToName: { column: 'ship_to_name' },
      shipToStreet: { column: 'ship_to_street' },
      shipToPostalCode: { column: 'ship_to_postal_code' },
      shipToCity: { column: 'ship_to_city' },
      shipToRegion: { column: 'ship_to_region' },
      shipToCountry: { column: 'ship_to_country' },
      line: {},
      sku: { required: true },
      quantity: { required: true, type: 'number' },
      uom: { required: true },
      lot: {},
    },
    group: ['deliveryNumber'],
  },
}
