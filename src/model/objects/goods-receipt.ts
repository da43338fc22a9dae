import { Type } from 'typebox'
import { statusesOf } from '../code-lists/document-status.ts'
import { code } from '../fields/code.ts'
import { hubId } from '../fields/hub-id.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { eventTime } from './parts/event-time.ts'
import { meta } from './parts/meta.ts'
import { quantity } from './parts/quantity.ts'

const conditions = {
  name: 'receipt_condition',
  values: {
    good: 'It may be used.',
    damaged: 'Goods or packaging are broken, wet or dented.',
    hold: 'Somebody has to look at it first.',
  },
}
const discrepancies = {
  name: 'receipt_discrepancy',
  values: {
    over: 'More than expected.',
    short: 'Less than expected.',
    damaged: 'Broken, wet or dented.',
    wrong_item: 'Something else.',
    unordered: 'Nobody ordered it.',
  },
}

/** What came from a supplier. */
export const goodsReceiptObject = record(
  'What came from a supplier, as the warehouse counted it. Never changed: it is taken back as a whole and counted anew.',
  {
    ...meta('grn'),
    asnId: Type.Optional(hubId('Ship notice that announced it. Absent: it came unannounced.', 'asn')),
    poIds: list('Purchase orders that it is for. Empty: none is known.', hubId('One purchase order.', 'pur')),
    locationId: hubId('Site that took it in.', 'loc'),
    receivedAt: eventTime('When it was taken in.'),
    lines: list(
      'What came, line by line.',
      record('Some of one item.', {
        poId: Type.Optional(hubId('Purchase order that it is for. Absent: none is known.', 'pur')),
        poLineNo: Type.Optional(text('Which line of that order, by its `lineNo`.', 30)),
        itemId: hubId('What came.', 'itm'),
        expected: Type.Optional(quantity('How much was announced or ordered. Absent: nothing was.')),
        received: quantity('How much came, as it was counted.'),
        rejected: Type.Optional(quantity('How much of it the site refused.')),
        lot: Type.Optional(text('Batch that it is from.', 60)),
        condition: code('What state it is in.', conditions),
        discrepancy: Type.Optional(code('What is wrong with it. Absent: nothing.', discrepancies)),
      }),
    ),
    status: code('Whether it is in the books.', statusesOf('goods_receipt')),
  },
)
