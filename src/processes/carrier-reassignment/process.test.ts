import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
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

processPromises(
  carrierReassignment,
  {
    'a load that two decline': [
      says('tendered', 'ACME'),
      declined,
      says('tendered', 'BOREAS'),
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
