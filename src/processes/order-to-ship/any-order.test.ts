import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import type { Instance } from '../engine/instance.ts'
import { OrderWorld } from './order-world.contract.ts'
import { orderToShip } from './process.ts'
import { amended, answered, corrected, delivery, full, order, ours, theirs } from './told.contract.ts'

const more = [
  { lineNo: '1', sku: 'TEA-250', quantity: '12', uom: 'C62' },
  { lineNo: '2', sku: 'MUG-1', quantity: '2', uom: 'C62' },
]
const history = [
  order('received'),
  order('accepted'),
  order('on_hold'),
  amended('on_hold', { lines: more, revision: 1 }),
  order('accepted', { lines: more, revision: 1 }),
].map((fact, index): Told => ({ ...fact, minutes: index * 10 }))
const decisions = {
  'change-late': ['withdraw', 'ship_as_it_was'],
  'hold-late': ['withdraw', 'ship_anyway'],
  'quantity-differs-after-issue': ['post_difference', 'reverse_and_repost', 'leave'],
}

test.each([
  ['finds everything', '0'],
  ['does not find everything', '3'],
])(
  'an order that is held and changed while it is carried out, and left otherwise than it was confirmed, leaves once, in whatever order it is told, when the warehouse %s',
  (_, missing) => {
    const told = fc.shuffledSubarray([...history, ...history], { minLength: history.length })
    const choices = fc.array(fc.nat(10_000), { minLength: 20, maxLength: 120 })
    fc.assert(
      fc.property(told, choices, (facts, happens) => {
        const untold = history.filter((one) => !facts.includes(one))
        const world = new OrderWorld([...facts, ...untold], decisions, { missing })
        for (const choice of happens) world.happen(choice)
        for (let rest = 0; rest < 1000 && world.happen(rest * 7919); rest++);
        const { run } = world
        const how = world.trace.join('\n')
        expect(new Set(run.asked).size, how).toBe(run.asked.length)
        expect([run.state(), run.open], how).toEqual(['shipped', []])
        // As it was, or as it was changed; never both.
        expect(['10', '12'], how).toContain(world.leaving('1'))
      }),
      { numRuns: 500 },
    )
  },
  120_000,
)

/** Ten are booked; the warehouse says by now that it were others. */
const issued = (now: string): ProcessRun =>
  theirs(order('accepted'), delivery('goods_issued'), corrected('C1', ['10', now]))
const booked = (run: ProcessRun): unknown[] =>
  run.effects.map(({ command, payload }) => [
    command,
    ...(payload as { readonly lines: readonly { readonly quantity: string }[] }).lines.map(({ quantity }) => quantity),
  ])
const asks = 'quantity-differs-after-issue'

