import { describe, expect, test } from 'vitest'
import type { ProcessRun } from '../../../test/process-run.ts'
import { amended, answered, delivery, full, order, ours, reported, theirs } from './told.contract.ts'

describe('called off', () => {
  test('before a delivery exists, stock is given back', () => {
    const run = ours(order('accepted'))
    answered(run, '1', ['10', '0'])
    run.decide({ action: 'cancel' })
    expect(run.said('reservation.release_requested').map(({ reservation }) => reservation)).toEqual(['4711/1'])
    expect(run.state()).toBe('cancelled')
    expect(reported(run)).toEqual(['cancelled'])
  })

  test.each([
    ['fixing', ours(order('received', { lines: [] })), 'cancelled'],
    ['following', theirs(order('accepted')), 'cancelled'],
    [
      'amending',
      full(ours(order('accepted')))
        .tell(delivery('released'))
        .tell(amended('released', {})),
      'cancelling',
    ],
  ])('in %s', (state, run, to) => {
    expect(run.state()).toBe(state)
    expect(run.decide({ action: 'cancel' }).state()).toBe(to)
  })

  test('with a delivery that the hub made, it is taken back first, and its outcome is waited for', () => {
    const run = full(ours(order('accepted'))).decide({ action: 'cancel' })
    // Nobody knows yet whether it was made.
    expect(run.asked).toEqual(['create_delivery 4711:1'])
    run.outcome('create_delivery', 'applied')
    expect(run.asked).toEqual(['create_delivery 4711:1', 'withdraw_delivery 4711:1'])
    expect(run.state()).toBe('cancelling')
    expect(run.outcome('withdraw_delivery', 'applied').state()).toBe('cancelled')
  })

  test('with the warehouse at work, it is told to stop, and a person decides when it does not', () => {
    const stopping = (): ProcessRun => theirs(order('accepted'), delivery('picking'), order('cancelled'))
    expect(stopping().asked).toEqual(['cancel_delivery 80000001'])
    // What is in somebody's hands is for a person at once; the warehouse may be faster.
    expect(stopping().open).toEqual(['stop-or-ship'])
    expect([stopping().tell(delivery('cancelled')).state(), stopping().tell(delivery('cancelled')).open]).toEqual([
      'cancelled',
      [],
    ])
    const refused = stopping().outcome('cancel_delivery', 'refused')
    expect(refused.open).toEqual(['stop-or-ship'])
    expect(refused.answer('stop-or-ship', 'ship_anyway').state()).toBe('fulfilling')
    expect(stopping().fire('cancel-late').answer('stop-or-ship', 'withdrawn').state()).toBe('cancelled')
  })

  test.each(['staged', 'goods_issued'])('after the goods have left (%s) it is refused', (status) => {
    const run = theirs(order('accepted'), delivery(status)).decide({ action: 'cancel' })
    expect(run.said('process.command_refused')).toMatchObject([{ action: 'cancel', reason: 'after_goods_issue' }])
  })

  test('goods that leave meanwhile ship', () => {
    expect(theirs(order('accepted'), delivery('packed'), order('cancelled'), delivery('staged')).state()).toBe(
      'fulfilling',
    )
  })
})

describe('changed while a delivery is under way', () => {
  const changing = (status: string): ProcessRun =>
    full(ours(order('accepted')))
      .outcome('create_delivery', 'applied')
      .tell(delivery(status))
      .tell(amended('released', { revision: 1 }))

  test('nobody works on it yet: it is withdrawn, and stock is asked again', () => {
    const run = changing('released')
    expect(run.asked).toContain('cancel_delivery 80000001')
    expect(run.tell(delivery('cancelled')).state()).toBe('allocating')
    expect(run.said('reservation.requested').at(-1)).toMatchObject({ revision: 2000 })
  })

  test('the warehouse works on it: a person decides', () => {
    const run = changing('picking')
    expect(run.open).toEqual(['change-late'])
    expect(run.answer('change-late', 'ship_as_it_was').state()).toBe('fulfilling')
  })

  test('only where it stands: what is under way goes on, however the system numbers that', () => {
    const run = full(ours(order('accepted')))
      .outcome('create_delivery', 'applied')
      .tell(delivery('released'))
    run.tell(order('released', { revision: 5 })).tell(order('released', { revision: 9 }))
    expect([run.state(), run.asked]).toEqual(['fulfilling', ['create_delivery 4711:1']])
    run.tell(amended('released', { revision: 10 }))
    expect(run.asked).toContain('cancel_delivery 80000001')
  })

  test('it has left: it ships as it was', () => {
    expect(changing('released').tell(delivery('staged')).state()).toBe('fulfilling')
  })
})
