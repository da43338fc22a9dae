import { describe, expect, test } from 'vitest'
import { ProcessRun } from '../../../test/process-run.ts'
import type { Instance } from '../engine/instance.ts'
import { orderToShip } from './process.ts'
import { delivery, full, hub, informed, lines, order, short } from './told.contract.ts'

const mugs = { lineNo: '2', sku: 'MUG-1', quantity: '2', uom: 'C62' }

/** Ten and two are asked for; the warehouse finds eight of the ten. */
function picked(shortPick?: string): ProcessRun {
  const run = new ProcessRun(orderToShip, { policy: { ...hub, ...(shortPick === undefined ? {} : { shortPick }) } })
  run.tell(order('accepted'))
  full(run).outcome('create_delivery', 'applied', { document: '80000001' })
  return run.tell(delivery('released', { lines })).tell(delivery('picked', { lines, picked: [...short('8'), mugs] }))
}
const consumed = (run: ProcessRun, granted: string, missing = '0'): ProcessRun =>
  run
    .report('reservation.answered', {
      ...{ reservation: '4711/1', outcome: 'consumed', revision: 1, granted, missing, consumed: '8' },
    })
    .report('reservation.answered', {
      ...{ reservation: '4711/2', outcome: 'consumed', revision: 1, granted: '0', missing: '0', consumed: '2' },
    })
const left = (run: ProcessRun): ProcessRun => run.tell(delivery('goods_issued', { lines }))
const deliveries = (run: ProcessRun): unknown[] =>
  run.effects
    .filter(({ command }) => command === 'create_delivery')
    .map(({ payload }) => (payload as { lines: readonly { quantity: string }[] }).lines.map(({ quantity }) => quantity))

describe('goods that a warehouse does not find', () => {
  test('are shipped by a delivery of their own once the others have left', () => {
    const run = picked()
    expect([run.state('short/80000001'), run.open]).toEqual(['returning', []])
    expect(deliveries(run)).toEqual([['10', '2']])
    left(consumed(run, '2'))
    expect(deliveries(run)).toEqual([['10', '2'], ['2']])
    run.outcome('create_delivery', 'applied', { document: '80000002' })
    run.tell(delivery('released', { number: '80000002', lines: short('2') }))
    run.tell(delivery('goods_issued', { number: '80000002', lines: short('2') }))
    expect([run.state(), deliveries(run).length, run.open]).toEqual(['shipped', 2, []])
  })

  test('wait for stock where the warehouse has corrected it', () => {
    const run = left(consumed(picked(), '0', '2'))
    expect([deliveries(run).length, run.state('backorder/1'), run.state()]).toEqual([1, 'waiting', 'fulfilling'])
    run.report('reservation.answered', {
      ...{ reservation: '4711/1', outcome: 'confirmed', revision: 1, granted: '2', missing: '0', consumed: '8' },
    })
    expect(deliveries(run)).toEqual([['10', '2'], ['2']])
  })

  test('are given up where the policy says so, and stock has them back', () => {
    const run = left(consumed(picked('cancel'), '2'))
    expect([run.state(), deliveries(run).length, run.open]).toEqual(['shipped', 1, []])
    expect(run.said('reservation.release_requested').map(({ reservation }) => reservation)).toEqual(['4711/1'])
  })

  test('do not cost a line that waits for more its place in the queue', () => {
    const run = left(consumed(picked('cancel'), '2', '5'))
    expect(run.said('reservation.release_requested')).toEqual([])
  })

  test.each([
    ['backorder', [['10', '2'], ['2']]],
    ['cancel_remainder', [['10', '2']]],
  ])('are for a person where the policy is to ask: %s', (decision, expected) => {
    const run = informed(picked('ask'))
    expect(run.open).toEqual(['short-pick'])
    expect([...run.tasks.values()][0]).toMatchObject({
      evidence: { shorts: [{ lineNo: '1', sku: 'TEA-250', quantity: '2', wanted: '10', picked: '8' }] },
    })
    left(consumed(run.answer('short-pick', decision), '2'))
    expect([deliveries(run), run.open]).toEqual([expected, []])
  })

  test('and are not found a second time either are for a person, whatever the policy', () => {
    const run = left(consumed(picked(), '2')).outcome('create_delivery', 'applied', { document: '80000002' })
    const second = { number: '80000002', lines: short('2'), picked: short('0') }
    informed(run.tell(delivery('picked', second)))
    expect(run.open).toEqual(['short-pick'])
    run.answer('short-pick', 'cancel_remainder').tell(delivery('goods_issued', second))
    expect([run.state(), deliveries(run).length]).toEqual(['shipped', 2])
  })

  test('and turn up before the others leave are just shipped', () => {
    const run = picked('ask').tell(delivery('packed', { lines, picked: short('10') }))
    expect([run.state('short/80000001'), run.open]).toEqual(['whole', []])
    expect([left(consumed(run, '0')).state(), deliveries(run).length]).toEqual(['shipped', 1])
  })

  test('count for nothing when the delivery is withdrawn', () => {
    const run = picked('ask').tell(delivery('cancelled', { lines, picked: short('8') }))
    expect([run.state('short/80000001'), run.open]).toEqual(['whole', []])
  })

  test('are waited for with the rest of the delivery however long that takes', () => {
    const run = picked().fire('stalled/80000001')
    expect([run.state('short/80000001'), run.state()]).toEqual(['returning', 'fulfilling'])
  })

  describe('where nothing of the delivery was found', () => {
    const none = [...short('0'), { ...mugs, quantity: '0' }]
    const nothing = (shortPick?: string): ProcessRun => {
      const run = picked(shortPick)
      return run.tell(delivery('changed', { lines, picked: none }))
    }
    const calledOff = (run: ProcessRun) =>
      run.effects.filter(({ command }) => command === 'cancel_delivery').map(({ businessKey }) => businessKey)

    test('the delivery is called off, and its goods are shipped by another', () => {
      const run = nothing()
      expect([calledOff(run), run.state('short/80000001'), run.open]).toEqual([['80000001'], 'returning', []])
      run.outcome('cancel_delivery', 'applied').tell(delivery('cancelled', { lines, picked: none }))
      full(run)
      expect(deliveries(run)).toEqual([
        ['10', '2'],
        ['10', '2'],
      ])
      run.outcome('create_delivery', 'applied', { document: '80000002' })
      run.tell(delivery('released', { number: '80000002', lines }))
      run.tell(delivery('goods_issued', { number: '80000002', lines }))
      expect([run.state(), deliveries(run).length, run.open]).toEqual(['shipped', 2, []])
    })

    test('a warehouse that finds it after all just ships it', () => {
      const run = nothing().outcome('cancel_delivery', 'refused')
      run.tell(delivery('packed', { lines, picked: [...short('10'), mugs] }))
      expect([run.state('short/80000001'), run.open]).toEqual(['whole', []])
      expect([left(consumed(run, '0')).state(), deliveries(run).length]).toEqual(['shipped', 1])
    })

    test.each(['refused', 'parked'] as const)('a person is asked who calls it off: %s', (outcome) => {
      const run = nothing().outcome('cancel_delivery', outcome)
      expect(run.open).toEqual(['empty-delivery'])
      run.tell(delivery('cancelled', { lines, picked: none }))
      expect([run.state('short/80000001'), run.open]).toEqual(['whole', []])
    })

    test('and when nobody says anything', () => {
      expect(nothing().fire('stalled/80000001').open).toEqual(['empty-delivery'])
    })

    test('nothing is called off of which something was found', () => expect(calledOff(picked())).toEqual([]))
  })

  test('are not guessed: a line that the warehouse does not name is not known to be short', () => {
    const run = picked('ask').tell(delivery('packed', { lines, picked: [mugs] }))
    expect([run.state('short/80000001'), run.open]).toEqual(['whole', []])
  })
})

