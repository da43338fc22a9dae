import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import type { ProcessRun } from '../../../test/process-run.ts'
import { orderToShip } from './process.ts'
import {
  amended,
  answered,
  corrected,
  delivery,
  full,
  granted,
  hub,
  lines,
  order,
  ours,
  reported,
  short,
  theirs,
} from './told.contract.ts'

describe('an order that the hub carries out', () => {
  test('is held in stock, made into a delivery, followed until the books say that it left, and closed when it arrived', () => {
    const run = ours(order('received'))
    expect(
      run.said('reservation.requested').map(({ reservation, quantity, kind }) => [reservation, quantity, kind]),
    ).toEqual([
      ['4711/1', '10', 'soft'],
      ['4711/2', '2', 'soft'],
    ])
    run.tell(order('accepted'))
    full(run)
    expect(run.state()).toBe('releasing')
    expect(run.asked).toEqual(['create_delivery 4711:1'])
    expect(run.said('reservation.confirm_requested').map(({ reservation, kind }) => [reservation, kind])).toEqual([
      ['4711/1', 'hard'],
      ['4711/2', 'hard'],
    ])
    run.outcome('create_delivery', 'applied').tell(order('allocated'))
    for (const status of ['created', 'released', 'acknowledged', 'picking', 'picked', 'packed', 'staged'])
      run.tell(delivery(status))
    expect(run.state()).toBe('fulfilling')
    expect(run.state('delivery/80000001')).toBe('issuing')
    run.tell(delivery('goods_issued'))
    expect(run.state()).toBe('shipped')
    expect(run.tell(order('delivered')).state()).toBe('closed')
    expect(run.instance?.endedAt).toBeDefined()
    expect([...run.timers.keys()]).toEqual([])
    expect(reported(run)).toEqual(['accepted', 'allocated'])
    expect(run.open).toEqual([])
  })

  test('asks for the lines of a higher revision, and for those alone', () => {
    const run = ours(order('received'))
    run.tell(amended('received', { lines: [{ lineNo: '1', sku: 'TEA-250', quantity: '4' }] }))
    expect(run.said('reservation.requested').at(-1)).toMatchObject({
      reservation: '4711/1',
      quantity: '4',
      revision: 2000,
    })
    answered(run, '1', ['4', '0'], { revision: 2 })
    expect(run.state()).toBe('releasing')
  })

  test('that names no item or no quantity is for a person, and is checked again when it is corrected', () => {
    const run = ours(
      order('received', {
        lines: [
          { lineNo: '1', quantity: '0', sku: 'TEA-250' },
          { lineNo: '2', quantity: '1' },
        ],
      }),
    )
    expect(run.open).toEqual(['fix-order-data'])
    expect(run.said('reservation.requested')).toEqual([])
    // Whoever says that it is corrected, and it is not, is asked once more.
    expect([run.answer('fix-order-data', 'corrected').state(), run.open]).toEqual(['fixing', ['fix-order-data']])
    run.tell(amended('received', {}))
    expect(run.open).toEqual([])
    expect(run.state()).toBe('allocating')
  })

  test('that a person rejects is rejected where it was ordered', () => {
    const run = ours(order('received', { lines: [] })).answer('fix-order-data', 'reject')
    expect(reported(run)).toEqual(['rejected'])
    expect(run.state()).toBe('rejected')
  })

  test('that is held gives its stock back, and asks again when it is released', () => {
    const run = ours(order('accepted'))
    full(run)
    expect(ours(order('accepted'), order('on_hold')).state()).toBe('held')
    const held = ours(order('accepted'))
    answered(held, '1', ['10', '0'])
    held.tell(order('on_hold'))
    expect(held.said('reservation.release_requested').map(({ reservation }) => reservation)).toEqual(['4711/1'])
    held.fire('hold-escalation')
    expect(held.open).toEqual(['held-too-long'])
    expect(held.tell(order('accepted')).state()).toBe('allocating')
    expect(held.open).toEqual([])
  })
})

