import { describe, expect, test } from 'vitest'
import type { Fact } from '../fact.ts'
import { at, categories, fact, folded, hour, last, planned, scan, scanned, start, tracked } from './scans.contract.ts'
import { evolveShipment } from './shipment.ts'

const label = scanned('label_created', 1)
const picked = scanned('picked_up', 2)
const delivered = scanned('delivered', 20)

describe('what is kept of a shipment', () => {
  test('the newest word on a field counts, whenever it comes', () => {
    const first = planned('described', 1, { carrier: 'ups', service: 'ground', mode: 'parcel' })
    const second = planned('described', 5, { service: 'express' })
    const wanted = { carrier: 'ups', service: 'express', mode: 'parcel' }
    expect(folded([first, second]).about).toEqual(wanted)
    expect(folded([second, first]).about).toEqual(wanted)
    expect(folded([first, tracked([], { recorded: 9, report: { carrier: 'upsn' } })]).about.carrier).toBe('ups')
  })

  test('of two messages of a carrier the one that was written later counts, whichever came first', () => {
    const told = (updated: number, recorded: number, day: number, signedBy: string) => {
      const estimatedDelivery = { at: at(day), precision: 'second', offsetKnown: true } as const
      return tracked([], { recorded, report: { updatedAt: at(updated), estimatedDelivery, signedBy } })
    }
    for (const [early, late] of [
      [30, 31],
      [31, 30],
    ] as const) {
      const { about, estimates } = folded([told(5, early, 50, 'A. Ode'), told(9, late, 70, 'B. Ode')])
      expect(about.signedBy).toBe('B. Ode')
      expect(estimates.map((one) => one.at)).toEqual([start + 70 * hour])
    }
    // A clock that runs ahead has no more to say than the moment at which it was heard.
    const ahead = folded([told(900, 30, 50, 'A. Ode'), told(31, 32, 70, 'B. Ode')])
    expect(ahead.about.signedBy).toBe('B. Ode')
  })

  test('the state is plain JSON', () => {
    const state = folded([planned('booked', 1, { promise: { to: at(5) } }), picked, scanned('delayed', 5), delivered])
    expect(JSON.parse(JSON.stringify(state))).toEqual(state)
  })

  test('more scans than are kept cost positions first, then the oldest scans, and a person is told', () => {
    const positions = Array.from({ length: 2000 }, (_, index) => scan('position_updated', 3 + index / 100))
    const kept = folded([picked, tracked(positions, { recorded: 30 })])
    expect(kept.events).toHaveLength(2000)
    expect(kept.events.some(({ code }) => code === 'picked_up')).toBe(true)
    expect(kept.events.some(({ at: when }) => when === start + 3 * hour)).toBe(false)
    expect(categories(kept)).toEqual([])
    const scans = Array.from({ length: 2000 }, (_, index) => scan('arrived_at_facility', 3 + index / 10))
    const crowded = folded([picked, tracked(scans, { recorded: 300 })])
    expect(crowded.events).toHaveLength(2000)
    expect(categories(crowded)).toEqual(['other'])
    const other = folded([tracked(scans, { recorded: 300 }), picked])
    expect(other.projection.exceptions.map(({ category }) => category)).toEqual(['other'])
    expect(new Set(other.events.map((event) => event.at))).toEqual(new Set(crowded.events.map((event) => event.at)))
  })

  test('what belongs to another object leaves no scan', () => {
    const { state, facts } = last([
      picked,
      scanned('inventory_only', 5),
      scanned('packed', 5),
      scanned('document_only', 5),
    ])
    expect(state.events).toHaveLength(1)
    expect(facts).toEqual([])
  })
})

