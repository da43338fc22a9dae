import { Type } from 'typebox'
import { movementTypes } from '../code-lists/movement-type.ts'
import { code } from '../fields/code.ts'
import { decimal } from '../fields/decimal.ts'
import { flag } from '../fields/flag.ts'
import { instant } from '../fields/instant.ts'
import { several } from '../fields/list.ts'
import { freeText } from '../fields/personal.ts'
import { part, record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { references } from './parts/reference.ts'
import { stockDocument } from './parts/stock-document.ts'
import { stockPlace } from './parts/stock-place.ts'

const sku = text('Item number, in the code of the system where the stock is.')
const uom = text(
  'Base unit of the item, which every quantity here is in: UN/ECE Recommendation 20 where a table knows it.',
)
const assertion = text('Identity of the count: system/kind/id/line/item/place.')
const asserted = decimal('How much was counted there.')
const delta = decimal('By how much it changed; negative where something left.')
const levels = {
  name: 'availability_level',
  values: {
    none: 'Zero or less.',
    low: 'More than zero, up to the low mark of the item (10 where it has none).',
    enough: 'More than that.',
  },
}
const movement = {
  movement: text('Identity of the movement: system/kind/id/line/sequence. The same one is posted once.'),
  type: code('Why it moved, and which way.', movementTypes),
  sku,
  quantity: decimal('How much moved. It has no sign: the type says which way.'),
  uom,
  document: stockDocument('The paper behind it.'),
  postings: several(
    'What changed in stock. The counter-account of the type takes the opposite.',
    record('One stock and its change.', { ...stockPlace, delta }),
  ),
  from: Type.Optional(text('Place that it was taken from, as it was reported. Absent: from outside.')),
  to: Type.Optional(text('Place that it was put to, as it was reported. Absent: to the outside.')),
  lot: Type.Optional(text('Batch that was moved. Absent: not told.')),
  serial: Type.Optional(text('Single unit that was moved. Absent: not told.')),
  reasonCode: Type.Optional(text('Why in more detail, in the code of the system where it moved. Absent: not told.')),
  references: Type.Optional(references('Orders and deliveries that it was for. Absent: none was named.')),
  uncertain: Type.Optional(
    flag(
      'Of a variance: whether count and movement fell on times too coarse to tell which came first. Absent: it is no variance.',
    ),
  ),
}
const counted = (description: string) =>
  part('stock_count', description, {
    ...stockPlace,
    sku,
    assertion: Type.Optional(assertion),
    asserted,
    uom,
    document: Type.Optional(
      stockDocument(
        'The list that it is from. Absent: a complete snapshot did not list it, which says zero, or a person approved it.',
      ),
    ),
    uncertain: flag('Whether count and movements fell on times too coarse to tell which came first.'),
  })
const discrepancies = {
  name: 'stock_discrepancy',
  values: {
    negative: 'The books have less than nothing there.',
    serial: 'A single unit is in several places, or more than once in one.',
    not_postable: 'A report lacks what its posting needs, or says what cannot be.',
    original_missing: 'A reversal came, and what it takes back has not.',
    overcommitted: 'More is allocated at the place than is there.',
    system_difference: 'Another system has another quantity there.',
    late: 'A movement came so late that nobody can tell any more whether it had come before.',
  },
}
const discrepancy = (description: string) =>
  Type.Object(
    {
      kind: code('What cannot be.', discrepancies),
      sku,
      ...Object.fromEntries(Object.entries(stockPlace).map(([name, field]) => [name, Type.Optional(field)])),
      onHand: Type.Optional(decimal('What the books have there. Only of negative.')),
      short: Type.Optional(decimal('How much more is allocated than there is. Only of overcommitted.')),
      system: Type.Optional(text('The other system. Only of system_difference.')),
      difference: Type.Optional(decimal('Ours less theirs. Only of system_difference that begins.')),
      places: Type.Optional(
        several(
          'Where the single unit is by the books. Only of serial.',
          record('One place.', {
            location: stockPlace.location,
            status: stockPlace.status,
            onHand: decimal('How often the books have it there.'),
          }),
        ),
      ),
      movement: Type.Optional(text('Identity of the movement that it is about. Absent: none.')),
      reverses: Type.Optional(text('Identity of the movement that is missing. Only of original_missing.')),
      document: Type.Optional(
        Type.Unknown({ description: 'The paper behind the report, as it was reported. Absent: none is in question.' }),
      ),
      problem: Type.Optional(text('What is wrong with the report, in words. Only of not_postable.')),
    },
    { additionalProperties: true, title: 'discrepancy', description },
  )

/** What the hub concludes about stock: what was booked and counted, what may be promised, and what does not fit together. */
export const stockFacts = {
  'inventory.availability_changed': part(
    'availability_change',
    'What may be promised of an item at a place crossed zero or its low mark. Written by the hub at such a crossing only, to spare the channels.',
    {
      sku,
      location: stockPlace.location,
      availableToPromise: decimal(
        'Available stock and confirmed receipts, less what is promised and the safety stock.',
      ),
      before: decimal('The same before.'),
      level: code('On which side of the marks it is now.', levels),
      asOf: instant('When the newest movement that is counted happened.'),
    },
  ),
  'inventory.balance_changed': part(
    'balance_change',
    'There is more or less of an item than before. Written by the hub with every movement that changes a sum.',
    {
      sku,
      uom,
      changes: several(
        'Which stock changed.',
        record('One stock with its sum.', { ...stockPlace, onHand: decimal('How much is there now.'), delta }),
      ),
    },
  ),
  'inventory.conflict_detected': Type.Object(
    {
      movement: Type.Optional(text('Identity of the movement. Absent: it is a count.')),
      assertion: Type.Optional(text('Identity of the count. Absent: it is a movement.')),
      sku: Type.Optional(sku),
      known: text('What is in the books, as text for a person.'),
      received: text('What came now, as text for a person.'),
    },
    {
      additionalProperties: true,
      title: 'stock_conflict',
      description:
        'The same document line came again and says something else. Written by the hub instead of posting it; the first word stays.',
    },
  ),
  'inventory.correction_ordered': part(
    'stock_correction',
    'Another system is to be told what it lacks, without anything having moved. Written by the hub when a person decides so about a difference.',
    {
      correction: text('Identity of the correction. The same one is posted once.'),
      system: text('Connection of the system that is to be corrected.'),
      sku,
      uom,
      postings: several(
        'By how much its stock is to change.',
        record('One stock and its change.', { ...stockPlace, delta }),
      ),
      by: text('Who decided.'),
      reason: freeText(text('Why, in words of the person.')),
    },
  ),
  'inventory.count_ordered': part(
    'count_order',
    'Somebody has to count. Written by the hub when a person wants a difference or a count looked at again; a task of the warehouse goes with it.',
    {
      order: text('Names the order among those of the item.'),
      sku,
      location: stockPlace.location,
      status: stockPlace.status,
      lot: stockPlace.lot,
      reason: freeText(text('Why.')),
    },
  ),
  'inventory.count_recorded': counted(
    'Somebody counted: at that moment there was this much. Written by the hub; what the books differ by is a movement of its own.',
  ),
  'inventory.discrepancy_detected': discrepancy(
    'Stock that cannot be, or a report that cannot be posted. Written by the hub when a report makes it so; nothing is refused for it.',
  ),
  'inventory.discrepancy_resolved': discrepancy(
    'It is possible again. Written by the hub when a later report makes it so.',
  ),
  'inventory.movement_posted': part(
    'movement',
    'Stock moved. Written by the hub once per movement that is reported or follows from a count.',
    movement,
  ),
  'inventory.movement_reversed': part(
    'reversal',
    'A movement was taken back, wholly or in part, by another. Written by the hub once per reversal that is reported.',
    { ...movement, reverses: text('Identity of the movement that is taken back.') },
  ),
  'inventory.snapshot_recorded': counted(
    'A system listed what its books have: at that moment there was this much. Written by the hub; what our books differ by is a movement of its own.',
  ),
  'inventory.variance_proposed': part(
    'proposed_variance',
    'A count differs from the books by more than the item allows. Written by the hub instead of posting it: a person decides.',
    {
      ...stockPlace,
      sku,
      assertion,
      asserted,
      booked: decimal('How much the books had there at that moment.'),
      delta: decimal('What was counted, less what the books had.'),
      uom,
      document: Type.Optional(
        stockDocument('The list that it is from. Absent: a complete snapshot did not list it, which says zero.'),
      ),
    },
  ),
  'inventory.variance_withdrawn': part(
    'withdrawn_variance',
    'A person did not believe a count whose difference was proposed. Written by the hub on that decision; it is as if nobody had counted.',
    { ...stockPlace, sku, assertion, asserted },
  ),
}
