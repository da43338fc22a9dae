import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../../test/process-promises.ts'
import { ProcessRun } from '../../../../test/process-run.ts'
import type { Instance } from '../../engine/instance.ts'
import { orderToShip } from '../process.ts'
import {
  accepted,
  agreed,
  begun,
  comet,
  countered,
  delivery,
  freight,
  here,
  hub,
  label,
  load,
  moving,
  order,
  packed,
  rates,
  said,
  swift,
  where,
} from './told.contract.ts'

describe('a parcel', () => {
  test('gets a label when it is packed, leaves, and channel, ERP and customer hear of it', () => {
    const run = begun(agreed, delivery('released'))
    expect([where(run), run.asked]).toEqual(['awaiting_packing', []])
    run.tell(packed('2100'))
    expect(run.asked).toEqual(['book_shipment 80000001'])
    expect(run.effects[0]?.payload).toMatchObject({
      carrier: 'swift',
      service: 'ground',
      shipFrom: 'DC1',
      shipTo: { city: 'Lund' },
      packages: [{ id: 'P1', weightGrams: '2100' }],
    })
    run.outcome('book_shipment', 'applied', { answer: label })
    expect([where(run), said(run)]).toEqual(['departing', ['planned', 'booked', 'label_created']])
    run.tell(delivery('staged'))
    expect(run.asked.slice(1).map((one) => one.split(':')[0])).toEqual([
      'update_tracking 80000001',
      'notify_party 80000001',
    ])
    expect(run.effects.at(-1)?.payload).toMatchObject({
      about: 'shipped',
      carrier: 'swift',
      trackingNumbers: ['SW100'],
    })
    run.outcome('update_tracking', 'applied').unrouted('notify_party')
    expect([where(run), run.open]).toEqual(['done', []])
  })

  test('is known by the numbers of its delivery and of its label, so that what others report is about it', () => {
    const run = begun(agreed, packed('2100')).outcome('book_shipment', 'applied', { answer: label })
    expect(run.said('shipment.identified').map(({ references }) => references)).toEqual([
      [
        { scheme: 'transport_order', value: '4711/80000001' },
        { scheme: 'delivery', issuer: 'erp', value: '0080000001' },
      ],
      [{ scheme: 'tracking_number', issuer: 'swift', value: 'SW100' }],
    ])
    const subjects = run.facts.filter(({ type }) => type.startsWith('shipment.')).map(({ subject }) => subject)
    expect(new Set(subjects).size).toBe(1)
  })

  test('gets its label with the release where the policy wants that', () => {
    expect(begun({ ...agreed, labelAt: 'release' }, delivery('released')).asked).toEqual(['book_shipment 80000001'])
  })

  test('that has left before the hub knows of it is left to whoever sent it', () => {
    const run = begun(agreed, delivery('staged'))
    expect([where(run), said(run)]).toEqual(['not_ours', []])
  })

  test('whose label is not made is waited for, shown, and made by hand', () => {
    const run = begun(agreed, packed('2100')).outcome('book_shipment', 'refused').fire('tracking-number/80000001')
    expect([where(run), run.open]).toEqual(['booking', ['resolve-refusal']])
    expect(where(run.answer('resolve-refusal', 'done'))).toBe('departing')
  })

  test('whose label nobody knows of is not made twice', () => {
    const run = begun(agreed, packed('2100')).outcome('book_shipment', 'parked')
    expect([run.open, run.asked]).toEqual([['resolve-unknown'], ['book_shipment 80000001']])
    expect(where(run.outcome('book_shipment', 'applied', { answer: label }))).toBe('departing')
  })

  test('may be sent to another carrier by hand, and is booked under another number', () => {
    const run = begun(agreed, packed('2100')).outcome('book_shipment', 'refused')
    run.decide({ action: 'skip', branch: here, to: 'sourcing' })
    expect(run.asked).toEqual(['book_shipment 80000001', 'book_shipment 80000001:2'])
  })

  test.each([
    ['before everybody knows', false],
    ['after', true],
  ])('that leaves while its label is in doubt has the numbers of the label when they come, %s', (_, isDone) => {
    const run = begun(agreed, packed('2100')).tell(delivery('staged')).unrouted('notify_party')
    if (isDone) run.fire('settle/80000001')
    expect([where(run), said(run)]).toEqual([isDone ? 'done' : 'settling', ['planned']])
    run.outcome('book_shipment', 'applied', { answer: label })
    expect(run.said('shipment.identified').at(-1)).toMatchObject({ references: [{ value: 'SW100' }] })
    expect(run.effects.at(-1)).toMatchObject({ command: 'update_tracking', payload: { trackingNumbers: ['SW100'] } })
    expect(where(run.outcome('update_tracking', 'applied'))).toBe('done')
    expect(said(run)).toEqual(['planned', 'booked', 'label_created'])
  })

  test('whose numbers come later is told of when they do', () => {
    const run = begun({ ...agreed, labelAt: 'release' }, delivery('released')).outcome('book_shipment', 'applied')
    run.tell(delivery('staged')).unrouted('notify_party').fire('settle/80000001')
    expect(where(run)).toBe('done')
    run.tell(load('package.status_changed', { packages: [{ id: 'P1', trackingNumber: 'SW7' }] }))
    expect(run.effects.at(-1)).toMatchObject({ command: 'update_tracking', payload: { trackingNumbers: ['SW7'] } })
  })
})

