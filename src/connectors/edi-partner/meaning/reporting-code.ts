import type { Reading } from '../../kit/reading.ts'
import type { Meaning } from './tender.ts'

/**
 * Element 514, how shipments are reported (W06-01, W17-01): documents of these kinds tell of no goods that come or go. They correct a
 * count, change an owner in the books, or try something out. A hub that read them as shipments would book goods that never moved.
 */
const booksOnly: ReadonlySet<string> = new Set(['A', 'B', 'K', 'O', 'S'])

/** What a document says, unless it tells of no goods: then its code is counted, and nothing moves. */
export function toldOfGoods(root: Reading, meaning: () => Meaning): Meaning {
  const code = root.at('purpose').optionalText(1)
  if (code === undefined || !booksOnly.has(code)) return meaning()
  return { assertions: [], unknownCodes: [{ table: 'x12-514', code }] }
}