describe('what has left otherwise than it was confirmed', () => {
  test('is asked once, whatever the warehouse says about the delivery afterwards', () => {
    const run = issued('8').answer(asks, 'post_difference').outcome('reverse_goods_issue', 'applied')
    expect([run.state('delivery/80000001'), run.open]).toEqual(['issued', []])
    // A step back and forth, as from an interface that tells everything once more.
    run
      .tell(delivery('picked'))
      .tell(delivery('goods_issued'))
      .tell(corrected('C1', ['10', '8']))
    expect([run.state('delivery/80000001'), run.open]).toEqual(['issued', []])
    expect(booked(run)).toEqual([['reverse_goods_issue', '2']])
  })

  test('and is corrected once more, is booked by the difference to what the books say by then', () => {
    const run = issued('8').answer(asks, 'post_difference').outcome('reverse_goods_issue', 'applied')
    run
      .tell(corrected('C1', ['10', '9']))
      .answer(asks, 'post_difference')
      .outcome('post_goods_issue', 'applied')
    run
      .tell(corrected('C1', ['10', '8']))
      .answer(asks, 'post_difference')
      .outcome('reverse_goods_issue', 'applied')
    expect(booked(run)).toEqual([
      ['reverse_goods_issue', '2'],
      ['post_goods_issue', '1'],
      ['reverse_goods_issue', '1'],
    ])
    expect([run.state('delivery/80000001'), run.open]).toEqual(['issued', []])
  })

  test('and was left as it is, is asked again only for another quantity', () => {
    const run = issued('8')
      .answer(asks, 'leave')
      .tell(corrected('C1', ['10', '8']))
    expect(run.open).toEqual([])
    expect(run.tell(corrected('C1', ['10', '7'])).open).toEqual([asks])
    run.answer(asks, 'post_difference')
    expect(booked(run)).toEqual([['reverse_goods_issue', '3']])
  })

  test('by two confirmations of a delivery is asked for each of them', () => {
    const run = theirs(
      order('accepted'),
      delivery('goods_issued'),
      corrected('C1', ['10', '8']),
      corrected('C2', ['5', '6']),
    )
    run.answer(asks, 'post_difference').outcome('reverse_goods_issue', 'applied').answer(asks, 'post_difference')
    expect(booked(run)).toEqual([
      ['reverse_goods_issue', '2'],
      ['post_goods_issue', '1'],
    ])
  })

  test('in several lots is compared by what left of the line in all of them', () => {
    const lots = (second: string) =>
      ['5', second].map((quantity, index) => ({ line: '1', sku: 'TEA-250', quantity, uom: 'C62', lot: `L${index}` }))
    const told: Told = {
      type: 'delivery.observation_recorded',
      subject: 'dlv_80000001',
      data: { kind: 'conflicting_part', said: 'confirmations 1', told: { lines: lots('4.5') } },
      state: {
        object: { deliveryNumber: '80000001', orderNumber: '4711', confirmations: { 1: { lines: lots('5') } } },
      },
    }
    const run = theirs(order('accepted'), delivery('goods_issued'), told)
    expect(run.open).toEqual([asks])
    run.answer(asks, 'post_difference')
    expect(booked(run)).toEqual([['reverse_goods_issue', '0.5']])
  })

  test('in another unit is taken back in the one and issued in the other, and no number of the one is set off against the other', () => {
    const told = corrected('C1', ['1', '12'])
    const { state } = told as { readonly state: { readonly object: object } }
    const cases = [{ line: '1', sku: 'TEA-250', quantity: '1', uom: 'XCS' }]
    const run = theirs(order('accepted'), delivery('goods_issued'), {
      ...told,
      state: { object: { ...state.object, confirmations: { C1: { lines: cases } } } },
    })
    run.answer(asks, 'post_difference')
    expect(run.effects.map(({ command, payload }) => [command, (payload as { lines: unknown }).lines])).toEqual([
      ['reverse_goods_issue', [{ line: '1', sku: 'TEA-250', quantity: '1', uom: 'XCS' }]],
      ['post_goods_issue', [{ line: '1', sku: 'TEA-250', quantity: '12', uom: 'C62' }]],
    ])
  })

  test('needs nobody any more when the warehouse says in the end what is booked', () => {
    const run = issued('8').answer(asks, 'post_difference').outcome('reverse_goods_issue', 'applied')
    run.tell(corrected('C1', ['10', '9']))
    expect(run.open).toEqual([asks])
    run.tell(corrected('C1', ['10', '8']))
    expect([run.state('delivery/80000001'), run.open]).toEqual(['issued', []])
  })

  test('is kept by an instance of the version before: decided stays decided', () => {
    const { instance } = issued('8').answer(asks, 'post_difference').outcome('reverse_goods_issue', 'applied')
    const { at, known, ...rest } = instance as Instance
    const { corrections, ...others } = known as {
      readonly corrections: Readonly<Record<string, Record<string, object>>>
    }
    const own = corrections['80000001']?.['C1'] as { readonly confirmation: string; readonly now: unknown }
    const branch = at['delivery/80000001']
    const { booked: kept } = (branch?.chosen ?? {}) as { readonly booked?: Record<string, { readonly name: string }> }
    const name = kept?.['C1']?.name
    const stored = {
      ...rest,
      version: 5,
      known: { ...others, corrections: { '80000001': own } },
      at: { ...at, 'delivery/80000001': { ...branch, chosen: { dealtWith: name } } },
    } as unknown as Instance
    const run = ProcessRun.resumed(orderToShip, stored).tell(corrected('C1', ['10', '8']))
    expect([run.state('delivery/80000001'), run.open]).toEqual(['issued', []])
    run.tell(corrected('C1', ['10', '9'])).answer(asks, 'post_difference')
    expect(booked(run)).toEqual([['post_goods_issue', '1']])
  })
})

