import { count } from '../../fields/count.ts'
import { flag } from '../../fields/flag.ts'
import { part } from '../../fields/record.ts'

/** How much of a shipment has arrived. */
export const progress = part('progress', 'How many packages of the shipment have arrived.', {
  total: count(
    'Packages that count: all but those that were cancelled. 1 for a shipment whose packages nobody listed.',
  ),
  delivered: count('Those of them that are delivered.'),
  partial: flag('Yes: the shipment counts as delivered although not all of it was.'),
})
