import { Type } from 'typebox'
import { statusesOf } from '../code-lists/document-status.ts'
import { code } from '../fields/code.ts'
import { day } from '../fields/day.ts'
import { hubId } from '../fields/hub-id.ts'
import { instant } from '../fields/instant.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { meta } from './parts/meta.ts'
import { money } from './parts/money.ts'

const kinds = { name: 'invoice_kind', values: { customer: 'To a customer. Those of carriers are freight invoices.' } }
const blocks = {
  name: 'invoice_block',
  values: {
    missing_pod: 'No proof of delivery has come.',
    unclean_pod: 'The consignee wrote something against the delivery.',
    price: 'The price is in doubt.',
    credit: 'The customer owes too much.',
    tax: 'The tax is in doubt.',
    short_ship: 'Less left than was ordered.',
    manual: 'A person stopped it.',
  },
}

/** Where a customer’s invoice stands. */
export const invoiceObject = record(
  'Where a customer’s invoice stands, and what it waits for. The invoice itself is made and kept by the ERP.',
  {
    ...meta('inv'),
    kind: code('Whom it is to.', kinds),
    orderIds: list('Orders that it asks money for.', hubId('One order.', 'ord')),
    deliveryIds: list('Deliveries that it asks money for.', hubId('One delivery.', 'dlv')),
    shipmentIds: list('Shipments whose proof of delivery it waits for.', hubId('One shipment.', 'shp')),
    billTo: hubId('Who is to pay.', 'prt'),
    total: money('What is to be paid in all, taxes included.'),
    status: code('How far it has come.', statusesOf('invoice')),
    blocks: list(
      'What stands or stood in its way. Empty: nothing ever did.',
      record('One obstacle.', {
        code: code('What it is.', blocks),
        since: instant('Since when it stands in the way.'),
        clearedAt: Type.Optional(instant('When it was out of the way. Absent: it still stands there.')),
      }),
      100,
    ),
    invoiceNumber: Type.Optional(text('Number that the ERP gave it. Absent: it is not issued.', 60)),
    dueDate: Type.Optional(day('Last day to pay without being late. Absent: not issued, or due at once.')),
  },
)
