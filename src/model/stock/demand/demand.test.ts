import { describe, expect, test } from 'vitest'
import { confirm, delivery, giveBack, runOut, want } from '../../../../test/stock-demand.ts'
import { about, count, dataOf, fold, movement, receipt, ship } from '../../../../test/stock-reports.ts'
import type { Derived } from '../../fact.ts'
import { availability } from '../availability.ts'
import type { StockState } from '../state.ts'
import { evolveStock } from '../stock.ts'

const w1 = { location: 'W1' }
const w2 = { location: 'W2' }
const at = '2026-03-06T00:00:00Z'
const news = (facts: readonly Derived[]): string[] =>
  facts
    .filter(({ type }) => type.startsWith('reservation.') && type !== 'reservation.answered')
    .map(({ type, data }) => {
      const { reservation, granted, missing } = data as Record<string, string>
      return `${reservation} ${type.slice('reservation.'.length)} ${granted}/${missing}`
    })
const grants = (state: StockState): Record<string, unknown> =>
  Object.fromEntries(Object.entries(state.demands).map(([id, { granted }]) => [id, granted]))

describe('stock is promised once', () => {
  test('two buyers never get the same piece', () => {
    const { state, facts } = fold([receipt('1', 'r'), want('a', '1'), want('b', '1')])
    expect(news(facts)).toEqual(['a confirmed 1/0', 'b refused 0/1'])
    expect(availability(state, { location: 'W1', at })).toMatchObject({ reserved: '1', availableToPromise: '0' })
  })

  test('a repeated request is one request, also after it is over', () => {
    const { state, facts } = fold([receipt('5', 'r'), want('a', '2'), want('a', '2'), giveBack('a'), want('a', '2')])
    expect(news(facts)).toEqual(['a confirmed 2/0', 'a released 0/2'])
    expect(availability(state, { location: 'W1', at }).availableToPromise).toBe('5')
  })

  test('a wish that was refused may be changed, and is an open reservation again', () => {
    const { state, facts } = fold([receipt('5', 'r'), want('a', '1', { uom: 'CT' }), want('a', '2', { revision: 2 })])
    expect(news(facts)).toEqual(['a refused 0/1', 'a confirmed 2/0'])
    expect(grants(state)).toEqual({ a: { W1: '2' } })
    expect(state.ended).toEqual({})
  })

  test('a release that comes before its request wins', () => {
    const { state } = fold([receipt('5', 'r'), giveBack('a'), want('a', '2')])
    expect(state.demands).toEqual({})
  })

  test('held, damaged and kept back stock is not promised', () => {
    const { facts } = fold([
      receipt('10', 'r'),
      movement('hold', '4', { id: 'h', from: w1 }),
      about('inventory.safety_reported', { location: 'W1', quantity: '3' }),
      want('a', '10'),
    ])
    expect(news(facts)).toEqual(['a confirmed 3/7'])
  })

  test('stock of another status can be reserved by its name', () => {
    const { state, facts } = fold([
      receipt('10', 'r'),
      movement('hold', '4', { id: 'h', from: w1 }),
      want('inspection', '3', { status: 'quality_hold', kind: 'hard' }),
      want('other', '3', { status: 'quality_hold' }),
    ])
    expect(news(facts)).toEqual(['inspection allocated 3/0', 'other confirmed 1/2'])
    expect(availability(state, { location: 'W1', at }).availableToPromise).toBe('6')
  })

  test('a unit that nobody can convert is refused, not guessed', () => {
    const { facts } = fold([receipt('10', 'r'), want('a', '1', { uom: 'CT' })])
    expect(dataOf(facts, 'reservation.refused')).toMatchObject([{ reservation: 'a', reason: 'unit_unknown' }])
  })

  test('whoever asked for what cannot be read, or confirms what nobody asked for, is told no date', () => {
    const due = '2026-03-05T12:00:00.000Z'
    const order = {
      id: 'po/1',
      part: 'order',
      sku: 'A-100',
      location: 'W1',
      quantity: '9',
      uom: 'EA',
      due,
      status: 'open',
    }
    const { facts } = fold([
      receipt('1', 'r'),
      about('inventory.inbound_reported', order),
      want('many', '5', { complete: true }),
      want('cartons', '5', { uom: 'CT' }),
      confirm('nobody'),
    ])
    const told = dataOf(facts, 'reservation.refused').map(({ reservation, expectedAt }) => [reservation, expectedAt])
    expect(told).toEqual([
      ['many', due],
      ['cartons', undefined],
      ['nobody', undefined],
    ])
  })

  test('an item’s own unit is converted', () => {
    const { facts } = fold([
      about('item.reported', {
        object: { baseUom: 'EA', uomConversions: [{ uom: 'CT', numerator: '12', denominator: '1' }] },
      }),
      receipt('30', 'r'),
      want('a', '2', { uom: 'CT' }),
    ])
    expect(news(facts)).toEqual(['a confirmed 24/0'])
  })
})

