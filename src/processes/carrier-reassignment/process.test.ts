import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import type { Instance } from '../engine/instance.ts'
import { carrierReassignment } from './process.ts'

const policy = {
  routingGuide: [
    { carrier: 'ACME', cost: '100.00' },
    { carrier: 'BOREAS', cost: '110.00' },
    { carrier: 'CIRRUS', cost: '140.00' },
  ],
}
const state = {
  references: [{ scheme: 'delivery', value: '80000001' }],
  about: { plannedPickup: '2026-04-01T18:00:00Z' },
}
const says = (type: string, carrier: string): Told => ({
  type: `shipment.${type}`,
  data: { carrier, references: [] },
  state,
})
const declined = says('tender_declined', 'ACME')
const failed: Told = {
  type: 'shipment.exception_opened',
  data: { category: 'pickup_failed' },
  state: { ...state, about: { ...state.about, carrier: 'ACME' } },
}
const countered = (
  carrier: string,
  conditions: object = { plannedPickup: '2026-04-02T06:00:00Z', amount: '120.00', currency: 'EUR' },
): Told => ({
  ...says('tender_countered', carrier),
  data: { carrier, references: [], conditions },
  state: { ...state, about: { ...state.about, carrier, stops: [{ seq: 1, type: 'pickup', final: false }] } },
})
const cancelled = says('tender_cancelled', 'ACME')
const picked: Told = { type: 'shipment.picked_up', data: {}, state: { ...state, plan: [{ event: 'tendered', at: 0 }] } }
const begun = (...facts: readonly Told[]): ProcessRun =>
  facts.reduce((run, fact) => run.tell(fact), new ProcessRun(carrierReassignment, { policy }))
const cautious = (...facts: readonly Told[]): ProcessRun =>
  facts.reduce(
    (run, fact) => run.tell(fact),
    new ProcessRun(carrierReassignment, { policy: { ...policy, awaitCancellation: true } }),
  )
const reported = (run: ProcessRun): unknown[] =>
  run.said('shipment.reported').map(({ event, carrier }) => `${String(event)} ${String(carrier)}`)

test('a load that its carrier declines goes to the next one of the routing guide', () => {
  const run = begun(declined, says('tender_accepted', 'BOREAS'))
  expect(run.asked).toEqual([])
  expect(reported(run)).toEqual(['tendered BOREAS', 'booked BOREAS'])
  expect(run.said('shipment.carrier_reassigned')).toEqual([{ references: state.references, carrier: 'BOREAS' }])
  expect(run.state()).toBe('done')
  expect(run.instance?.endedAt).toBeDefined()
  expect(run.timers.size).toBe(0)
})

test('a carrier who did not come is told that the load is his no longer, before anybody else is asked', () => {
  const run = begun(failed)
  expect(reported(run)).toEqual(['tender_cancelled ACME'])
  expect(reported(run.tell(cancelled))).toEqual(['tender_cancelled ACME', 'tendered BOREAS'])
  run.tell(says('tender_accepted', 'BOREAS'))
  expect(run.asked).toEqual(['void_label shp_1:ACME'])
  expect(run.state()).toBe('switching')
  expect(run.outcome('void_label', 'applied').state()).toBe('done')
})

test('a label is voided by the number that the carrier’s system gave to it, where it was made', () => {
  const booking = { carrier: 'ACME', document: 'B77', connection: 'acme-api' }
  const references = [...state.references, { scheme: 'tracking_number', issuer: 'ACME', value: 'T1' }]
  const known = { ...failed, state: { ...state, references, about: { ...state.about, carrier: 'ACME', booking } } }
  const run = begun(known, cancelled, says('tender_accepted', 'BOREAS'))
  expect(run.effects).toMatchObject([
    { command: 'void_label', payload: { carrier: 'ACME', document: 'B77', trackingNumbers: ['T1'] } },
  ])
  expect(run.said('process.effect_wanted')).toMatchObject([{ target: 'acme-api' }])
})

