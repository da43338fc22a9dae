import { Type } from 'typebox'
import { code } from '../../fields/code.ts'
import { instant } from '../../fields/instant.ts'
import { freeText } from '../../fields/personal.ts'
import { part } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'

/** Something that stops an order until somebody lifts it. */
export const hold = part('order_hold', 'One reason why the order stands still.', {
  id: text('Names the hold in its order, from whoever placed it.', 60),
  type: code('Why it stands still.', {
    name: 'hold_type',
    values: {
      credit: 'The customer owes too much.',
      fraud: 'Somebody suspects fraud.',
      export: 'Export control must agree.',
      address: 'The address is in doubt.',
      customer: 'The customer asked to wait.',
      quality: 'The goods are in doubt.',
      manual: 'A person stopped it.',
    },
  }),
  placedAt: instant('Since when it stops the order.'),
  placedBy: text('System or person that placed it.', 120),
  releasedAt: Type.Optional(instant('When it was lifted. Absent: it still stops the order.')),
  reason: Type.Optional(freeText(text('In words, for people.', 500))),
})