describe('what is granted', () => {
  const spread = [movement('receipt', '3', { id: 'r1', to: w1 }), movement('receipt', '4', { id: 'r2', to: w2 })]

  test.each([
    ['comes from one place that has it all', { quantity: '4' }, { W2: '4' }],
    ['comes from the place with the most where none has it all', { quantity: '6' }, { W2: '4' }],
    ['comes from several places where it may', { quantity: '6', split: true }, { W1: '3', W2: '3' }],
    ['comes from the preferred place first', { quantity: '2', locations: ['W2', 'W1'] }, { W2: '2' }],
    ['comes from no place that was not named', { quantity: '9', split: true, locations: ['W1'] }, { W1: '3' }],
    ['is nothing where only all will do', { quantity: '6', complete: true }, undefined],
    [
      'is all from several places where only all will do',
      { quantity: '7', complete: true, split: true },
      { W1: '3', W2: '4' },
    ],
  ])('%s', (_claim, { quantity, ...more }, granted) => {
    const { state } = fold([...spread, want('a', quantity, more)])
    expect(grants(state)['a']).toEqual(granted)
  })

  test('a newer revision keeps what fits it and gives back the rest', () => {
    const { state, facts } = fold([
      ...spread,
      want('a', '7', { split: true }),
      want('a', '5', { split: true, revision: 2 }),
      want('a', '1', { revision: 1 }),
    ])
    expect(news(facts)).toEqual(['a confirmed 7/0', 'a confirmed 5/0'])
    expect(grants(state)['a']).toEqual({ W1: '3', W2: '2' })
  })

  test('is allocated when it becomes firm, and counts as such', () => {
    const { state, facts } = fold([
      receipt('5', 'r'),
      want('a', '2', { expiresAt: at }),
      confirm('a', { kind: 'hard' }),
    ])
    expect(news(facts)).toEqual(['a confirmed 2/0', 'a allocated 2/0'])
    expect(availability(state, { location: 'W1', at })).toMatchObject({ allocated: '2', reserved: '0' })
  })

  test('is told to whoever asked, as an answer', () => {
    const { facts } = fold([receipt('5', 'r'), want('a', '2', { origin: 'ord_1' })])
    expect(facts.filter(({ subject }) => subject === 'ord_1')).toMatchObject([
      { type: 'reservation.answered', data: { outcome: 'confirmed', reservation: 'a', granted: '2' } },
    ])
  })
})

describe('a soft reservation that has an end', () => {
  const asked = want('a', '2', { expiresAt: at })

  test('sets a timer, and is over when it runs out', () => {
    const begun = fold([receipt('5', 'r')]).state
    expect(evolveStock(begun, asked).timers).toMatchObject([{ name: 'reservation a', at: '2026-03-06T00:00:00.000Z' }])
    const { state, facts } = fold([receipt('5', 'r'), asked, runOut('a', at)])
    expect(news(facts)).toEqual(['a confirmed 2/0', 'a expired 0/2'])
    expect(availability(state, { at }).availableToPromise).toBe('5')
  })

  test('outlives a timer that was set before it was extended or confirmed', () => {
    const longer = want('a', '2', { expiresAt: '2026-03-07T00:00:00Z', revision: 2 })
    expect(grants(fold([receipt('5', 'r'), asked, longer, runOut('a', at)]).state)).toEqual({ a: { W1: '2' } })
    const { state, facts } = fold([receipt('5', 'r'), asked, confirm('a'), runOut('a', at)])
    expect(grants(state)).toEqual({ a: { W1: '2' } })
    expect(news(facts)).toEqual(['a confirmed 2/0', 'a confirmed 2/0'])
  })

  test('cannot be confirmed when it is over', () => {
    const { facts } = fold([receipt('5', 'r'), asked, runOut('a', at), confirm('a')])
    expect(dataOf(facts, 'reservation.refused')).toMatchObject([{ reservation: 'a', reason: 'expired' }])
  })
})

