import type { Decimal } from '../../base/decimal.ts'
import type { CodeList } from '../../model/fields/code.ts'

/** Why two systems have different stock, each with what it means for whoever looks at it. */
export const stockCauses = {
  name: 'stock_difference_cause',
  values: {
    counted_after_snapshot: 'A count after the snapshot found what they have: we are right again since.',
    duplicate_document: 'They have the document of one posting more than once.',
    location_mapping: 'They have it at another place.',
    lot_mapping: 'They have it under another lot.',
    message_parked: 'A message about the item waits because a unit or a code in it is unknown.',
    moved_after_cut_off: 'Goods moved so close to the cut-off that the two put it on different sides.',
    posted_after_snapshot: 'They were told after they had looked.',
    posting_parked: 'What they must be told waits for a person.',
    posting_pending: 'What they must be told is on its way.',
    posting_refused: 'They refused what they were told.',
    posting_unknown: 'Nobody knows yet whether they have taken what they were told.',
    receipt_not_put_away: 'Goods stand at the dock here, and they have them in storage.',
    sign_error: 'They took a movement the wrong way round.',
    status_mapping: 'They have it under another status.',
    unexplained: 'Nothing that is known explains it.',
    unit_conversion: 'The two convert a unit of the item differently.',
  },
} as const satisfies CodeList

/** Why two systems differ, in one word. */
export type StockCause = keyof typeof stockCauses.values

/** A part of a difference and what explains it. */
export interface Explanation {
  readonly cause: StockCause
  /** Ours less theirs, as far as it goes back to this. */
  readonly amount: Decimal
  /** It follows from what is recorded; otherwise it fits to the piece, and somebody should look. */
  readonly certain: boolean
  /** Effects, messages, movements, counts, documents, cells of the other side. */
  readonly evidence: readonly string[]
}

/** What can be done about it. None is done by itself. */
export const stockRepairs = {
  name: 'stock_difference_repair',
  values: {
    adjust_here: 'Take over what they have: an adjustment of our books, which they are not told.',
    correct_conversion: 'Correct the conversion of the unit where it is wrong.',
    correct_mapping: 'Correct the code that the two translate differently, or move the stock.',
    post_at_erp: 'Post an adjustment of the difference to them.',
    put_away: 'Confirm the put-away at the warehouse.',
    recount: 'Have the warehouse count.',
    release_message: 'Map the unknown unit or code; what waits is released.',
    reverse_at_erp: 'Have the surplus document reversed there.',
    settle_posting: 'Decide what became of the posting, or send it again.',
    wait: 'It passes by itself: look at the next comparison.',
  },
} as const satisfies CodeList

/** What would make two systems agree again, in one word. */
export type StockRepair = keyof typeof stockRepairs.values

/** The repairs of each cause, the best first. */
export const repairsOf: Readonly<Record<StockCause, readonly StockRepair[]>> = {
  counted_after_snapshot: ['wait'],
  duplicate_document: ['reverse_at_erp'],
  location_mapping: ['correct_mapping', 'recount'],
  lot_mapping: ['correct_mapping', 'recount'],
  message_parked: ['release_message'],
  moved_after_cut_off: ['wait'],
  posted_after_snapshot: ['wait'],
  posting_parked: ['settle_posting'],
  posting_pending: ['wait'],
  posting_refused: ['settle_posting', 'post_at_erp'],
  posting_unknown: ['settle_posting', 'wait'],
  receipt_not_put_away: ['put_away', 'wait'],
  sign_error: ['post_at_erp', 'recount'],
  status_mapping: ['correct_mapping', 'recount'],
  unexplained: ['recount', 'post_at_erp', 'adjust_here'],
  unit_conversion: ['correct_conversion', 'recount'],
}
