import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  about,
  count,
  dataOf,
  fold,
  minutesIn,
  morning,
  movement,
  onHand,
  receipt,
  ship,
  thatDay,
} from '../../../test/stock-reports.ts'
import type { Fact } from '../fact.ts'
import { book, ledgerSum } from './ledger.ts'
import { stockKey } from './state.ts'

const key = stockKey({ location: 'W1' })
const minute = 60_000

describe('a count', () => {
  test('is no movement: its variance is one, with a key of its own', () => {
    const { state, facts } = fold([receipt('10', 'r'), count('8', { id: 'c', minutes: 30 })])
    expect(onHand(state)).toEqual({ 'W1 available': '8' })
    expect(dataOf(facts, 'inventory.count_recorded')).toMatchObject([{ asserted: '8', uncertain: false }])
    expect(dataOf(facts, 'inventory.movement_posted').at(-1)).toMatchObject({
      type: 'count_loss',
      quantity: '2',
      movement: `variance/wms/count/c//A-100/${key}/0`,
    })
    expect(state.totals.count_variance).toBe('2')
  })

  test('that agrees with the books moves nothing', () => {
    const { facts } = fold([receipt('10', 'r'), count('10', { id: 'c', minutes: 30 })])
    expect(dataOf(facts, 'inventory.movement_posted')).toHaveLength(1)
    expect(dataOf(facts, 'inventory.count_recorded')).toHaveLength(1)
  })

  test('that comes again changes nothing; with another quantity it is a conflict', () => {
    const { state } = fold([receipt('10', 'r'), count('8', { id: 'c', minutes: 30 })])
    expect(fold([count('8', { id: 'c', minutes: 30 })], state)).toEqual({ state, facts: [] })
    const other = fold([count('7', { id: 'c', minutes: 30 })], state)
    expect(other.state).toEqual(state)
    expect(other.facts.map(({ type }) => type)).toEqual(['inventory.conflict_detected'])
  })

  test('of two items in one document without line numbers makes two variances that cannot be taken for one', () => {
    const variance = (sku: string) =>
      dataOf(fold([count('1', { id: 'c', sku })]).facts, 'inventory.movement_posted')[0]?.movement
    expect(variance('A-100')).not.toBe(variance('B-200'))
  })

  test('absorbs what turns up later for before it, and a later count stays as it was', () => {
    const counted = fold([
      receipt('10', 'r'),
      count('8', { id: 'c1', minutes: 30 }),
      count('8', { id: 'c2', minutes: 60 }),
    ])
    const late = fold([ship('2', 'late', 20)], counted.state)
    expect(onHand(late.state)).toEqual({ 'W1 available': '8' })
    expect(dataOf(late.facts, 'inventory.movement_posted')).toMatchObject([
      { type: 'ship', quantity: '2' },
      { type: 'count_gain', quantity: '2', movement: expect.stringMatching(/c1\/\/A-100\/.*\/1$/) },
    ])
    expect(late.state.assertions[key]).toMatchObject([
      { variance: '0', revision: 1 },
      { variance: '0', revision: 0 },
    ])
  })

  test('does not absorb what happened after it', () => {
    const { state } = fold([receipt('10', 'r'), count('8', { id: 'c', minutes: 30 }), ship('2', 's', 31)])
    expect(onHand(state)).toEqual({ 'W1 available': '6' })
  })

  test('says nothing about the packages: what is in them counts, and repacking is no variance', () => {
    const packed = movement('receipt', '10', { id: 'r', to: { location: 'W1' }, package: 'p1' })
    const { state, facts } = fold([packed, count('10', { id: 'c', minutes: 30 })])
    expect(onHand(state)).toEqual({ 'W1 available p1': '10' })
    expect(dataOf(facts, 'inventory.movement_posted')).toHaveLength(1)
    const repack = movement('uom_repack', '4', {
      id: 'p',
      minutes: 10,
      from: { location: 'W1', package: 'p1' },
      to: { location: 'W1', package: 'p2' },
    })
    const repacked = fold([repack], state)
    expect(onHand(repacked.state)).toEqual({ 'W1 available p1': '6', 'W1 available p2': '4' })
    expect(dataOf(repacked.facts, 'inventory.movement_posted')).toHaveLength(1)
  })
})

