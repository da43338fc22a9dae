import { Type } from 'typebox'
import { statusesOf } from '../../code-lists/document-status.ts'
import { code } from '../../fields/code.ts'
import { flag } from '../../fields/flag.ts'
import { hubId } from '../../fields/hub-id.ts'
import { part } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'
import { money } from './money.ts'
import { quantity } from './quantity.ts'
import { timeWindow } from './time-window.ts'

/** One thing that a customer ordered. */
export const orderLine = part('order_line', 'One thing that was ordered.', {
  lineNo: text('Number of the line, from the channel. Unique in the order.', 30),
  itemId: Type.Optional(hubId('The item in the master data. Absent: the SKU is not known there.', 'itm')),
  sku: text('Item number as the channel names it.', 60),
  description: Type.Optional(text('What the customer read when ordering.', 500)),
  ordered: quantity('What the customer wants by now, after all changes.'),
  allocated: Type.Optional(quantity('How much stock is set aside for it.')),
  shipped: Type.Optional(quantity('How much has left so far.')),
  delivered: Type.Optional(quantity('How much has arrived so far.')),
  cancelled: Type.Optional(quantity('How much was called off.')),
  backordered: Type.Optional(quantity('How much waits for stock.')),
  unitPrice: Type.Optional(money('Price of one ordered unit, before tax. Absent: the channel does not tell.')),
  requestedDelivery: Type.Optional(timeWindow('When the customer wants it.')),
  promisedDelivery: Type.Optional(timeWindow('When the customer was told that it comes.')),
  substitutionAllowed: Type.Optional(flag('Whether another item may be sent instead. Absent counts as no.')),
  lot: Type.Optional(text('Lot that the customer insists on. Absent: any.', 60)),
  status: code('Where the line stands; it goes the same way as the order.', statusesOf('order')),
  customerLineRef: Type.Optional(text('Number of the line in the customer’s own purchase order.', 60)),
})
