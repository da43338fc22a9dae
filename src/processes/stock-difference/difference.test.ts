import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add } from '../../base/decimal.ts'
import { cellOf, type Evidence, type ItemBooks, type PostingEvidence } from './books.ts'
import { needsPerson, type StockDifference, stockDifferences } from './difference.ts'

const cell = (location = 'DC1', status = 'available', lot = ''): string => cellOf({ location, status, lot })
const here = cell()
const takenAt = 1_772_431_200_000
const minute = 60_000
const carton = { uom: 'XCT', numerator: '12', denominator: '1' }
const nothing: Evidence = {
  postings: [],
  movements: [],
  cutOffMs: 15 * minute,
  counts: [],
  parked: [],
  conversions: [],
}

function books(
  ours: Record<string, string>,
  theirs: Record<string, string>,
  evidence: Partial<Evidence> = {},
): ItemBooks {
  return {
    sku: 'LAMP',
    ours: new Map(Object.entries(ours)),
    theirs: new Map(Object.entries(theirs)),
    takenAt,
    evidence: { ...nothing, ...evidence },
  }
}

function posting(state: PostingEvidence['state'], delta: string, more: Partial<PostingEvidence> = {}): PostingEvidence {
  return { effect: `eff_${state}`, state, changes: [{ cell: here, delta }], ...more }
}

const moved = (at: number, delta: string, type = 'adjust_gain', where = here) => ({
  id: `mov_${type}`,
  type,
  at,
  changes: [{ cell: where, delta }],
})

const brief = (found: readonly StockDifference[]): unknown[] =>
  found.map(({ location, status, lot, difference, cause, explanations, repairs }) => ({
    where: [location, status, lot].filter((part) => part !== '').join(' '),
    difference,
    cause,
    evidence: explanations.flatMap((one) => one.evidence),
    certain: explanations.every((one) => one.certain),
    repair: repairs[0],
  }))

test('what both have alike is no difference, however it is written', () => {
  expect(stockDifferences(books({ [here]: '10.0', [cell('DC2')]: '0' }, { [here]: '10' }))).toEqual([])
})