describe('waiting demand', () => {
  test('is served by urgency, then age, when goods come', () => {
    const { facts } = fold([
      want('late', '3', { wait: true, since: '2026-03-02T09:00:00Z' }),
      want('early', '3', { wait: true, since: '2026-03-02T08:00:00Z' }),
      want('urgent', '3', { wait: true, priority: 1, since: '2026-03-02T10:00:00Z' }),
      receipt('7', 'r'),
    ])
    expect(news(facts).slice(3)).toEqual(['late confirmed 1/2', 'early confirmed 3/0', 'urgent confirmed 3/0'])
  })

  test('is not overtaken by somebody who asks later and does not wait', () => {
    const { facts } = fold([
      want('first', '5', { wait: true }),
      want('second', '2'),
      receipt('4', 'r'),
      want('third', '1'),
    ])
    expect(news(facts)).toEqual(['first queued 0/5', 'second refused 0/2', 'first confirmed 4/1', 'third refused 0/1'])
  })

  test('gets what a release, a count, a found piece and a released hold bring', () => {
    const begin = [
      receipt('4', 'r'),
      movement('hold', '1', { id: 'h', from: w1 }),
      want('a', '3'),
      want('b', '9', { wait: true }),
    ]
    const more = [
      giveBack('a'),
      count('5', { id: 'c', minutes: 5 }),
      movement('release', '1', { id: 'l', minutes: 9, from: w1 }),
    ]
    expect(news(fold([...begin, ...more]).facts).slice(-3)).toEqual([
      'b confirmed 3/6',
      'b confirmed 5/4',
      'b confirmed 6/3',
    ])
  })

  test('that takes all or nothing is passed over three times, then stock is kept for it', () => {
    const whole = want('whole', '10', { wait: true, complete: true, priority: 1 })
    const small = (n: number) => want(`s${n}`, '1', { wait: true, priority: 5 })
    const { state } = fold([
      whole,
      ...[1, 2, 3, 4, 5].map(small),
      ...[1, 2, 3, 4, 5].map((n) => movement('receipt', '1', { id: `r${n}`, to: w1 })),
    ])
    expect(grants(state)).toEqual({ whole: {}, s1: { W1: '1' }, s2: { W1: '1' }, s3: { W1: '1' }, s4: {}, s5: {} })
    expect(availability(state, { location: 'W1', at }).availableToPromise).toBe('2')
    const { state: end } = fold([movement('receipt', '9', { id: 'r9', to: w1 })], state)
    expect(grants(end)).toMatchObject({ whole: { W1: '10' }, s4: { W1: '1' }, s5: {} })
  })

  test('hears when confirmed receipts will have brought it, behind those who came first', () => {
    const due = (id: string, quantity: string, day: string) =>
      about('inventory.inbound_reported', {
        id,
        location: 'W1',
        quantity,
        due: `2026-03-${day}T00:00:00Z`,
        status: 'open',
        part: 'notice',
        sku: 'A-100',
        uom: 'EA',
      })
    const { facts } = fold([
      due('p1', '5', '05'),
      due('p2', '5', '09'),
      want('a', '4', { wait: true }),
      want('b', '4', { wait: true }),
      want('c', '4', { wait: true }),
    ])
    expect(dataOf(facts, 'reservation.queued').map(({ expectedAt }) => expectedAt)).toEqual([
      '2026-03-05T00:00:00.000Z',
      '2026-03-09T00:00:00.000Z',
      undefined,
    ])
  })
})

