import { confirmed } from '../confirmation.ts'
import type { FileKindIn } from './kind.ts'
import { linesIn, packagesIn, withMembers } from './members.ts'
import { rowsToldApart } from './one-number.ts'
import { timeIn } from './time.ts'

const number = { longest: 100 }

/** The goods of a delivery have left: one row for each line, with the package that it is in. */
export const shippingConfirmationFile: FileKindIn = {
  id: 'shipping_confirmation',
  about: 'The goods of a delivery have left, with their packages.',
  direction: 'in',
  shape: {
    members: [
      ...['deliveryNumber', 'confirmation', 'orderNumber', 'location', 'carrier', 'service', 'masterTrackingNumber'],
      ...['shippedAt', 'freightAmount', 'freightCurrency'],
    ],
    lists: {
      packages: ['sscc', 'trackingNumber', 'weightGrams'],
      lines: ['line', 'sku', 'quantity', 'uom', 'lot', 'serial', 'status'],
    },
    // In a file with one row for each line, a row says which package its line is in.
    beside: { lines: ['sscc', 'trackingNumber'] },
  },
  declaration: {
    fields: {
      deliveryNumber: { column: 'delivery_number', required: true, ...number },
      confirmation: { type: 'number' },
      orderNumber: { column: 'order_number', ...number },
      location: { required: true, longest: 60 },
      carrier: { required: true, longest: 60 },
      service: { longest: 60 },
      masterTrackingNumber: { column: 'master_tracking_number', longest: 60 },
      shippedAt: { column: 'shipped_at', required: true, type: 'date' },
      freightAmount: { column: 'freight_amount', type: 'number' },
      freightCurrency: { column: 'freight_currency', longest: 3 },
      sscc: { longest: 24 },
      trackingNumber: { column: 'tracking_number', longest: 60 },
      weightGrams: { column: 'weight_grams', type: 'number' },
      line: { longest: 40 },
      sku: { required: true, ...number },
      quantity: { required: true, type: 'number' },
      uom: { required: true, longest: 10 },
      lot: { longest: 60 },
      serial: { longest: 60 },
      status: { longest: 40 },
    },
    group: ['deliveryNumber'],
    once: [
      ...['confirmation', 'orderNumber', 'location', 'carrier', 'service', 'masterTrackingNumber', 'shippedAt'],
      ...['freightAmount', 'freightCurrency'],
    ],
  },
  meaning: (document, context) => {
    const amount = document.at('freightAmount').optionalText()
    const whole = withMembers(document, {
      packages: packagesIn(document),
      lines: linesIn(document),
      ...(amount === undefined ? {} : { freight: { amount, currency: document.at('freightCurrency').text(3) } }),
    })
    return confirmed(whole, timeIn(document.at('shippedAt'), context.timeZone), context)
  },
  together: (assertions, documents) => {
    rowsToldApart(assertions, documents, 'deliveryNumber')
    return []
  },
}