describe('a carrier who would take the load on conditions', () => {
  test('has it when a person accepts them, and hears of the load as it is then; the price is put aside', () => {
    const run = begun(declined, countered('BOREAS'))
    expect([run.state(), run.open]).toEqual(['countered', ['conditional-tender']])
    expect([...run.tasks.values()][0]?.['question']).toContain('pickup 2026-04-02T06:00:00Z, 120.00 EUR')
    run.answer('conditional-tender', 'accept')
    expect(run.said('shipment.reported').slice(1)).toEqual([
      {
        event: 'described',
        plannedPickup: '2026-04-02T06:00:00Z',
        stops: [{ seq: 1, type: 'pickup', final: false, planned: { from: '2026-04-02T06:00:00Z' } }],
      },
      { event: 'tender_accepted', carrier: 'BOREAS' },
      { event: 'booked', carrier: 'BOREAS' },
    ])
    expect(run.said('freight_accrual.reported')).toMatchObject([
      { object: { carrier: 'BOREAS', charges: [{ amount: { amount: '120.00', currency: 'EUR' } }] } },
    ])
    expect(run.tell(says('tender_accepted', 'BOREAS')).state()).toBe('done')
    expect(run.open).toEqual([])
  })

  test('loses it when a person declines them, and the next one is asked', () => {
    const run = begun(says('tendered', 'ACME'), countered('ACME')).answer('conditional-tender', 'decline')
    expect(reported(run)).toEqual(['tender_cancelled ACME', 'tender_declined ACME', 'tendered BOREAS'])
    run.tell(cancelled).tell(declined)
    expect([run.state(), run.open]).toEqual(['tendering', []])
  })

  test('is not asked about twice where order-to-ship has offered it, and is followed', () => {
    const planned = {
      ...state,
      references: [...state.references, { scheme: 'transport_order', value: '4711/80000001' }],
    }
    const ours = (told: Told): Told => ({
      ...told,
      state: { ...(told.state as object), references: planned.references },
    })
    const run = begun(ours(says('tendered', 'ACME')), ours(countered('ACME')))
    expect([run.state(), run.open]).toEqual(['countered', []])
    expect(run.fire('counter').state()).toBe('countered')
    expect(run.tell(ours(says('tender_accepted', 'ACME'))).state()).toBe('done')
  })

  test.each([
    ['takes it as it is', says('tender_accepted', 'BOREAS'), 'done'],
    ['does not want it after all', says('tender_declined', 'BOREAS'), 'asking'],
    ['does not matter when somebody has the goods', picked, 'kept'],
  ])('and then %s: the question is needless', (_, fact, end) => {
    const run = begun(declined, countered('BOREAS'), fact)
    expect([run.state(), run.open.includes('conditional-tender')]).toEqual([end, false])
  })

  test('and names others is asked about those', () => {
    const run = begun(declined, countered('BOREAS'), countered('BOREAS', { text: 'no tail lift' }))
    expect([...run.tasks.values()].map(({ question }) => question)).toEqual([
      'BOREAS would take the load on conditions: “no tail lift”. Accept them?',
    ])
  })

  test('is told that nobody wants him any more when it is called off', () => {
    const run = begun(declined, countered('BOREAS')).decide({ action: 'cancel' })
    expect(run.state()).toBe('withdrawing')
  })
})

test('with awaitCancellation nobody else is asked before the word has reached him', () => {
  const run = cautious(failed, cancelled)
  expect(run.state()).toBe('cancelling')
  run.tell({ type: 'effect.applied', data: { naturalKey: 'withdraw_tender:tms:shp_1', command: 'withdraw_tender' } })
  expect(run.state()).toBe('tendering')
})

test('where nobody is to be told of a label the process does not wait for him', () => {
  expect(begun(failed, cancelled, says('tender_accepted', 'BOREAS')).unrouted('void_label').state()).toBe('done')
})