describe('stock that is missing', () => {
  test('lets the rest leave, and the line waits with a promise', () => {
    const run = ours(order('accepted'))
    answered(run, '1', ['4', '6'], { expectedAt: '2026-04-10T00:00:00Z' })
    answered(run, '2', ['2', '0'])
    expect(run.state()).toBe('releasing')
    expect(reported(run)).toEqual(['partially_allocated'])
    expect(run.said('order.promise_changed')).toEqual([{ lineNo: '1', expectedAt: '2026-04-10T00:00:00.000Z' }])
    expect(run.state('backorder/1')).toBe('waiting')
    expect(answered(run, '1', ['10', '0']).state('backorder/1')).toBe('allocated')
  })

  test('gets a delivery of its own when it comes, and the order has not left before that has', () => {
    const run = ours(order('accepted'))
    answered(run, '1', ['4', '6'])
    answered(run, '2', ['2', '0'])
    run.outcome('create_delivery', 'applied').tell(delivery('released'))
    expect(run.state()).toBe('fulfilling')
    run.report('reservation.answered', {
      reservation: '4711/1',
      outcome: 'consumed',
      revision: 1,
      granted: '0',
      missing: '6',
      consumed: '4',
    })
    run.report('reservation.answered', {
      reservation: '4711/2',
      outcome: 'consumed',
      revision: 1,
      granted: '0',
      missing: '0',
      consumed: '2',
    })
    run.tell(delivery('goods_issued'))
    expect([run.state(), run.asked]).toEqual(['fulfilling', ['create_delivery 4711:1']])
    run.report('reservation.answered', {
      reservation: '4711/1',
      outcome: 'allocated',
      revision: 1,
      granted: '6',
      missing: '0',
      consumed: '4',
    })
    expect(run.state()).toBe('releasing')
    expect(run.effects.at(-1)).toMatchObject({
      ...{ command: 'create_delivery', businessKey: '4711:1:2' },
      payload: { lines: [{ lineNo: '1', sku: 'TEA-250', quantity: '6' }] },
    })
    expect(reported(run)).not.toContain('shipped')
    run.decide({ action: 'cancel' })
    expect(run.said('process.command_refused')).toMatchObject([{ reason: 'after_goods_issue' }])
    run.outcome('create_delivery', 'applied').tell(delivery('released', { number: '80000002' }))
    expect(run.state()).toBe('fulfilling')
    run.tell(delivery('goods_issued', { number: '80000002' }))
    expect([run.state(), run.asked.length]).toEqual(['shipped', 2])
  })

  test('holds all of an order back that ships complete', () => {
    const run = ours(order('accepted', { shipComplete: true }))
    answered(run, '1', ['0', '10'], { outcome: 'queued' })
    answered(run, '2', ['2', '0'])
    expect(run.state()).toBe('backordered')
    expect(reported(run)).toEqual(['backordered'])
    expect(answered(run, '1', ['10', '0']).state()).toBe('releasing')
  })

  test('that comes at another time is another promise, and so is one that was broken', () => {
    const run = ours(order('accepted'))
    answered(run, '1', ['0', '10'], { outcome: 'queued', expectedAt: '2026-04-10T00:00:00Z' })
    answered(run, '1', ['0', '10'], { outcome: 'queued', expectedAt: '2026-04-12T00:00:00Z' })
    expect(run.said('order.promise_changed').map(({ expectedAt }) => expectedAt)).toEqual([
      '2026-04-10T00:00:00.000Z',
      '2026-04-12T00:00:00.000Z',
    ])
  })

  test('for long is for a person, who keeps or cancels it', () => {
    const short = (): ProcessRun =>
      answered(ours(order('accepted')), '1', ['0', '10'], { outcome: 'queued' }).fire('max-age/1')
    expect(short().open).toContain('old-backorder')
    expect(short().answer('old-backorder', 'keep').state('backorder/1')).toBe('waiting')
    const cancelled = short().answer('old-backorder', 'cancel_remainder')
    expect(cancelled.state('backorder/1')).toBe('dropped')
    expect(cancelled.said('reservation.release_requested')).toMatchObject([{ reservation: '4711/1' }])
  })

  test('whose place in the queue was lost is asked for again, and leaves the number of the next revision free', () => {
    const run = answered(ours(order('accepted')), '1', ['0', '10'], { outcome: 'queued' })
    answered(run, '1', ['0', '10'], { outcome: 'expired' })
    expect(run.said('reservation.requested').at(-1)).toMatchObject({ reservation: '4711/1', revision: 1001 })
    expect(answered(run, '1', ['0', '10'], { outcome: 'queued', revision: 2 }).state('backorder/1')).toBe('waiting')
  })
})

describe('an order that another system carries out', () => {
  test('is followed: nothing is reserved, nothing is said, nothing is asked', () => {
    const run = theirs(
      order('received'),
      order('accepted'),
      delivery('created'),
      delivery('released'),
      delivery('staged'),
      delivery('goods_issued'),
      order('closed'),
    )
    expect(run.state()).toBe('closed')
    expect(run.asked).toEqual([])
    expect(run.open).toEqual([])
    expect(run.facts.filter(({ type }) => !type.startsWith('process.'))).toEqual([])
  })

  test('begins with whatever is told first, a delivery before the order too', () => {
    const run = theirs(delivery('staged'))
    expect(run.state()).toBeUndefined()
    expect(run.tell(order('received')).state()).toBe('fulfilling')
  })
})

