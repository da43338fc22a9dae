import { text } from '../../fields/text.ts'

/** What stock of one item is told apart by, as members of a fact. What does not apply is an empty text, never absent. */
export const stockPlace = {
  location: text('Warehouse or bin, in the code of the system where it is.'),
  status: text('What may be done with it: available, quality_hold, damaged, blocked, expired, returned_pending.'),
  owner: text('Whose it is. Empty: the operator’s own.'),
  lot: text('Batch that it is from. Empty: lots are not told apart.'),
  serial: text('Number of the single unit. Empty: units are not told apart.'),
  package: text('Package that it is in. Empty: it lies loose, or was counted without regard to packages.'),
}