describe('timers', () => {
  test('a carrier who is offered a load by a planner has as long as any other', () => {
    const run = begun(says('tendered', 'ACME'))
    expect(run.state()).toBe('offered')
    expect(run.fire('tender').state()).toBe('tendering')
    expect(reported(run)).toEqual(['tender_expired ACME', 'tendered BOREAS'])
    expect(begun(says('tendered', 'ACME'), says('tender_accepted', 'ACME')).state()).toBe('done')
    const asked = {
      ...says('tendered', 'ACME'),
      state: { ...state, about: { ...state.about, respondBy: '2026-04-01T09:00:00Z' } },
    }
    expect(begun(asked).timers.get('carrier-reassignment.tender')).toBe(Date.parse('2026-04-01T09:00:00Z'))
    // One who takes it and does not come loses it.
    expect(begun(says('tendered', 'ACME'), says('tender_accepted', 'ACME'), failed).state()).toBe('cancelling')
  })

  test('a carrier who does not answer in time loses the offer, and may still take it later: then a person looks', () => {
    const run = begun(declined).fire('tender')
    expect(reported(run)).toEqual(['tendered BOREAS', 'tender_expired BOREAS'])
    run.tell(says('tender_expired', 'BOREAS'))
    expect(run.open).toEqual(['dearer-carrier'])
    run.answer('dearer-carrier', 'accept').tell(says('tender_accepted', 'CIRRUS'))
    expect(run.state()).toBe('done')
    run.tell(says('tender_accepted', 'BOREAS'))
    expect(run.state()).toBe('late')
    expect(run.asked).toEqual(['withdraw_tender shp_1:BOREAS'])
    expect(run.answer('late-acceptance', 'confirm_cancellation').state()).toBe('done')
  })

  test('an offer lasts no longer than a third of the time until the pickup', () => {
    const run = begun({ ...declined, state: { ...state, about: { plannedPickup: '2026-04-01T00:31:00Z' } } })
    expect(run.timers.get('carrier-reassignment.tender')).toBe(Date.parse('2026-04-01T00:11:00Z'))
  })

  test('a carrier who does not confirm a cancellation is called', () => {
    const run = cautious(failed, cancelled)
    expect(run.open).toEqual([])
    expect(run.fire('cancel-confirm').open).toEqual(['old-carrier-silent'])
    expect(run.state()).toBe('cancelling')
  })

  test('a confirmation that comes after all closes the question', () => {
    const run = cautious(failed)
      .fire('cancel-confirm')
      .tell({ ...cancelled, type: 'shipment.tender_declined' })
    expect(run.open).toEqual([])
    expect(run.said('task.withdrawn')).toHaveLength(1)
    expect(run.state()).toBe('tendering')
  })

  test.each(['cancelling', 'tendering'])(
    'the deadline of an uncovered load says so, and nothing else changes in %s',
    (at) => {
      const run = begun(at === 'cancelling' ? failed : declined).fire('deadline')
      expect(run.state()).toBe(at)
    },
  )

  test('a label that is not voided in time is shown', () => {
    const run = begun(failed, cancelled, says('tender_accepted', 'BOREAS')).fire('switch')
    expect(run.state()).toBe('switching')
    expect(run.outcome('void_label', 'applied').state()).toBe('done')
  })
})

describe('what people decide', () => {
  test.each([
    ['assume_cancelled', 'tendering'],
    ['keep', 'kept'],
  ])('about a silent carrier: %s', (decision, to) => {
    expect(begun(failed).fire('cancel-confirm').answer('old-carrier-silent', decision).state()).toBe(to)
  })

  test.each([
    ['accept', 'tendering'],
    ['next_carrier', 'uncovered'],
  ])('about a dear carrier: %s', (decision, to) => {
    const run = begun(declined, says('tender_declined', 'BOREAS'))
    expect(run.open).toEqual(['dearer-carrier'])
    expect(run.answer('dearer-carrier', decision).state()).toBe(to)
  })

  test('about a load that nobody takes', () => {
    const nobody = (): ProcessRun =>
      begun(declined, says('tender_declined', 'BOREAS')).answer('dearer-carrier', 'next_carrier')
    expect(nobody().answer('uncovered-load', 'own_fleet').state()).toBe('done')
    expect(nobody().answer('uncovered-load', 'replan').state()).toBe('done')
    const asked = nobody().answer('uncovered-load', 'spot_market', { carrier: 'DAWN' })
    expect(reported(asked).at(-1)).toBe('tendered DAWN')
    // Nobody was named: it is asked again.
    expect(nobody().answer('uncovered-load', 'spot_market').open).toEqual(['uncovered-load'])
  })

  test('the late carrier gets the load back', () => {
    const run = begun(declined, says('tender_accepted', 'BOREAS'), says('tender_accepted', 'ACME'))
    expect(run.open).toEqual(['late-acceptance'])
    run.answer('late-acceptance', 'switch_back')
    expect(reported(run).at(-1)).toBe('booked ACME')
    expect(run.said('shipment.carrier_reassigned')).toHaveLength(2)
    expect(run.state()).toBe('done')
  })
})

