import { Type } from 'typebox'
import { statusesOf } from '../code-lists/document-status.ts'
import { code } from '../fields/code.ts'
import { sscc } from '../fields/gs1-key.ts'
import { hubId } from '../fields/hub-id.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { eventTime } from './parts/event-time.ts'
import { meta } from './parts/meta.ts'
import { quantity } from './parts/quantity.ts'
import { timeWindow } from './parts/time-window.ts'

/** What a supplier says is on its way. */
export const asnObject = record(
  'Advance ship notice: what a supplier says is on its way, before it comes (X12 856, EDIFACT DESADV). A later notice for the same goods replaces it.',
  {
    ...meta('asn'),
    poIds: list('Purchase orders that the goods are for.', hubId('One purchase order.', 'pur')),
    supplierId: hubId('Who sent the goods.', 'prt'),
    shipmentId: Type.Optional(hubId('Shipment that the goods come in. Absent: none is known.', 'shp')),
    shippedAt: eventTime('When the goods left the supplier.'),
    expected: timeWindow('When the goods should be at the site.'),
    packages: list(
      'Handling units that are announced. Empty: the supplier does not list them.',
      hubId('One package.', 'pkg'),
    ),
    lines: list(
      'What is announced, line by line.',
      record('Some of one item.', {
        poId: hubId('Purchase order that it is for.', 'pur'),
        poLineNo: text('Which line of that order, by its `lineNo`.', 30),
        itemId: hubId('What it is.', 'itm'),
        shipped: quantity('How much the supplier sent.'),
        lot: Type.Optional(text('Batch that it is from.', 60)),
        sscc: Type.Optional(
          list('Packages that it is in, by the number on their labels.', sscc('One package (GS1).'), 1000),
        ),
      }),
    ),
    status: code('Where the announced goods stand.', statusesOf('asn')),
  },
)