describe('carriers that are asked for a price', () => {
  const asked = (...guide: readonly object[]): ProcessRun =>
    begun({ ...hub, labelAt: 'release', ...(guide.length === 0 ? {} : { carriers: guide }) }, delivery('released'))

  test('get the order at the lowest one, over the connection that quoted', () => {
    const run = asked().outcome('rate_shipment', 'applied', rates(swift, comet))
    expect(run.effects.at(-1)).toMatchObject({
      command: 'book_shipment',
      target: 'there',
      payload: { carrier: 'comet', service: 'air', rate: 'r2', amount: '6.9' },
    })
  })

  test('only where the routing guide has them', () => {
    const run = asked({ carrier: 'swift' }).outcome('rate_shipment', 'applied', rates(comet, swift))
    expect(run.effects.at(-1)?.payload).toMatchObject({ carrier: 'swift' })
  })

  test.each(['refused', 'parked'] as const)('and answer nothing (%s) leave it to a person', (outcome) => {
    const run = asked().outcome('rate_shipment', outcome)
    expect([run.open, where(run)]).toEqual([['no-rates'], 'sourcing'])
    run.answer('no-rates', 'choose', { carrier: 'swift', service: 'ground' })
    expect(run.effects.at(-1)).toMatchObject({ command: 'book_shipment', payload: { carrier: 'swift' } })
  })

  test('too late are waited for by nobody, and a late answer still counts', () => {
    const run = asked().fire('rates/80000001')
    expect(run.open).toEqual(['no-rates'])
    run.outcome('rate_shipment', 'applied', rates(swift))
    expect([run.open, where(run)]).toEqual([[], 'booking'])
  })

  test('again, or not at all', () => {
    const again = asked().unrouted('rate_shipment').answer('no-rates', 'again')
    expect(again.asked).toEqual(['rate_shipment 80000001', 'rate_shipment 80000001:2'])
    const elsewhere = asked().unrouted('rate_shipment').answer('no-rates', 'elsewhere')
    expect([where(elsewhere), elsewhere.open]).toEqual(['departing', []])
    expect(where(elsewhere.tell(delivery('staged')))).toBe('settling')
  })

  test('in money that cannot be compared are passed over', () => {
    const run = asked().outcome('rate_shipment', 'applied', rates(swift, { ...comet, currency: 'JPY', amount: '1' }))
    expect(run.effects.at(-1)?.payload).toMatchObject({ carrier: 'swift' })
  })
})