test('the books say at the instant of every count what was counted, in whatever order all of it comes', () => {
  const moves = fc.array(
    fc.record({ out: fc.boolean(), quantity: fc.integer({ min: 1, max: 9 }), minutes: fc.nat(90) }),
    {
      maxLength: 12,
    },
  )
  const counts = fc.uniqueArray(fc.record({ minutes: fc.nat(90), quantity: fc.nat(40) }), {
    minLength: 1,
    maxLength: 4,
    selector: ({ minutes }) => minutes,
  })
  fc.assert(
    fc.property(moves, counts, fc.infiniteStream(fc.nat(1000)), (moved, counted, dice) => {
      const said = [
        ...moved.map(({ out, quantity, minutes }, n) => (out ? ship : receipt)(String(quantity), `d${n}`, minutes)),
        ...counted.map(({ minutes, quantity }, n) => count(String(quantity), { id: `c${n}`, minutes })),
      ]
      const shuffled = [...said, ...said.slice(0, 4)]
        .map((fact) => ({ fact, at: dice.next().value }))
        .toSorted((a, b) => a.at - b.at)
      const { state } = fold(shuffled.map(({ fact }) => fact))
      for (const { minutes, quantity } of counted)
        expect(book(state, key, morning + minutes * minute)).toBe(String(quantity))
      expect(state.balances[key] ?? '0').toBe(fold(said).state.balances[key] ?? '0')
      expect(ledgerSum(state)).toBe('0')
    }),
  )
})

describe('a time that is coarser than what lies between', () => {
  test('puts a count of the day after all movements of the day and marks the variance as uncertain', () => {
    const { state, facts } = fold([receipt('10', 'r'), count('8', { id: 'c', effectiveAt: thatDay })])
    expect(onHand(state)).toEqual({ 'W1 available': '8' })
    expect(dataOf(facts, 'inventory.count_recorded')).toMatchObject([{ uncertain: true }])
    expect(dataOf(facts, 'inventory.movement_posted').at(-1)).toMatchObject({ type: 'count_loss', uncertain: true })
    const late = fold([ship('1', 's', 60)], state)
    expect(onHand(late.state)).toEqual({ 'W1 available': '8' })
    expect(dataOf(late.facts, 'inventory.movement_posted').at(-1)).toMatchObject({ uncertain: true })
  })

  test('marks a count to the minute beside a movement of the day, also when that comes late', () => {
    const counted = fold([count('8', { id: 'c', minutes: 30 })])
    expect(dataOf(counted.facts, 'inventory.count_recorded')).toMatchObject([{ uncertain: false }])
    const dated = movement('receipt', '3', { id: 'r', to: { location: 'W1' }, effectiveAt: thatDay })
    const late = fold([dated], counted.state)
    expect(dataOf(late.facts, 'inventory.movement_posted').at(-1)).toMatchObject({
      type: 'count_loss',
      uncertain: true,
    })
  })

  test('marks nothing when both times are fine enough, or the days differ', () => {
    const next = { at: '2026-03-03T00:00:00Z', precision: 'date', offsetKnown: true } as const
    const { facts } = fold([
      receipt('10', 'r', 29),
      count('8', { id: 'c1', minutes: 30 }),
      count('7', { id: 'c2', effectiveAt: next }),
    ])
    expect(dataOf(facts, 'inventory.count_recorded').map(({ uncertain }) => uncertain)).toEqual([false, false])
  })
})

describe('a variance above the limits of the item', () => {
  const limited = about('item.reported', { object: { countLimits: { quantity: '5', percent: '50' } } })
  const begun = fold([limited, receipt('10', 'r')])

  test('is proposed, not posted, until somebody decides', () => {
    const { state, facts } = fold([count('4', { id: 'c', minutes: 30 })], begun.state)
    expect(onHand(state)).toEqual({ 'W1 available': '10' })
    expect(dataOf(facts, 'inventory.variance_proposed')).toMatchObject([{ asserted: '4', booked: '10', delta: '-6' }])
    expect(dataOf(facts, 'inventory.movement_posted')).toEqual([])
    expect(fold([count('4', { id: 'c', minutes: 30 })], state).facts).toEqual([])
  })

  test('is posted against the books of the moment when it is approved, once', () => {
    const proposed = fold([count('4', { id: 'c', minutes: 30 }), ship('2', 'late', 10)], begun.state)
    const [{ assertion } = {}] = dataOf(proposed.facts, 'inventory.variance_proposed')
    const yes = about('inventory.variance_decided', { assertion, approved: true })
    const { state, facts } = fold([yes, yes], proposed.state)
    expect(onHand(state)).toEqual({ 'W1 available': '4' })
    expect(dataOf(facts, 'inventory.movement_posted')).toMatchObject([{ type: 'count_loss', quantity: '4' }])
    expect(fold([count('4', { id: 'c', minutes: 30 })], state).facts).toEqual([])
  })

  test('is as if it had not been counted when it is refused', () => {
    const proposed = fold([count('4', { id: 'c', minutes: 30 })], begun.state)
    const [{ assertion } = {}] = dataOf(proposed.facts, 'inventory.variance_proposed')
    const { state, facts } = fold([about('inventory.variance_decided', { assertion, approved: false })], proposed.state)
    expect(onHand(state)).toEqual({ 'W1 available': '10' })
    expect(facts.map(({ type }) => type)).toEqual(['inventory.variance_withdrawn', 'task.withdrawn'])
  })

  test('is posted as usual within them', () => {
    expect(onHand(fold([count('6', { id: 'c', minutes: 30 })], begun.state).state)).toEqual({ 'W1 available': '6' })
  })
})

