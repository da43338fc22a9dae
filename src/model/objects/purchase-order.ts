import { Type } from 'typebox'
import { statusesOf } from '../code-lists/document-status.ts'
import { code } from '../fields/code.ts'
import { count } from '../fields/count.ts'
import { currency } from '../fields/currency.ts'
import { day } from '../fields/day.ts'
import { decimal } from '../fields/decimal.ts'
import { hubId } from '../fields/hub-id.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { meta } from './parts/meta.ts'
import { money } from './parts/money.ts'
import { quantity } from './parts/quantity.ts'

/** What was ordered from a supplier. */
export const purchaseOrderObject = record(
  'What was ordered from a supplier. The ERP owns it; the hub follows what comes.',
  {
    ...meta('pur'),
    supplierId: hubId('Who is to send the goods.', 'prt'),
    status: code('How much of it has come.', statusesOf('purchase_order')),
    currency: currency('Money that all its prices are in, ISO 4217.'),
    shipTo: hubId('Site that the goods are to come to.', 'loc'),
    lines: list(
      'What was ordered, line by line.',
      record('Some of one item.', {
        lineNo: text('Number of the line, from the ERP. Unique in the order.', 30),
        itemId: hubId('What was ordered.', 'itm'),
        ordered: quantity('How much is wanted by now, after all changes.'),
        confirmed: Type.Optional(quantity('How much the supplier says that it will send. Absent: no answer.')),
        shipped: Type.Optional(quantity('How much the supplier says that it has sent so far.')),
        received: Type.Optional(quantity('How much has come so far, from the warehouse.')),
        unitPrice: money('Price of one ordered unit, before tax.'),
        due: Type.Optional(day('Day when it should be at the site, counted there.')),
        overTolerancePct: Type.Optional(
          decimal('How much more than ordered may come, in per cent of the ordered quantity. Absent: not agreed.'),
        ),
        underTolerancePct: Type.Optional(
          decimal('How much less than ordered may come and still be complete, in per cent. Absent: not agreed.'),
        ),
      }),
    ),
    revision: count(
      'Counts the changes at the ERP, as the ERP numbers them. A lower one that comes late changes nothing.',
    ),
  },
)
