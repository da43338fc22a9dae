import { Type } from 'typebox'
import { part } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'

/** The paper of a system that stands behind a change of stock. */
export function stockDocument(meaning: string) {
  return part('stock_document', meaning, {
    system: text('Id of the system whose paper it is; `hub` for what the hub concluded.'),
    kind: text('What kind of paper: delivery, goods_receipt, count, transfer.'),
    id: text('Its number in that system.'),
    line: Type.Optional(text('Line of it. Absent: the paper as a whole.')),
    sequence: Type.Optional(text('Tells several entries of one line apart. Absent: there is one.')),
  })
}
