import { Type } from 'typebox'
import { code } from '../fields/code.ts'
import { decimal } from '../fields/decimal.ts'
import { flag } from '../fields/flag.ts'
import { hubId } from '../fields/hub-id.ts'
import { instant } from '../fields/instant.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { unit } from '../fields/unit.ts'
import { eventTime } from './parts/event-time.ts'
import { externalRef } from './parts/external-ref.ts'
import { tenantId } from './parts/meta.ts'
import { provenance } from './parts/provenance.ts'
import { stockKey } from './parts/stock-key.ts'

const kinds = {
  name: 'assertion_kind',
  values: { count: 'Somebody counted.', snapshot: 'A system listed what its books say.' },
}

/** How much there was at an instant, as somebody says. */
export const stockAssertionObject = record(
  'How much there was at one moment, as somebody says. It is no movement: what it differs from the books is posted by the hub as one.',
  {
    id: hubId('Names this one statement. Given by the hub when it is recorded.', 'cnt'),
    tenantId,
    kind: code('How it is known.', kinds),
    system: text('Id of the system that says so.', 60),
    key: stockKey('Which stock.'),
    asserted: decimal('How much was there. Negative where the books of the system are.'),
    uom: unit('What is counted in, UN/ECE Recommendation 20.'),
    effectiveAt: eventTime('The moment that it is true for, not when the file came.'),
    receivedAt: instant('When the hub heard of it.'),
    complete: flag('Yes: whatever is not listed within its scope is zero. No: nothing is said about it.'),
    document: Type.Optional(externalRef('The list or file that it is from.')),
    provenance: provenance('Who said it, and how it came.'),
  },
)