describe('goods that leave', () => {
  test('consume exactly what was reserved for them', () => {
    const leaves = movement('ship', '3', { id: 's', from: w1, references: [delivery('0080001')] })
    const { state, facts } = fold([
      receipt('10', 'r'),
      want('mine', '3', { kind: 'hard', references: [delivery('80001')] }),
      want('yours', '4', { kind: 'hard', references: [delivery('80002')] }),
      leaves,
      leaves,
    ])
    expect(news(facts).slice(2)).toEqual(['mine consumed 0/0'])
    expect(availability(state, { location: 'W1', at })).toMatchObject({
      available: '7',
      allocated: '4',
      availableToPromise: '3',
    })
  })

  test('leave a short pick allocated until somebody releases it', () => {
    const { state, facts } = fold([
      receipt('10', 'r'),
      want('a', '5', { kind: 'hard', references: [delivery('80001')] }),
      movement('ship', '3', { id: 's', from: w1, references: [delivery('80001')] }),
    ])
    expect(dataOf(facts, 'reservation.consumed')).toMatchObject([{ consumed: '3', consumedNow: '3', granted: '2' }])
    expect(availability(state, { location: 'W1', at }).allocated).toBe('2')
    expect(fold([giveBack('a')], state).state.demands).toEqual({})
  })

  test('that nobody reserved take nothing from anybody but free stock', () => {
    const { state } = fold([
      receipt('10', 'r'),
      want('a', '5', { kind: 'hard', references: [delivery('1')] }),
      ship('5', 's'),
    ])
    expect(availability(state, { location: 'W1', at })).toMatchObject({ allocated: '5', availableToPromise: '0' })
  })

  test('take their reservation along when they are picked, and it is consumed where they leave', () => {
    const begin = [
      receipt('10', 'r'),
      want('a', '4', { kind: 'hard', references: [delivery('80001')] }),
      want('b', '5', { kind: 'hard', references: [delivery('80002')] }),
    ]
    const pick = movement('pick', '4', {
      id: '80001',
      from: w1,
      to: { location: 'OUT' },
      references: [delivery('80001')],
    })
    const picked = fold([...begin, pick]).state
    expect(grants(picked)).toEqual({ a: { OUT: '4' }, b: { W1: '5' } })
    expect(availability(picked, { location: 'OUT', at }).availableToPromise).toBe('0')
    expect(availability(picked, { location: 'W1', at }).availableToPromise).toBe('1')
    const left = movement('ship', '4', { id: 's', from: { location: 'OUT' }, references: [delivery('80001')] })
    expect(grants(fold([left], picked).state)).toEqual({ b: { W1: '5' } })
  })

  test('that are put away take promises along that their old place cannot keep any more', () => {
    const { state } = fold([
      movement('receipt', '10', { id: 'r', to: { location: 'IN' } }),
      want('a', '8', { kind: 'hard' }),
      movement('putaway', '9', { id: 'p', from: { location: 'IN' }, to: w1 }),
    ])
    expect(grants(state)).toEqual({ a: { IN: '1', W1: '7' } })
  })
})

describe('stock that is not there after all', () => {
  test('is taken back from the last in the queue, who waits for it again', () => {
    const { state, facts } = fold([
      receipt('10', 'r'),
      want('a', '6', { wait: true, since: '2026-03-01T00:00:00Z' }),
      want('b', '4', { wait: true, since: '2026-03-02T00:00:00Z' }),
      count('7', { id: 'c', minutes: 5 }),
      movement('receipt', '2', { id: 'r2', minutes: 9, to: w1 }),
    ])
    expect(news(facts).slice(2)).toEqual(['b reduced 1/3', 'b confirmed 3/1'])
    expect(grants(state)).toEqual({ a: { W1: '6' }, b: { W1: '3' } })
  })

  test('is never taken from a warehouse that works on it: that is shown, and resolved when it is right again', () => {
    const { facts } = fold([
      receipt('10', 'r'),
      want('a', '10', { kind: 'hard' }),
      count('7', { id: 'c', minutes: 5 }),
      movement('receipt', '3', { id: 'r2', minutes: 9, to: w1 }),
    ])
    expect(news(facts)).toEqual(['a allocated 10/0'])
    expect(dataOf(facts, 'inventory.discrepancy_detected')).toMatchObject([{ kind: 'overcommitted', short: '3' }])
    expect(dataOf(facts, 'inventory.discrepancy_resolved')).toMatchObject([{ kind: 'overcommitted' }])
  })
})