describe('a snapshot', () => {
  const like = {
    kind: 'snapshot',
    sku: 'A-100',
    effectiveAt: minutesIn(60),
    document: { system: 'wms', kind: 'snapshot', id: 's' },
  } as const
  const state = fold([
    receipt('10', 'r1'),
    movement('receipt', '3', { id: 'r2', to: { location: 'W1' }, lot: 'L1' }),
    movement('receipt', '2', { id: 'r3', to: { location: 'W1' }, ownerParty: 'them' }),
    movement('receipt', '4', { id: 'r4', to: { location: 'W2' } }),
    movement('receipt', '1', { id: 'r5', to: { location: 'W1', status: 'damaged' } }),
    movement('scrap', '1', { id: 'x', from: { location: 'W1', status: 'damaged' } }),
  ]).state
  const listed = [{ ...like, location: 'W1', status: 'available', quantity: '9', uom: 'EA' }]
  const line = about('inventory.snapshot_reported', listed[0])
  const scope = (more: object = {}): Fact =>
    about('inventory.snapshot_scope_reported', {
      sku: 'A-100',
      document: like.document,
      effectiveAt: like.effectiveAt,
      locations: ['W1'],
      listed: [{ location: 'W1', status: 'available' }],
      ...more,
    })

  test('that is complete says zero for what it does not list within its scope, and only there', () => {
    const { state: after, facts } = fold([line, scope()], state)
    expect(onHand(after)).toEqual({ 'W1 available': '9', 'W2 available': '4' })
    expect(dataOf(facts, 'inventory.movement_posted')).toMatchObject([
      { type: 'count_loss', quantity: '1' },
      { type: 'count_loss', quantity: '3' },
      { type: 'count_loss', quantity: '2' },
    ])
    expect(fold([scope(), line], after).facts).toEqual([])
  })

  test('speaks only for the owners that it names, and for nothing without a scope', () => {
    expect(onHand(fold([scope({ owners: [''] })], state).state)).toEqual({
      'W1 available': '10',
      'W1 available them': '2',
      'W2 available': '4',
    })
    expect(fold([scope({ locations: [] })], state).facts).toEqual([])
  })

  test('that is complete counts for stock of before it that turns up later, and not for what came after it', () => {
    const lot = (id: string, minutes: number): Fact =>
      movement('receipt', '5', { id, minutes, to: { location: 'W1' }, lot: 'L9' })
    const early = fold([scope(), lot('late', 30)], state)
    expect(early.state.balances['W1|available||L9||']).toBe('0')
    expect(fold([lot('new', 90)], early.state).state.balances['W1|available||L9||']).toBe('5')
  })

  test('waits for a person where the difference is above the limits of the item', () => {
    const limited = about('item.reported', { object: { countLimits: { quantity: '2' } } })
    const { facts } = fold([limited, scope()], state)
    expect(dataOf(facts, 'inventory.variance_proposed')).toMatchObject([{ lot: 'L1', asserted: '0', booked: '3' }])
  })

  test('ends the same in every order', () => {
    const said = [
      receipt('10', 'p1'),
      movement('receipt', '3', { id: 'p2', minutes: 20, to: { location: 'W1' }, lot: 'L1' }),
      movement('receipt', '6', { id: 'p3', minutes: 90, to: { location: 'W1' }, lot: 'L2' }),
      movement('ship', '2', { id: 'p4', minutes: 70, from: { location: 'W1' }, lot: 'L1' }),
      ship('4', 'p5', 50),
      line,
      scope(),
      scope({ document: { ...like.document, id: 'later' }, effectiveAt: minutesIn(80), listed: [] }),
    ]
    const balances = (facts: readonly Fact[]): unknown => onHand(fold(facts).state)
    const expected = balances(said)
    fc.assert(
      fc.property(fc.shuffledSubarray(said, { minLength: said.length }), (shuffled) => {
        expect(balances([...shuffled, ...shuffled.slice(0, 3)])).toEqual(expected)
      }),
    )
    expect(expected).toEqual({ 'W1 available L2': '6' })
  })

  test('is cut at its own time: what moved since is rolled forward', () => {
    const moved = fold([ship('1', 's', 90)], state).state
    const { state: after } = fold([about('inventory.snapshot_reported', listed[0])], moved)
    expect(after.balances[key]).toBe('8')
  })

  test('is recorded as a snapshot', () => {
    expect(fold([about('inventory.snapshot_reported', listed[0])], state).facts[0]?.type).toBe(
      'inventory.snapshot_recorded',
    )
  })
})
