import { Type } from 'typebox'
import { statusesOf } from '../code-lists/document-status.ts'
import { code } from '../fields/code.ts'
import { hubId } from '../fields/hub-id.ts'
import { instant } from '../fields/instant.ts'
import { list } from '../fields/list.ts'
import { freeText } from '../fields/personal.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { externalRef } from './parts/external-ref.ts'
import { meta } from './parts/meta.ts'
import { parties } from './parts/party-ref.ts'
import { quantity } from './parts/quantity.ts'
import { timeWindow } from './parts/time-window.ts'

const directions = {
  name: 'delivery_direction',
  values: {
    outbound: 'Goods go to a customer.',
    inbound: 'Goods come from a supplier.',
    return: 'Goods come back from a customer.',
    transfer: 'Goods go to another site of one’s own.',
  },
}
const serial = text('One serial number, from the maker.', 60)
const line = record('Some of one item.', {
  lineNo: text('Number of the line, from the ERP. Unique in the delivery.', 30),
  orderId: hubId('Order that it fulfils.', 'ord'),
  orderLineNo: text('Which position of the customer’s order it fulfils, by its `lineNo` there.', 30),
  itemId: hubId('What is to be shipped.', 'itm'),
  requested: quantity('How much is to be shipped, from the ERP.'),
  picked: Type.Optional(quantity('How much was taken from its place, from the warehouse.')),
  packed: Type.Optional(quantity('How much is in packages, from the warehouse.')),
  issued: Type.Optional(quantity('How much has left, from the warehouse.')),
  short: Type.Optional(
    record('What could not be shipped. Absent: nothing is missing.', {
      quantity: quantity('How much is missing.'),
      reason: freeText(text('Why, in the warehouse’s own words or code.', 200)),
    }),
  ),
  lots: Type.Optional(
    list(
      'Which units were taken. Absent: the item is not told apart.',
      record('Some of one batch.', {
        lot: Type.Optional(text('Batch that it is from.', 60)),
        serials: Type.Optional(list('Numbers of the single units.', serial)),
        quantity: quantity('How much of the batch.'),
      }),
      1000,
    ),
  ),
})

/** What a warehouse is to ship. */
export const deliveryObject = record(
  'What a warehouse is to ship: the ERP asks, the warehouse does it and says what it did, the ERP books it.',
  {
    ...meta('dlv'),
    orderIds: list('Customer orders that it fulfils.', hubId('One order.', 'ord')),
    direction: code('Which way the goods go, seen from the warehouse.', directions),
    shipFrom: hubId('Site that ships.', 'loc'),
    parties: parties('Who gets the goods, who pays.'),
    lines: list('What is to be shipped, line by line.', line),
    status: code('How far the warehouse has come.', statusesOf('delivery')),
    plannedShip: Type.Optional(timeWindow('When the goods are to leave.')),
    goodsIssue: Type.Optional(
      record('That the goods have left, in the books of the ERP. Absent: not booked.', {
        postedAt: instant('When the ERP booked it.'),
        ref: externalRef('The ERP’s document.'),
        reversedAt: Type.Optional(instant('When the ERP took it back. Absent: it stands.')),
      }),
    ),
  },
)