describe('two shipments that were one', () => {
  const merged = (into: string, subject = 'shp_1') => fact('shipment.merged', { into }, { subject })
  const references = fact('shipment.identified', { references: [{ scheme: 'bol', issuer: 'x', value: '7' }] })

  /** Carries facts between aggregates as the hub does, until nothing is left to carry. */
  function network(facts: readonly Fact[], states = new Map<string, ReturnType<typeof folded>>()): typeof states {
    const waiting = [...facts]
    for (let round = 0; waiting.length > 0; round++) {
      if (round > 50) throw new RangeError('facts go round in circles')
      const next = waiting.shift() as Fact
      const { state, facts: derived } = evolveShipment(states.get(next.subject), next)
      states.set(next.subject, state)
      for (const { rule, subject, type, data, occurredAt } of derived)
        if (subject !== undefined)
          waiting.push({
            ...next,
            id: `${next.id}.${rule}`,
            subject,
            type,
            data,
            ...(occurredAt === undefined ? {} : { occurredAt }),
          })
    }
    return states
  }

  test('the alias hands over everything, and what still comes for it', () => {
    const mine = scanned('label_created', 1, {}, { subject: 'shp_2' })
    const states = network([
      mine,
      references,
      planned('booked', 1, { promise: { to: at(30) }, packages: [{ id: 'P1' }] }),
      picked,
      merged('shp_2'),
      delivered,
    ])
    const survivor = states.get('shp_2')
    expect(survivor?.projection).toMatchObject({ status: 'delivered', progress: { total: 1, delivered: 1 } })
    expect(survivor?.references).toEqual([{ scheme: 'bol', issuer: 'x', value: '7' }])
    expect(survivor?.about.promise?.current).toEqual({ to: at(30) })
    expect(states.get('shp_1')).toMatchObject({ mergedInto: 'shp_2', events: [] })
  })

  test('the survivor is what it would be had it heard everything itself', () => {
    const all = [
      label,
      planned('booked', 1),
      picked,
      scanned('delayed', 5),
      scanned('delivery_attempted', 8),
      delivered,
    ]
    const alone = folded(all.map((one) => ({ ...one, subject: 'shp_2' })))
    for (let cut = 0; cut <= all.length; cut++) {
      const apart = all.map((one, index) => (index < cut ? one : { ...one, subject: 'shp_2' }))
      const survivor = network([...apart, merged('shp_2')]).get('shp_2')
      if (cut === 0) continue
      expect(survivor?.projection).toEqual(alone.projection)
    }
  })

  test('what a person decided and what was missed goes along', () => {
    const missed = (due: number, subject: string) =>
      fact('expectation.missed', { timer: 'late_vs_promise', due: at(due) }, { subject })
    const promise = planned('booked', 0, { promise: { to: at(30) } })
    const decided = fact('shipment.exception_decided', { exception: 'exc_x', by: 'ada' })
    const mine = scanned('label_created', 1, {}, { subject: 'shp_2' })
    const states = network([mine, missed(10, 'shp_2'), promise, missed(30, 'shp_1'), decided, merged('shp_2')])
    expect(states.get('shp_2')).toMatchObject({
      missed: { late_vs_promise: start + 30 * hour },
      decided: [{ exception: 'exc_x' }],
    })
    expect(states.get('shp_2')?.projection.exceptions.map(({ category }) => category)).toEqual(['late_vs_promise'])
    const reverse = network([mine, missed(30, 'shp_2'), promise, missed(10, 'shp_1'), merged('shp_2')])
    expect(reverse.get('shp_2')?.missed).toEqual({ late_vs_promise: start + 30 * hour })
  })

  test('its timers are off and its exceptions are over', () => {
    const open = [planned('booked', 1, { promise: { to: at(30) } }), picked, scanned('delayed', 5)]
    const { timers, facts } = last([...open, merged('shp_2')])
    expect(timers).toEqual(
      expect.arrayContaining([
        { name: 'tracking_stale', at: null },
        { name: 'late_vs_promise', at: null },
      ]),
    )
    expect(facts.find(({ type }) => type === 'shipment.exception_resolved')?.data).toMatchObject({ reason: 'merged' })
  })

  test('a timer that still fires for the alias is let go', () => {
    const missed = fact('expectation.missed', { timer: 'tracking_stale', due: at(50) })
    expect(last([picked, merged('shp_2'), missed])).toMatchObject({ facts: [], timers: [] })
  })

  test('three shipments end in one, in whatever order they are joined', () => {
    const scans = [
      picked,
      scanned('arrived_at_facility', 5, {}, { subject: 'shp_2' }),
      scanned('delivered', 20, {}, { subject: 'shp_3' }),
    ]
    const joins = [merged('shp_2'), merged('shp_3', 'shp_2')]
    for (const facts of [
      [...scans, ...joins],
      [...scans, ...joins.toReversed()],
    ])
      expect(network(facts).get('shp_3')?.events).toHaveLength(3)
  })

  test('joined to each other, one of them remains', () => {
    const states = network([picked, merged('shp_2'), merged('shp_1', 'shp_2'), { ...delivered, subject: 'shp_2' }])
    expect(states.get('shp_1')?.projection.status).toBe('delivered')
    expect(states.get('shp_1')?.mergedInto).toBeUndefined()
  })

  test('joined in a ring, one after the other, one of them remains', () => {
    const ring = [merged('shp_2'), merged('shp_3', 'shp_2'), merged('shp_1', 'shp_3')]
    const states = new Map<string, ReturnType<typeof folded>>()
    for (const one of [picked, ...ring, { ...delivered, subject: 'shp_2' }]) network([one], states)
    const alive = [...states.values()].filter(({ mergedInto }) => mergedInto === undefined)
    expect(alive).toHaveLength(1)
    expect(alive[0]?.projection.status).toBe('delivered')
  })

  test('joined in a ring at once, nothing goes round for ever', () => {
    const ring = [merged('shp_2'), merged('shp_3', 'shp_2'), merged('shp_1', 'shp_3')]
    expect(() => network([picked, ...ring, { ...delivered, subject: 'shp_2' }])).not.toThrow()
  })

  test('a shipment is never joined to itself', () => {
    expect(last([picked, merged('shp_1')]).state.mergedInto).toBeUndefined()
  })
})
