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
import { money } from './parts/money.ts'
import { quantity } from './parts/quantity.ts'

const grades = {
  name: 'return_grade',
  values: { A: 'As new.', B: 'Small traces of use.', C: 'Used; can be sold for less.', scrap: 'Worth nothing.' },
}
const dispositions = {
  name: 'return_disposition',
  values: {
    restock: 'Back into stock.',
    refurbish: 'Repaired first.',
    vendor: 'Back to the supplier.',
    scrap: 'Destroyed.',
    reject: 'Sent back to the customer.',
  },
}
const modes = {
  name: 'refund_mode',
  values: {
    on_receipt: 'When the goods are in the warehouse.',
    on_inspection: 'When somebody has looked at the goods.',
    instant: 'At once, before anything comes.',
    exchange: 'Other goods instead of money.',
  },
}

/** What a customer may send back. */
export const returnObject = record(
  'What a customer may send back, and what became of it. Goods that come unannounced begin one too.',
  {
    ...meta('rma'),
    orderId: Type.Optional(hubId('Order that the goods were bought by. Absent: not known.', 'ord')),
    customerId: Type.Optional(hubId('Who sends them back. Absent: not known.', 'prt')),
    reason: freeText(text('Why, in the words or code of whoever allowed it.', 500)),
    lines: list(
      'What may come back, line by line.',
      record('Some of one item.', {
        lineNo: text('Number of the line, from whoever allowed it. Unique in the return.', 30),
        orderLineNo: text('Which line of the order that it was bought by, by its `lineNo`.', 30),
        itemId: hubId('What it is.', 'itm'),
        authorized: quantity('How much may come back.'),
        received: Type.Optional(quantity('How much has come so far, from the warehouse.')),
        inspected: Type.Optional(
          list(
            'What was found when somebody looked at it. Absent: nobody has.',
            record('Units in the same state.', {
              quantity: quantity('How many of them.'),
              grade: code('What state they are in.', grades),
              disposition: code('What happens to them.', dispositions),
            }),
            1000,
          ),
        ),
        credit: Type.Optional(money('What the customer gets for it. Absent: not decided.')),
      }),
    ),
    status: code('How far it has come.', statusesOf('return')),
    returnShipmentId: Type.Optional(hubId('Shipment that it comes back in.', 'shp')),
    expiresAt: Type.Optional(instant('Until when the customer may send it. Absent: no limit is known.')),
    refund: record('What the customer gets, and when.', {
      mode: code('What it waits for.', modes),
      amount: Type.Optional(money('How much money in all. Absent: not decided, or goods instead.')),
      ref: Type.Optional(externalRef('The document of the ERP that pays it.')),
    }),
  },
)