describe('a planted difference is put down to its cause', () => {
  test.each<[string, ItemBooks, object]>([
    [
      'a posting that is on its way',
      books({ [here]: '10' }, { [here]: '7' }, { postings: [posting('pending', '3')] }),
      { cause: 'posting_pending', evidence: ['eff_pending'], certain: true, repair: 'wait' },
    ],
    [
      'a posting that waits for a person',
      books({ [here]: '10' }, { [here]: '12' }, { postings: [posting('parked', '-2')] }),
      { cause: 'posting_parked', evidence: ['eff_parked'], certain: true, repair: 'settle_posting' },
    ],
    [
      'a posting that they refused',
      books({ [here]: '10' }, { [here]: '7' }, { postings: [posting('refused', '3')] }),
      { cause: 'posting_refused', evidence: ['eff_refused'], certain: true, repair: 'settle_posting' },
    ],
    [
      'a posting of which nobody knows whether they have it',
      books({ [here]: '10' }, { [here]: '7' }, { postings: [posting('unknown', '3')] }),
      { cause: 'posting_unknown', evidence: ['eff_unknown'], certain: false, repair: 'settle_posting' },
    ],
    [
      'a posting that they took after they had looked',
      books({ [here]: '10' }, { [here]: '7' }, { postings: [posting('applied', '3', { settledAt: takenAt + 1 })] }),
      { cause: 'posted_after_snapshot', evidence: ['eff_applied'], certain: true, repair: 'wait' },
    ],
    [
      'a document that they have twice',
      books(
        { [here]: '10' },
        { [here]: '13' },
        { postings: [posting('applied', '3', { settledAt: takenAt - 1, documents: ['D1', 'D2'] })] },
      ),
      { cause: 'duplicate_document', evidence: ['eff_applied', 'D1', 'D2'], certain: true, repair: 'reverse_at_erp' },
    ],
    [
      'a movement just before the cut-off that they do not have yet',
      books({ [here]: '10' }, { [here]: '8' }, { movements: [moved(takenAt - minute, '2')] }),
      { cause: 'moved_after_cut_off', evidence: ['mov_adjust_gain'], repair: 'wait' },
    ],
    [
      'a movement just after the cut-off that they have already',
      books({ [here]: '10' }, { [here]: '8' }, { movements: [moved(takenAt + minute, '-2', 'ship')] }),
      { cause: 'moved_after_cut_off', evidence: ['mov_ship'], repair: 'wait' },
    ],
    [
      'a count after the snapshot that found what they have',
      books({ [here]: '10' }, { [here]: '8' }, { counts: [{ id: 'cnt_1', cell: here, variance: '-2' }] }),
      { cause: 'counted_after_snapshot', evidence: ['cnt_1'], repair: 'wait' },
    ],
    [
      'a message that waits for an unknown unit',
      books(
        { [here]: '10' },
        { [here]: '34' },
        { parked: [{ message: 'msg_1', code: 'UNIT_UNKNOWN', quantities: ['2'] }], conversions: [carton] },
      ),
      { cause: 'message_parked', evidence: ['msg_1'], repair: 'release_message' },
    ],
    [
      'their cartons taken for pieces',
      books({ [here]: '24' }, { [here]: '2' }, { conversions: [carton] }),
      { cause: 'unit_conversion', evidence: ['XCT=12/1'], repair: 'correct_conversion' },
    ],
    [
      'one posting whose cartons they took for pieces',
      books(
        { [here]: '100' },
        { [here]: '78' },
        { postings: [posting('applied', '24', { settledAt: takenAt - 1 })], conversions: [carton] },
      ),
      { cause: 'unit_conversion', evidence: ['eff_applied', 'XCT=12/1'], repair: 'correct_conversion' },
    ],
    [
      'a movement that they took the wrong way round',
      books({ [here]: '10' }, { [here]: '16' }, { postings: [posting('applied', '-3', { settledAt: takenAt - 1 })] }),
      { cause: 'sign_error', evidence: ['eff_applied'], repair: 'post_at_erp' },
    ],
    [
      'nothing that is known',
      books({ [here]: '10' }, { [here]: '9' }, { postings: [posting('applied', '5', { settledAt: takenAt - 1 })] }),
      { cause: 'unexplained', evidence: [], certain: false, repair: 'recount' },
    ],
  ])('%s', (_name, planted, expected) => {
    expect(brief(stockDifferences(planted))).toMatchObject([expected])
  })

  test.each<[string, ItemBooks, object]>([
    [
      'under another status',
      books({ [here]: '10' }, { [here]: '6', [cell('DC1', 'quality_hold')]: '4' }),
      { cause: 'status_mapping', evidence: [cell('DC1', 'quality_hold')], repair: 'correct_mapping' },
    ],
    [
      'under another lot',
      books({ [cell('DC1', 'available', 'L1')]: '4' }, { [cell('DC1', 'available', 'L01')]: '4' }),
      { cause: 'lot_mapping', repair: 'correct_mapping' },
    ],
    [
      'at another place',
      books({ [here]: '4' }, { [cell('DC2')]: '4' }),
      { cause: 'location_mapping', repair: 'correct_mapping' },
    ],
    [
      'in storage, and here still at the dock',
      books(
        { [cell('DOCK')]: '4' },
        { [here]: '4' },
        { movements: [moved(takenAt - 99 * minute, '4', 'receipt', cell('DOCK'))] },
      ),
      { cause: 'receipt_not_put_away', evidence: expect.arrayContaining(['mov_receipt']), repair: 'put_away' },
    ],
  ])('stock that they have %s: both cells say so', (_name, planted, expected) => {
    expect(brief(stockDifferences(planted))).toMatchObject([expected, { cause: (expected as { cause: string }).cause }])
  })
})

test('several causes share a difference, and what is left is said to be unexplained', () => {
  const [found] = stockDifferences(
    books(
      { [here]: '20' },
      { [here]: '10' },
      { postings: [posting('pending', '4'), posting('refused', '3', { effect: 'eff_2' })] },
    ),
  )
  expect(found?.explanations.map(({ cause, amount }) => [cause, amount])).toEqual([
    ['posting_pending', '4'],
    ['posting_refused', '3'],
    ['unexplained', '3'],
  ])
  expect(found?.cause).toBe('posting_pending')
})

test('a person is asked for what does not pass by itself', () => {
  const pending = books({ [here]: '10' }, { [here]: '7' }, { postings: [posting('pending', '3')] })
  expect(stockDifferences(pending).map(needsPerson)).toEqual([false])
  expect(stockDifferences(books({ [here]: '10' }, { [here]: '9' })).map(needsPerson)).toEqual([true])
})

test('the parts of a difference always add up to it, and no difference is lost', () => {
  const amount = fc.integer({ min: -20, max: 20 }).map(String)
  const stock = fc.dictionary(fc.constantFrom(here, cell('DC2'), cell('DC1', 'damaged')), amount)
  const owed = fc.array(
    fc
      .record({
        state: fc.constantFrom<PostingEvidence['state'][]>('pending', 'unknown', 'parked', 'applied'),
        delta: amount,
      })
      .map(({ state, delta }) => posting(state, delta, { settledAt: takenAt + 1 })),
    { maxLength: 5 },
  )
  fc.assert(
    fc.property(stock, stock, owed, (ours, theirs, postings) => {
      const found = stockDifferences(books(ours, theirs, { postings, conversions: [carton] }))
      for (const { difference, explanations } of found)
        expect(explanations.reduce((sum, one) => add(sum, one.amount), '0')).toBe(difference)
      const all = new Set([...Object.keys(ours), ...Object.keys(theirs)])
      expect(found).toHaveLength([...all].filter((one) => (ours[one] ?? '0') !== (theirs[one] ?? '0')).length)
    }),
  )
})
