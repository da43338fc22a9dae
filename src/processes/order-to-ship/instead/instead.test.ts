import { describe, expect, test } from 'vitest'
import { ProcessRun } from '../../../../test/process-run.ts'
import type { Fact } from '../../../model/fact.ts'
import type { Instance } from '../../engine/instance.ts'
import { goodsIssue } from '../../goods.ts'
import { orderToShip } from '../process.ts'
import { amended, delivery, full, hub, type Instead, informed, order, short } from '../told.contract.ts'

const at = { location: 'DC1' }
const lines = [
  { lineNo: '1', sku: 'TEA-250', quantity: '10', uom: 'C62', unitPrice: '4.00', currency: 'EUR' },
  { lineNo: '2', sku: 'MUG-1', quantity: '2', uom: 'C62' },
]
const mugs = { lineNo: '2', sku: 'MUG-1', quantity: '2', uom: 'C62' }
const tea500 = { sku: 'TEA-500', quantity: '1', uom: 'C62', priority: 1, isAgreed: true, priceRule: 'ordered_item' }
const both: Instead = {
  candidates: { 'TEA-250': [tea500] },
  stock: { 'TEA-500': { DC1: '5' }, 'TEA-250': { DC2: '9', DC3: '2' } },
}

/** Ten and two are asked for; the warehouse finds eight of the ten, and everybody says what he has. */
function picked(shortPick: string, instead: Instead = both): ProcessRun {
  const run = new ProcessRun(orderToShip, { policy: { ...hub, shortPick } })
  run.tell(order('accepted', { lines }))
  full(run).outcome('create_delivery', 'applied', { document: '80000001' })
  run.tell(located('released', lines))
  run.tell(located('picked', lines, { picked: [...short('8'), mugs] }))
  return informed(run, instead)
}
const located = (
  status: string,
  wanted: unknown,
  more: { readonly number?: string; readonly picked?: unknown } = {},
) => {
  const told = delivery(status, { lines: wanted, ...more })
  const data = told.data as { readonly object: object }
  return { ...told, data: { ...data, object: { ...data.object, ...(more.number === undefined ? at : {}) } } }
}
const asked = (run: ProcessRun) =>
  run
    .said('reservation.requested')
    .filter(({ reservation }) => String(reservation).startsWith('alternative:'))
    .map(({ reservation, sku, quantity, locations, wait }) => ({ reservation, sku, quantity, locations, wait }))
const answers = (run: ProcessRun, outcome: string): ProcessRun => {
  const last = asked(run).at(-1)
  const [granted, missing] = outcome === 'allocated' ? [last?.quantity, '0'] : ['0', last?.quantity]
  return run.report('reservation.answered', { reservation: last?.reservation, revision: 1, outcome, granted, missing })
}
const left = (run: ProcessRun): ProcessRun => {
  run.report('reservation.answered', {
    ...{ reservation: '4711/1', outcome: 'consumed', revision: 1, granted: '2', missing: '0', consumed: '8' },
  })
  return run.tell(located('goods_issued', lines))
}
const made = (run: ProcessRun) =>
  run.effects
    .filter(({ command }) => command === 'create_delivery')
    .map(({ payload }) => payload as { readonly lines: readonly object[]; readonly location?: string })
const released = (run: ProcessRun) => run.said('reservation.release_requested').map(({ reservation }) => reservation)
const second = { number: '80000002', lines: [{ lineNo: '1', sku: 'TEA-500', quantity: '1', uom: 'C62' }] }

/** The commands of the queue in which the delivery that was short has its goods issue. */
const besideItsIssue = (run: ProcessRun) =>
  run
    .said('process.effect_wanted')
    .filter(({ queue }) => queue === 'delivery:80000001')
    .map(({ command }) => command)