describe('packages that weigh another amount than was said', () => {
  const rated = (weight: string): ProcessRun =>
    begun(hub, delivery('released', { packages: [{ id: 'P1', weightGrams: '1000' }] }))
      .outcome('rate_shipment', 'applied', rates(swift))
      .tell(packed(weight))

  test('by no more than five per cent are booked as they were rated', () => {
    expect(rated('1050').asked).toEqual(['rate_shipment 80000001', 'book_shipment 80000001'])
  })

  test('by more are rated once more, and booked where the price is good', () => {
    const run = rated('1051')
    expect(run.asked.at(-1)).toBe('rate_shipment 80000001:packed')
    run.outcome('rate_shipment', 'applied', rates({ ...swift, id: 'r9', amount: '8.00' }))
    expect(run.effects.at(-1)).toMatchObject({ command: 'book_shipment', payload: { rate: 'r9', amount: '8' } })
    expect(run.asked.filter((one) => one.startsWith('rate_shipment'))).toHaveLength(2)
  })

  const dearer = (): ProcessRun =>
    rated('3000').outcome('rate_shipment', 'applied', rates({ ...swift, id: 'r9', amount: '20' }))
  test('are for a person where it gets too dear', () => {
    expect([dearer().open, where(dearer())]).toEqual([['re-rate'], 'asking'])
    expect(dearer().answer('re-rate', 'accept').effects.at(-1)?.payload).toMatchObject({ rate: 'r9' })
    const other = dearer().answer('re-rate', 'choose', { carrier: 'comet' })
    expect(other.effects.at(-1)?.payload).toMatchObject({ carrier: 'comet' })
    expect(dearer().answer('re-rate', 'hold').open).toEqual(['re-rate'])
    expect(dearer().answer('re-rate', 'choose').open).toEqual(['re-rate'])
  })

  test('are for a person where another service is the only one, or nobody answers', () => {
    expect(rated('3000').outcome('rate_shipment', 'applied', rates(comet)).open).toEqual(['re-rate'])
    expect(rated('3000').outcome('rate_shipment', 'refused').open).toEqual(['re-rate'])
    expect(rated('3000').fire('rates/80000001').open).toEqual(['re-rate'])
  })

  test('need nobody any more when they have left', () => {
    expect(dearer().tell(delivery('staged')).open).toEqual([])
  })
})

describe('a load', () => {
  const offered = (more: object = {}): ProcessRun => begun({ ...freight, ...more }, delivery('released'))

  test('is offered to the carrier of the guide, and is his when he takes it', () => {
    const run = offered()
    expect(run.said('shipment.reported').at(-1)).toMatchObject({
      ...{ event: 'tendered', carrier: 'haul', mode: 'ltl', plannedPickup: '2026-04-03T12:00:00Z' },
      shipTo: { city: 'Lund', country: 'SE' },
    })
    expect(where(run)).toBe('awaiting_carrier')
    expect([where(run.tell(accepted)), run.asked]).toEqual(['departing', []])
  })

  test('that another carrier takes is his, also when the first one had taken it before', () => {
    const reassigned = load('shipment.carrier_reassigned', { carrier: 'other' })
    const run = offered({ schedulePickup: true }).tell(accepted)
    expect(run.asked).toEqual(['schedule_pickup 80000001:haul'])
    run.outcome('schedule_pickup', 'applied').tell(reassigned)
    expect(run.asked.at(-1)).toBe('schedule_pickup 80000001:other')
    expect(offered().tell(reassigned).tell(delivery('staged')).effects.at(-1)?.payload).toMatchObject({
      carrier: 'other',
    })
  })

  test('that nobody takes is for a person', () => {
    const late = () =>
      offered()
        .tell(load('shipment.tender_declined', { plan: ['tendered', 'tender_declined'] }))
        .fire('tender-late/80000001')
    expect(late().open).toEqual(['no-carrier'])
    expect(late().answer('no-carrier', 'wait').open).toEqual([])
    expect(where(late().answer('no-carrier', 'elsewhere'))).toBe('departing')
    const other = late().answer('no-carrier', 'choose', { carrier: 'other', mode: 'ltl' })
    expect(other.said('shipment.reported').at(-1)).toMatchObject({ event: 'tendered', carrier: 'other' })
    expect(late().tell(accepted).open).toEqual([])
  })

  const asks = { plannedPickup: '2026-04-04T06:00:00Z', amount: '330.00', currency: 'EUR' }
  test('that its carrier would take on conditions is for a person, and is his at his price when they are accepted', () => {
    const run = offered().tell(countered(asks))
    expect([where(run), run.open]).toEqual(['countered', ['conditional-tender']])
    run.answer('conditional-tender', 'accept')
    expect(run.said('shipment.reported').slice(-2)).toEqual([
      {
        event: 'described',
        plannedPickup: '2026-04-04T06:00:00Z',
        stops: [{ seq: 1, type: 'pickup', final: false, planned: { from: '2026-04-04T06:00:00Z' } }],
      },
      { event: 'tender_accepted', carrier: 'haul' },
    ])
    expect(run.said('freight_accrual.reported')).toMatchObject([
      { object: { carrier: 'haul', charges: [{ amount: { amount: '330.00', currency: 'EUR' } }] } },
    ])
    expect([where(run.tell(accepted)), run.open]).toEqual(['departing', []])
  })

  test('whose conditions are declined is taken back from him, and offered on', () => {
    const run = offered().tell(countered(asks)).answer('conditional-tender', 'decline')
    expect([where(run), said(run).slice(-2)]).toEqual(['awaiting_carrier', ['tender_cancelled', 'tender_declined']])
    run.tell(load('shipment.tender_declined', { plan: ['tendered', 'tender_declined'] }))
    expect(run.open).toEqual([])
    run.tell(load('shipment.carrier_reassigned', { carrier: 'other' }))
    expect(where(run)).toBe('departing')
  })

  test.each([
    ['he takes it as it is', accepted, 'departing'],
    ['it has left', moving, 'settling'],
    ['the delivery is withdrawn', delivery('cancelled'), 'withdrawn'],
    ['he names others', countered({ text: 'no tail lift' }), 'countered'],
  ])('whose conditions need no answer any more: %s', (_, fact, state) => {
    const run = offered().tell(countered(asks)).tell(fact)
    expect([where(run), run.open.length]).toEqual([state, state === 'countered' ? 1 : 0])
  })

  test('gets a time at the dock, and the carrier is asked to come', () => {
    const run = offered({ bookAppointment: 'freight', schedulePickup: true }).tell(accepted)
    expect([run.asked, where(run)]).toEqual([
      ['book_appointment 80000001:pickup', 'schedule_pickup 80000001:haul'],
      'appointing',
    ])
    run.fire('appointment/80000001')
    expect(run.open).toEqual(['no-dock'])
    run.outcome('book_appointment', 'applied').outcome('schedule_pickup', 'applied')
    expect([where(run), run.open]).toEqual(['departing', []])
  })

  test.each([
    ['wait', 'appointing'],
    ['without', 'departing'],
  ])('whose dock does not answer: %s', (decision, state) => {
    const run = offered({ bookAppointment: 'all' }).tell(accepted).fire('appointment/80000001')
    expect(where(run.answer('no-dock', decision))).toBe(state)
  })

  test('needs no call where the carrier comes every day', () => {
    expect(offered({ schedulePickup: true, dailyPickup: ['haul'] }).tell(accepted).asked).toEqual([])
  })

  test('goes with a list where the policy wants one, when all is packed', () => {
    const run = offered({ manifest: true }).tell(accepted)
    expect(run.asked).toEqual([])
    expect(run.tell(packed('900')).asked).toEqual(['create_manifest 80000001'])
  })
})

