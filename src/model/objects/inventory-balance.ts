import { Type } from 'typebox'
import { count } from '../fields/count.ts'
import { decimal } from '../fields/decimal.ts'
import { instant } from '../fields/instant.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { unit } from '../fields/unit.ts'
import { tenantId } from './parts/meta.ts'
import { stockKey } from './parts/stock-key.ts'

/** How much of one stock there is. */
export const inventoryBalanceObject = record(
  'How much of one stock there is, as the sum of its movements. Below zero is possible: it shows that a message is missing.',
  {
    tenantId,
    key: stockKey('Which stock.'),
    onHand: decimal('What is physically there, in whatever status.'),
    reserved: decimal('Promised to orders, and no warehouse has begun.'),
    allocated: decimal(
      'Promised to orders that a warehouse works on. Given back when the goods leave, not when they are picked.',
    ),
    picked: decimal('Part of the allocated quantity that already stands where orders are put together.'),
    inboundInTransit: decimal('On the way here, from a supplier or another site.'),
    outboundInTransit: decimal('On the way from here to another site of one’s own.'),
    uom: unit('Base unit of the item, which all these are in, UN/ECE Recommendation 20.'),
    asOf: instant('When the newest movement that is counted happened.'),
    lastMovementSeq: count(
      'Offset in the fact log of the last movement that is counted: a higher one makes a newer balance.',
    ),
    bySystem: Type.Optional(
      list(
        'What other systems say about the same stock, to compare. Absent: nobody does.',
        record('The word of one system.', {
          system: text('Id of the system that says so.', 60),
          onHand: decimal('What its books have there.'),
          asOf: instant('The moment that it is true for.'),
        }),
        100,
      ),
    ),
  },
)