describe('a change', () => {
  test('between the question for a delivery and the delivery makes no second one beside it', () => {
    const run = full(ours(order('accepted'))).tell(amended('accepted', { lines: more, revision: 1 }))
    expect([run.state(), run.asked]).toEqual(['releasing', ['create_delivery 4711:1']])
    run.outcome('create_delivery', 'applied', { document: '80000001' }).tell(delivery('created'))
    expect(run.asked).toEqual(['create_delivery 4711:1'])
    expect(run.state()).toBe('amending')
    run.tell(delivery('cancelled'))
    answered(answered(run, '1', ['12', '0'], { revision: 2 }), '2', ['2', '0'], { revision: 2 })
    expect(run.asked).toEqual(['create_delivery 4711:1', 'create_delivery 4711:2'])
  })

  test('that came too late stays too late when a goods issue is taken back', () => {
    const run = full(ours(order('accepted')))
      .outcome('create_delivery', 'applied')
      .tell(delivery('picked'))
    run.tell(amended('accepted', { lines: more, revision: 1 })).answer('change-late', 'ship_as_it_was')
    run.tell(delivery('goods_issued'))
    expect(run.state()).toBe('shipped')
    run.tell({ ...delivery('staged'), type: 'delivery.goods_issue_reversed' })
    expect([run.state(), run.asked]).toEqual(['fulfilling', ['create_delivery 4711:1']])
  })
})

describe('a hold', () => {
  test('that is told of when it is over gives nothing back, and stock goes by the name that it was asked for under', () => {
    const run = ours({ ...order('accepted'), minutes: 20 })
    run.tell({ ...order('on_hold'), minutes: 10 })
    expect(full(run).state()).toBe('releasing')
    expect(run.said('reservation.confirm_requested').map(({ reservation }) => reservation)).toEqual([
      '4711/1',
      '4711/2',
    ])
  })

  test('stops what stock has for a line that waited, and lets it go when it is over', () => {
    const run = ours(order('accepted'))
    answered(answered(run, '1', ['4', '6']), '2', ['2', '0'])
    run.outcome('create_delivery', 'applied').tell(delivery('goods_issued')).tell(order('on_hold'))
    answered(run, '1', ['10', '0'])
    expect([run.state(), run.asked]).toEqual(['fulfilling', ['create_delivery 4711:1']])
    run.tell(order('accepted'))
    expect(run.asked).toEqual(['create_delivery 4711:1', 'create_delivery 4711:1:2'])
  })

  test('is for a person though one before was overruled', () => {
    const run = full(ours(order('accepted')))
      .outcome('create_delivery', 'applied')
      .tell(delivery('picked'))
    run.tell(order('on_hold')).answer('hold-late', 'ship_anyway').tell(order('accepted')).tell(order('on_hold'))
    expect([run.state(), run.open]).toEqual(['asking_about_hold', ['hold-late']])
  })
})

test('a late word about an early time is taken in when timers have gone off since', () => {
  const run = theirs({ ...order('accepted'), minutes: 1 }, { ...delivery('released'), minutes: 2 })
  run.fire('stalled/80000001').fire('stalled/80000001')
  run.tell({ ...delivery('picked'), minutes: 3 })
  expect(run.state('delivery/80000001')).toBe('packing')
  // And is waited for from now on, not from then.
  const [since, due] = [run.instance?.at['delivery/80000001']?.since, run.timers.get('order-to-ship.stalled/80000001')]
  expect(due).toBe(Date.parse(since ?? '') + 4320 * 60_000)
  expect(due).toBeGreaterThan(Math.max(...Object.values(run.instance?.missed ?? {})))
})
