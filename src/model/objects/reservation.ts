import { Type } from 'typebox'
import { reservationKinds } from '../code-lists/reservation-kind.ts'
import { code } from '../fields/code.ts'
import { hubId } from '../fields/hub-id.ts'
import { instant } from '../fields/instant.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { tenantId } from './parts/meta.ts'
import { quantity } from './parts/quantity.ts'
import { partialStockKey } from './parts/stock-key.ts'

const statuses = {
  name: 'reservation_status',
  values: {
    active: 'It holds the stock.',
    consumed: 'The goods have left.',
    released: 'It was given back.',
    expired: 'Its time is over; it holds nothing any more.',
  },
}

/** Stock that is promised to somebody. */
export const reservationObject = record('Stock that is promised to one order line and may not be promised again.', {
  id: hubId('Names this one promise. Given by the hub when it is made.', 'rsv'),
  tenantId,
  key: partialStockKey('Which stock. What is absent may be anything.'),
  quantity: quantity('How much of it.'),
  kind: code('How firm the promise is.', reservationKinds),
  demand: record('Whom it is promised to.', {
    orderId: hubId('Customer order that it is promised to.', 'ord'),
    lineNo: text('Which line of that order, by its `lineNo`.', 30),
  }),
  expiresAt: Type.Optional(instant('Until when it holds the stock. Absent: until it is consumed or released.')),
  status: code('Whether it still holds the stock.', statuses),
})