describe('another item instead of goods that were not found', () => {
  test('is told to the books in the queue of the delivery that was short, never beside its goods issue', () => {
    const run = left(answers(picked('substitute'), 'allocated'))
    expect(besideItsIssue(run)).toEqual(expect.arrayContaining(['amend_order', 'create_delivery']))
    const data = {
      added: { confirmations: ['1'] },
      object: { deliveryNumber: '80000001', confirmations: { 1: { lines } } },
    }
    const [issue] = goodsIssue({ ...delivery('confirmed'), data, subject: 'shp_1' } as unknown as Fact)
    expect(issue?.key).toBe('delivery:80000001')
  })

  test('is held at once, and shipped by a delivery of its own when the rest has left', () => {
    const run = answers(picked('substitute'), 'allocated')
    expect(asked(run)).toMatchObject([{ sku: 'TEA-500', quantity: '1', locations: ['DC1'] }])
    expect([run.state('short/80000001'), made(run).length]).toEqual(['holding', 1])
    left(run)
    expect(made(run)[1]).toMatchObject({
      location: 'DC1',
      insteadOf: '80000001',
      lines: [
        {
          ...{ lineNo: '1', sku: 'TEA-500', quantity: '1', priceRule: 'ordered_item', unitPrice: '4', currency: 'EUR' },
          substitutes: { sku: 'TEA-250', quantity: '2', uom: 'C62' },
        },
      ],
    })
    expect(released(run)).toEqual(['4711/1'])
    run.outcome('create_delivery', 'applied', { document: '80000002' })
    run.tell(delivery('picked', { ...second, picked: second.lines })).tell(delivery('goods_issued', second))
    expect([run.state(), run.open]).toEqual(['shipped', []])
  })

  test('is said of the order: to whoever owns it, with its price, and to whoever ordered', () => {
    const run = left(answers(picked('substitute'), 'allocated'))
    const amendments = run.effects.filter(({ command }) => command === 'amend_order').map(({ payload }) => payload)
    expect(amendments).toMatchObject([
      {
        orderNumber: '4711',
        lines: [
          { line: '1', sku: 'TEA-250', quantity: '2', instead: { sku: 'TEA-500', quantity: '1' }, unitPrice: '4' },
        ],
      },
    ])
    expect(run.said('order.line_substituted')).toMatchObject([{ lineNo: '1', how: 'substitute' }])
  })

  test('that nobody has agreed to is not sent: the next way is tried', () => {
    const run = picked('substitute, other_node', {
      ...both,
      candidates: { 'TEA-250': [{ ...tea500, isAgreed: false }] },
    })
    expect(asked(run)).toMatchObject([{ sku: 'TEA-250', locations: ['DC2'] }])
  })

  test('whose price nobody knows is for a person, who sees what there is and says it', () => {
    const dear = { ...tea500, priceRule: 'own' }
    const run = picked('substitute, other_node', { ...both, candidates: { 'TEA-250': [dear] } })
    expect([run.open, asked(run)]).toEqual([['short-pick'], []])
    expect([...run.tasks.values()][0]).toMatchObject({
      evidence: {
        options: [
          { way: 'substitute', item: 'TEA-500', location: 'DC1', free: '5', price: 'not known' },
          { way: 'other_node', location: 'DC2', free: '9' },
          { way: 'other_node', location: 'DC3', free: '2' },
        ],
      },
    })
    left(answers(run.answer('short-pick', 'substitute', { unitPrice: '7.50', currency: 'EUR' }), 'allocated'))
    expect(made(run)[1]?.lines).toMatchObject([{ sku: 'TEA-500', unitPrice: '7.50', priceRule: 'own' }])
  })

  test('that stock does not have after all makes room for the next way, and is never tried again', () => {
    const run = informed(answers(picked('substitute, other_node, backorder'), 'refused'), both)
    expect(asked(run).map(({ sku }) => sku)).toEqual(['TEA-500', 'TEA-250'])
    for (let refusals = 0; refusals < 2; refusals++) informed(answers(run, 'refused'), both)
    expect(asked(run).map(({ locations, wait }) => [locations, wait])).toEqual([
      [['DC1'], undefined],
      [['DC2'], undefined],
      [['DC3'], undefined],
      [undefined, true],
    ])
  })

  test('that is short itself goes on with the next way', () => {
    const run = left(answers(picked('substitute, other_node, cancel'), 'allocated'))
    run.outcome('create_delivery', 'applied', { document: '80000002' })
    run.tell(delivery('picked', { ...second, picked: [{ ...second.lines[0], quantity: '0' }] }))
    informed(run, { stock: { 'TEA-500': { DC9: '4' } } })
    expect(asked(run).at(-1)).toMatchObject({ sku: 'TEA-500', quantity: '1', locations: ['DC9'] })
    answers(run, 'allocated').tell(delivery('goods_issued', second))
    expect(made(run)[2]).toMatchObject({ location: 'DC9', lines: [{ sku: 'TEA-500', quantity: '1' }] })
  })
})

describe('goods that are shipped later', () => {
  const later = (chain: string): ProcessRun => left(answers(picked(chain), 'queued'))
  const given = (run: ProcessRun): unknown => asked(run).at(-1)

  test('and do not come in time are given back, and the next way is tried: never the same once more', () => {
    const run = later('backorder, other_node, cancel')
    expect(asked(run).map(({ wait }) => wait)).toEqual([true])
    informed(run.fire('max-age/80000001'), both)
    expect(given(run)).toMatchObject({ sku: 'TEA-250', quantity: '2', locations: ['DC2'], wait: undefined })
    expect(released(run)).toContain(asked(run)[0]?.reservation)
  })

  test.each([
    ['backorder, substitute', { sku: 'TEA-500', locations: ['DC1'] }],
    ['substitute, backorder, other_node', { sku: 'TEA-250', locations: ['DC2'] }],
  ])('after %s: what comes behind it in the chain', (chain, next) => {
    const first = picked(chain)
    const run = chain.startsWith('backorder') ? first : informed(answers(first, 'refused'), both)
    informed(left(answers(run, 'queued')).fire('max-age/80000001'), both)
    expect(given(run)).toMatchObject(next)
  })

  test.each([
    ['backorder, cancel', 'dropped', []],
    ['backorder, ask', 'deciding', ['short-pick']],
  ])('by %s and do not come: nothing is left but the end of the chain', (chain, state, open) => {
    const run = informed(later(chain).fire('max-age/80000001'), both)
    expect([run.state('short/80000001'), run.open, asked(run).length]).toEqual([state, open, 1])
  })

  test('and are short again in their own delivery go on behind it, too', () => {
    const run = answers(later('backorder, other_node'), 'allocated')
    run.outcome('create_delivery', 'applied', { document: '80000002' })
    const rest = { number: '80000002', lines: short('2') }
    run.tell(delivery('released', rest)).tell(delivery('picked', { ...rest, picked: short('0') }))
    informed(run, both)
    expect(given(run)).toMatchObject({ sku: 'TEA-250', quantity: '2', locations: ['DC2'], wait: undefined })
  })
})