test('a scan before the warehouse says anything is enough to follow it', () => {
  expect(where(begun(agreed, delivery('released'), moving))).toBe('settling')
})

test('where others arrange carriers the hub makes no shipment, and asks nobody', () => {
  const run = begun({}, delivery('released'), delivery('packed'))
  expect([where(run), said(run), run.asked]).toEqual([undefined, [], []])
})

test('an order that version 1 has stored goes on', () => {
  const { instance } = begun({}, delivery('released'))
  const { loads: _, ...known } = (instance?.known ?? {}) as Record<string, unknown>
  const old = { ...instance, version: 1, known } as Instance
  const run = ProcessRun.resumed(orderToShip, old).tell(delivery('staged')).tell(delivery('goods_issued'))
  expect([run.state(), run.instance?.version]).toEqual(['shipped', orderToShip.version])
})

for (const [name, policy] of Object.entries({
  agreed,
  freight: { ...freight, schedulePickup: true, bookAppointment: 'all' },
  asked: hub,
}))
  describe(name, () =>
    processPromises(
      orderToShip,
      {
        'a delivery on its way': [
          order,
          delivery('released'),
          countered({ amount: '9' }),
          packed('2100'),
          accepted,
          delivery('staged'),
          moving,
          delivery('goods_issued'),
        ],
        'a delivery that is withdrawn': [
          order,
          delivery('released'),
          accepted,
          load('shipment.carrier_reassigned', { carrier: 'other' }),
          packed('99'),
          delivery('cancelled'),
          load('shipment.tender_cancelled', { plan: ['tendered', 'tender_cancelled'] }),
          moving,
        ],
      },
      policy,
    ),
  )