describe('effects', () => {
  const switching = (): ProcessRun => begun(failed, cancelled, says('tender_accepted', 'BOREAS'))

  test.each([
    ['refused', 'resolve-refusal'],
    ['parked', 'resolve-unknown'],
  ] as const)('a label whose voiding is %s is for a person, who can go on without it', (outcome, task) => {
    const run = switching().outcome('void_label', outcome, { reason: 'too late' })
    expect(run.open).toEqual([task])
    expect([...run.tasks.values()][0]?.['evidence']).toMatchObject({ said: 'too late' })
    expect(run.answer(task, 'go_on').state()).toBe('done')
  })

  test('one that is done after all, in the ledger, needs no answer any more', () => {
    const run = switching().outcome('void_label', 'refused').outcome('void_label', 'applied')
    expect(run.open).toEqual([])
    expect(run.state()).toBe('done')
  })
})

describe('goods that somebody has are not reassigned', () => {
  test.each([
    ['before anything', begun(picked, declined), 'kept'],
    ['while the old carrier is told', begun(failed, picked), 'kept'],
    ['while a dear one is asked about', begun(declined, says('tender_declined', 'BOREAS'), picked), 'kept'],
  ])('%s', (_, run, to) => {
    expect(run.state()).toBe(to)
    expect(run.open).toEqual([])
  })

  test('an offer that is open then is taken back', () => {
    const run = begun(declined, says('tendered', 'BOREAS'), picked)
    expect(reported(run).at(-1)).toBe('tender_cancelled BOREAS')
    expect(run.tell(says('tender_cancelled', 'BOREAS')).state()).toBe('kept')
  })
})

describe('called off', () => {
  test.each([
    ['cancelling', begun(failed), 'kept', 'tender_cancelled ACME'],
    ['asking', begun(declined, says('tender_declined', 'BOREAS')), 'kept', 'tendered BOREAS'],
    ['tendering', begun(declined, says('tendered', 'BOREAS')), 'withdrawing', 'tender_cancelled BOREAS'],
  ] as const)('in %s', (_, run, to, last) => {
    run.decide({ action: 'cancel' })
    expect(run.state()).toBe(to)
    expect(reported(run).at(-1)).toBe(last)
    expect(run.open).toEqual([])
  })
})

test('without a routing guide nobody is asked: whoever plans deals with it', () => {
  const run = new ProcessRun(carrierReassignment, { policy: {} }).tell(declined)
  expect(run.open).toEqual([])
  expect(run.state()).toBe('kept')
})

test('a carrier who fails after the goods have left changes nothing, though nobody told of the pickup', () => {
  const late = { ...failed, state: { ...(failed.state as object), projection: { status: 'in_transit' } } }
  expect(begun(late).state()).toBe('kept')
})

test('a load that version 1 has stored goes on', () => {
  const { instance } = begun(declined)
  const { counters: _, bookings: __, ...known } = (instance?.known ?? {}) as Record<string, unknown>
  const old = { ...instance, version: 1, known } as Instance
  const run = ProcessRun.resumed(carrierReassignment, old).tell(countered('BOREAS'))
  expect([run.state(), run.open, run.instance?.version]).toEqual(['countered', ['conditional-tender'], 2])
})

processPromises(
  carrierReassignment,
  {
    'a load that two decline': [
      says('tendered', 'ACME'),
      declined,
      says('tendered', 'BOREAS'),
      countered('BOREAS'),
      says('tender_declined', 'BOREAS'),
      says('tender_accepted', 'CIRRUS'),
      says('tender_accepted', 'ACME'),
      picked,
    ],
    'a carrier who does not come': [
      failed,
      cancelled,
      says('tender_accepted', 'BOREAS'),
      says('tender_expired', 'BOREAS'),
      picked,
    ],
  },
  policy,
)