describe('goods from another place', () => {
  test('come from that with the most, and not from where they were not found', () => {
    const run = left(answers(picked('other_node'), 'allocated'))
    expect(made(run)[1]).toMatchObject({ location: 'DC2', lines: [{ sku: 'TEA-250', quantity: '2' }] })
    expect(run.effects.filter(({ command }) => command === 'amend_order')).toEqual([])
  })

  test('that are nowhere are given up, wait, or are asked about, as the policy goes on', () => {
    const nowhere: Instead = { stock: { 'TEA-250': { DC1: '50' } } }
    expect(picked('other_node, cancel', nowhere).state('short/80000001')).toBe('dropping')
    expect(picked('other_node', nowhere).open).toEqual(['short-pick'])
    const waiting = left(answers(picked('other_node, backorder', nowhere), 'queued'))
    expect([waiting.state('short/80000001'), waiting.state(), made(waiting).length]).toEqual([
      'replacing',
      'fulfilling',
      1,
    ])
    answers(waiting, 'allocated')
    expect(made(waiting)[1]).toMatchObject({ lines: [{ sku: 'TEA-250', quantity: '2' }] })
  })

  test('whose delivery is withdrawn are given back, and the next way is tried', () => {
    const run = left(answers(picked('other_node, backorder'), 'allocated'))
    const first = asked(run)[0]?.reservation
    run.outcome('create_delivery', 'applied', { document: '80000002' })
    const elsewhere = { number: '80000002', lines: short('2') }
    run.tell(delivery('released', elsewhere)).tell(delivery('cancelled', elsewhere))
    expect(released(run)).toEqual(['4711/1', first])
    informed(run, both)
    expect([run.state(), asked(run).at(-1)]).toMatchObject(['fulfilling', { locations: ['DC3'] }])
  })
})

describe('what is held instead is given back', () => {
  test('when the order is called off before anything has left', () => {
    const run = answers(picked('substitute'), 'allocated').decide({ action: 'cancel' })
    expect(run.state('short/80000001')).toBe('whole')
    expect(released(run)).toContain(asked(run)[0]?.reservation)
  })

  test('when the order is changed and its delivery withdrawn', () => {
    const run = answers(picked('substitute'), 'allocated')
    run.tell(amended('accepted', { lines: short('4'), revision: 1 })).answer('change-late', 'withdraw')
    run.tell(delivery('cancelled', { lines }))
    expect(released(run)).toContain(asked(run)[0]?.reservation)
  })

  test('when the warehouse finds the goods after all', () => {
    const run = answers(picked('substitute'), 'allocated').tell(
      located('packed', lines, { picked: [...short('10'), mugs] }),
    )
    expect([run.state('short/80000001'), released(run)]).toEqual(['whole', [asked(run)[0]?.reservation]])
  })
})

test('master data and stock that do not answer hold nobody up: a person is asked with what is known', () => {
  const run = new ProcessRun(orderToShip, { policy: { ...hub, shortPick: 'substitute, other_node' } })
  full(run.tell(order('accepted'))).outcome('create_delivery', 'applied', { document: '80000001' })
  run.tell(delivery('picked', { lines, picked: short('8') }))
  run.fire('options/80000001').fire('options/80000001')
  expect(run.open).toEqual(['short-pick'])
})

test('an instance of the version before goes on, and its next wish is above what stock has seen', () => {
  const { instance } = full(new ProcessRun(orderToShip, { policy: hub }).tell(order('accepted', { lines })))
  const { known, ...rest } = instance as Instance
  const { reservations } = known as { readonly reservations: Readonly<Record<string, object>> }
  const old = Object.fromEntries(Object.entries(reservations).map(([no, one]) => [no, { ...one, revision: 1 }]))
  const stored = { ...rest, version: 7, known: { ...(known as object), reservations: old } } as unknown as Instance
  const run = ProcessRun.resumed(orderToShip, stored)
  run.report('reservation.answered', {
    reservation: '4711/1',
    outcome: 'refused',
    revision: 1,
    granted: '0',
    missing: '10',
  })
  expect(run.said('reservation.requested').at(-1)).toMatchObject({ reservation: '4711/1', revision: 1001 })
})
