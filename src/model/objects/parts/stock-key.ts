import { Type } from 'typebox'
import { stockStatuses } from '../../code-lists/stock-status.ts'
import { code } from '../../fields/code.ts'
import { hubId } from '../../fields/hub-id.ts'
import { part } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'

/** What stock is told apart by: two units with the same key are the same to the books. */
export function stockKey(meaning: string) {
  return part('stock_key', meaning, members)
}

/** Some of it: what is absent may be anything. */
export function partialStockKey(meaning: string) {
  return Type.Partial(Type.Object(members), { title: 'partial_stock_key', description: meaning })
}

const members = {
  itemId: hubId('What it is.', 'itm'),
  locationId: hubId('Where it is: a warehouse, or a bin in it.', 'loc'),
  ownerPartyId: Type.Optional(hubId('Whose it is. Absent: the operator’s own.', 'prt')),
  lot: Type.Optional(text('Batch that it was made in, from the maker. Absent: lots are not told apart.', 60)),
  serial: Type.Optional(text('Number of the single unit, from the maker. Absent: units are not told apart.', 60)),
  status: code('What may be done with it.', stockStatuses),
  packageId: Type.Optional(hubId('Package that it is in. Absent: it lies loose.', 'pkg')),
}