describe('goods that the warehouse says it ships later', () => {
  const bp = { rest: 'backordered' }
  const ordered = (more: object): ProcessRun => {
    const run = new ProcessRun(orderToShip, { policy: { ...hub, ...more } })
    full(run.tell(order('accepted'))).outcome('create_delivery', 'applied', { document: '80000001' })
    return run.tell(delivery('released', { lines }))
  }
  const follow = (more: object, ...rests: readonly (typeof bp | object)[]): ProcessRun => {
    const [tea = bp, mug] = rests
    const cup = mug === undefined ? mugs : { ...mugs, quantity: '1', ...mug }
    return ordered(more).tell(delivery('picked', { lines, picked: [{ ...short('8')[0], ...tea }, cup] }))
  }

  test.each(['backorder', 'cancel', 'substitute, other_node, backorder'])(
    'are shipped by nobody else, whatever the policy: %s',
    (shortPick) => {
      const run = left(consumed(follow({ shortPick }), '2'))
      expect([run.state('short/80000001'), run.state(), deliveries(run).length, run.open]).toEqual([
        'following',
        'fulfilling',
        1,
        [],
      ])
      expect(run.said('reservation.release_requested')).toEqual([])
      run.tell(delivery('changed', { lines, picked: [...short('10'), mugs] })).tell(delivery('goods_issued', { lines }))
      expect([run.state('short/80000001'), run.state(), deliveries(run).length]).toEqual(['whole', 'shipped', 1])
    },
  )

  test('are for a person when they have not come for long', () => {
    const run = informed(left(consumed(follow({}), '2')).fire('max-age/80000001'))
    expect([run.open, deliveries(run).length]).toEqual([['short-pick'], 1])
    run.answer('short-pick', 'backorder')
    expect(deliveries(run)).toEqual([['10', '2'], ['2']])
  })

  test('are for a person at once where the policy is to ask, or not all that is missing follows', () => {
    expect(informed(follow({ shortPick: 'ask' })).open).toEqual(['short-pick'])
    expect(informed(follow({ shortPick: 'backorder' }, bp, {})).open).toEqual(['short-pick'])
    expect(follow({ shortPick: 'backorder' }, bp, bp).state('short/80000001')).toBe('following')
  })

  test('are missing like any others where the tenant says that the word means nothing', () => {
    const run = left(consumed(follow({ restFollows: false }), '2'))
    expect([run.open, deliveries(run)]).toEqual([[], [['10', '2'], ['2']]])
  })

  test('are decided about as before where that was decided by the version before', () => {
    const run = ordered({ restFollows: false })
    run.tell(delivery('picked', { lines, picked: [{ ...short('8')[0], ...bp }, mugs] }))
    const stored = { ...(run.instance as Instance), version: 9, policy: { ...hub } }
    const moved = left(consumed(ProcessRun.resumed(orderToShip, stored), '2'))
    expect([moved.instance?.version, moved.state('short/80000001'), deliveries(moved)]).toEqual([
      10,
      'returned',
      [['2']],
    ])
  })
})