describe('warehouses', () => {
  const released = (plannedShip?: unknown): ProcessRun =>
    theirs(order('accepted'), delivery('released', { plannedShip }))

  test('that do not say that they have a delivery are called', () => {
    const run = released().fire('ack/80000001')
    expect(run.open).toEqual(['wms-silent'])
    expect(run.tell(delivery('acknowledged')).open).toEqual([])
    expect(released().fire('ack/80000001').answer('wms-silent', 'wait').open).toEqual([])
  })

  test('that are late are shown once for each planned time', () => {
    const run = released({ to: '2026-04-03T12:00:00Z' }).fire('fulfil-slip/80000001')
    expect(run.open).toEqual(['late-fulfilment'])
    expect(run.answer('late-fulfilment', 'expedite').open).toEqual([])
    for (const decision of ['new_promise', 'other_node'])
      expect(
        released({ to: '2026-04-03T12:00:00Z' }).fire('fulfil-slip/80000001').answer('late-fulfilment', decision).open,
      ).toEqual([])
    run.tell(delivery('released', { plannedShip: { to: '2026-04-05T12:00:00Z' } })).fire('fulfil-slip/80000001')
    expect(run.open).toEqual(['late-fulfilment'])
  })

  test.each(['release', 'issue-confirm', 'stalled', 'pick-start'])(
    'that say nothing are waited for again: %s',
    (timer) => {
      const status =
        { release: 'created', 'issue-confirm': 'staged', stalled: 'picking', 'pick-start': 'acknowledged' }[timer] ?? ''
      const run = theirs(order('accepted'), delivery(status, { plannedShip: { to: '2026-04-03T12:00:00Z' } })).fire(
        `${timer}/80000001`,
      )
      expect(run.timers.size).toBeGreaterThan(1)
      expect(run.open).toEqual([])
    },
  )

  test('that take a goods issue back open the order again', () => {
    const run = theirs(order('accepted'), delivery('goods_issued'))
    expect(run.state()).toBe('shipped')
    run.tell({ ...delivery('staged'), type: 'delivery.goods_issue_reversed' })
    expect(run.state()).toBe('fulfilling')
    expect(run.state('delivery/80000001')).toBe('issuing')
  })
})

test.each([
  ['data-fix', ours(order('received', { lines: [] })), 'fix-order-data'],
  ['allocation', ours(order('accepted')), 'stock-silent'],
  ['delivery-missing', full(ours(order('accepted'))), 'no-delivery'],
  ['late-close', theirs(order('accepted'), delivery('goods_issued')), 'order-not-closing'],
] as const)('what does not happen is for a person: %s', (timer, run, task) => {
  expect(run.fire(timer).open).toEqual([task])
  const asked = [...run.tasks.values()][0]?.['decisions'] as readonly { readonly name: string }[] | undefined
  run.answer(task, asked?.[0]?.name ?? '')
  expect(run.timers.size).toBeGreaterThan(0)
})

processPromises(
  orderToShip,
  {
    'an order of two deliveries': [
      order('received'),
      order('accepted'),
      delivery('created'),
      delivery('released'),
      delivery('picking'),
      delivery('staged'),
      delivery('goods_issued'),
      delivery('staged', { number: '80000002' }),
      delivery('goods_issued', { number: '80000002' }),
      order('closed'),
    ],
    'an order that is held, changed and called off': [
      order('received'),
      order('on_hold'),
      order('accepted'),
      amended('accepted', { revision: 1 }),
      delivery('released'),
      order('cancelled'),
      delivery('cancelled'),
    ],
    'an order that is held and changed when it was picked, and left otherwise than it was confirmed': [
      order('received'),
      granted('1', '10'),
      granted('2', '2'),
      order('accepted'),
      delivery('released'),
      delivery('picked'),
      order('on_hold'),
      amended('on_hold', { revision: 1 }),
      order('accepted', { revision: 1 }),
      delivery('staged'),
      delivery('goods_issued'),
      corrected('C1', ['10', '8']),
    ].map((fact, index) => ({ ...fact, minutes: index + 1 })),
    'an order of which the warehouse does not find everything, twice': [
      order('received'),
      granted('1', '10'),
      granted('2', '2'),
      order('accepted'),
      delivery('released', { lines }),
      delivery('picked', { lines, picked: short('8') }),
      delivery('goods_issued', { lines, picked: short('8') }),
      delivery('released', { number: '80000002', lines: short('2') }),
      delivery('picked', { number: '80000002', lines: short('2'), picked: short('1') }),
      delivery('goods_issued', { number: '80000002', lines: short('2'), picked: short('1') }),
      order('cancelled'),
    ],
  },
  hub,
)
