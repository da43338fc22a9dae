import { type TSchema, Type } from 'typebox'
import { count } from '../fields/count.ts'
import { decimal } from '../fields/decimal.ts'
import { instant } from '../fields/instant.ts'
import { part } from '../fields/record.ts'
import { text } from '../fields/text.ts'

/** Facts about what sales channels are told. */
export const listingFacts: Readonly<Record<string, TSchema>> = {
  'listing.issued': part(
    'issued_listing',
    'A sales channel is told how much of an item it may sell. Written by the hub when the value crosses a bound of the channel, and when it is told again; the subject is the item in the channel.',
    {
      channel: text('Id of the connection to the channel.'),
      sku: text('Item number.'),
      uom: text('Base unit of the item.'),
      n: count('Which value for this item, from 1. A greater one is newer.'),
      quantity: decimal('How much may be sold.'),
      bucket: Type.Integer({ description: 'How many bounds of the channel it is above; 0 is sold out.', minimum: 0 }),
      asOf: instant('When it was true.'),
    },
  ),
}
