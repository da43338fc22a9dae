import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareBooks, type Owed } from './reconciliation.ts'

const span = { fromMs: 1000, untilMs: 2000, complete: true }

function owed(reference: string, more: Partial<Owed> = {}): Owed {
  return {
    effect: `eff_${reference}`,
    naturalKey: `post_goods_issue:erp:${reference}`,
    externalReference: reference,
    state: 'applied',
    documentReference: `D-${reference}`,
    updatedAt: 1500,
    ...more,
  }
}
const booked = (reference: string, documentNumber = `D-${reference}`) => ({
  externalReference: reference,
  documentNumber,
})
const kinds = (...compared: Parameters<typeof compareBooks>): string[] =>
  compareBooks(...compared).differences.map(({ kind, externalReference }) => `${kind} ${externalReference}`)

test('finds nothing where both books say the same, in whatever order they say it', () => {
  const references = fc.uniqueArray(fc.stringMatching(/^[A-Z]{1,3}$/), { minLength: 1 })
  const books = references.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  )
  fc.assert(
    fc.property(books, ([ledger, list]) => {
      const result = compareBooks(
        ledger.map((one) => owed(one)),
        list.map((one) => booked(one)),
        span,
      )
      expect(result).toEqual({ posted: ledger.length, booked: list.length, inFlight: 0, differences: [] })
    }),
  )
})

test('finds what only one of them knows, what is there twice, and what has another number', () => {
  const ledger = [owed('A'), owed('B'), owed('C'), owed('D', { documentReference: 'D-9' })]
  const list = [booked('B'), booked('C'), booked('C', 'D-77'), booked('D'), booked('X')]
  expect(compareBooks(ledger, list, span).differences).toMatchObject([
    { kind: 'double', externalReference: 'C', documentNumbers: ['D-C', 'D-77'], effect: 'eff_C' },
    { kind: 'missing', externalReference: 'A', documentNumbers: [], naturalKey: 'post_goods_issue:erp:A' },
    { kind: 'other_number', externalReference: 'D', documentNumbers: ['D-D'] },
    { kind: 'unexpected', externalReference: 'X', documentNumbers: ['D-X'] },
  ])
})

test('takes what was given up and done all the same for a difference, and what is under way for none', () => {
  const ledger = [
    owed('P', { state: 'parked' }),
    owed('R', { state: 'refused' }),
    owed('Q', { state: 'queued' }),
    owed('U', { state: 'unknown' }),
  ]
  expect(kinds(ledger, [booked('P'), booked('U')], span)).toEqual(['unsettled P'])
  expect(compareBooks(ledger, [], span)).toMatchObject({ posted: 0, inFlight: 2, differences: [] })
})

test('misses nothing that was settled before the span or at its end, and nothing at all where the list was cut', () => {
  const ledger = [owed('A', { updatedAt: 999 }), owed('B', { updatedAt: 2000 }), owed('C')]
  expect(kinds(ledger, [], span)).toEqual(['missing C'])
  expect(kinds(ledger, [], { ...span, complete: false })).toEqual([])
})

test('does not compare numbers that the ledger was never told', () => {
  const { documentReference: _, ...silent } = owed('A')
  expect(kinds([silent], [booked('A')], span)).toEqual([])
})
