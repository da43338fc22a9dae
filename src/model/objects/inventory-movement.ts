import { Type } from 'typebox'
import { movementTypes } from '../code-lists/movement-type.ts'
import { code } from '../fields/code.ts'
import { decimal } from '../fields/decimal.ts'
import { hubId } from '../fields/hub-id.ts'
import { instant } from '../fields/instant.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { unit } from '../fields/unit.ts'
import { eventTime } from './parts/event-time.ts'
import { externalRef } from './parts/external-ref.ts'
import { tenantId } from './parts/meta.ts'
import { provenance } from './parts/provenance.ts'
import { partialStockKey } from './parts/stock-key.ts'

const accounts = {
  name: 'ledger_account',
  values: {
    stock: 'Stock itself; the key says which.',
    in_transit: 'On the way between two sites of one’s own.',
    supplier: 'What came from suppliers, or went back.',
    customer: 'What went to customers, or came back.',
    production: 'Used up or made in production and kitting.',
    adjustment: 'Found or missing, corrected by a person.',
    count_variance: 'Found or missing in a count.',
    scrap: 'Destroyed.',
    opening: 'There when the books began.',
  },
}
const documentKinds = {
  name: 'movement_document',
  values: {
    order: 'What a customer ordered.',
    delivery: 'What a warehouse was to ship.',
    shipment: 'What a carrier moved.',
    po: 'Purchase order: what was ordered from a supplier.',
    asn: 'Advance ship notice of a supplier.',
    goods_receipt: 'What came from a supplier.',
    return: 'What a customer sent back.',
    count: 'A list of what was counted.',
    claim: 'What is demanded from a supplier or carrier.',
  },
}

/** That stock moved. */
export const inventoryMovementObject = record(
  'That stock moved. Double entry: what one side gains the other loses, so all postings of an item add up to zero. Never changed; a mistake is reversed by another movement.',
  {
    id: hubId('Names this one movement. Given by the hub when it is posted.', 'mov'),
    tenantId,
    type: code('Why it moved, and which way.', movementTypes),
    reasonCode: Type.Optional(text('Why in more detail, in the code of the system where it moved.', 60)),
    effectiveAt: eventTime('When it moved.'),
    postedAt: instant('When the hub put it into its books.'),
    postings: list(
      'What changes by it. They add up to zero per item, in base units.',
      record('One change of one account.', {
        account: code('Where it changes.', accounts),
        key: partialStockKey('Which stock. Outside the account stock only the item counts.'),
        delta: decimal('By how much; negative where something leaves.'),
        uom: unit('Base unit of the item, UN/ECE Recommendation 20.'),
      }),
      1000,
    ),
    document: Type.Optional(
      record('The paper behind it. Absent: there is none.', {
        kind: code('What kind of paper.', documentKinds),
        id: text('Its number in the system where it moved.', 120),
        line: Type.Optional(text('The line of it. Absent: the paper as a whole.', 30)),
      }),
    ),
    reverses: Type.Optional(hubId('Movement that this one takes back, wholly or in part. Absent: none.', 'mov')),
    idempotencyKey: text(
      'System, document, line and sequence as one text. The same one again is the same movement, posted once.',
      1024,
    ),
    provenance: provenance('Who said it, and how it came.'),
    postedTo: list('Documents that other systems booked it with. Empty: none has.', externalRef('One document.'), 100),
  },
)
