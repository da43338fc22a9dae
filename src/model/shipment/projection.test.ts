import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../fact.ts'
import type { ReportedEvent, TrackingReport } from '../report.ts'
import { codes, type ShipmentStatus, statusRank } from './codes.ts'
import { combine } from './projection.ts'
import { at, categories, folded, planned, scan, scanned, time, tracked } from './scans.contract.ts'
import type { ShipmentState } from './state.ts'

/** What must not depend on the way that the news took. */
function standing({ projection, events }: ShipmentState) {
  const { eta: _, ...lasting } = projection
  return { ...lasting, scans: events.length }
}

const scanArbitrary: fc.Arbitrary<ReportedEvent> = fc
  .record({
    code: fc.constantFrom(...Object.keys(codes)),
    hours: fc.nat(200),
    classifier: fc.constantFrom('actual', 'actual', 'actual', 'actual', 'estimated' as const),
    action: fc.constantFrom('record', 'record', 'record', 'amend', 'retract' as const),
    id: fc.option(fc.constantFrom('e1', 'e2', 'e3', 'e4'), { nil: undefined }),
    updated: fc.option(fc.nat(200), { nil: undefined }),
    sequence: fc.option(fc.nat(5), { nil: undefined }),
    precision: fc.constantFrom('date', 'minute', 'second' as const),
    zoneless: fc.boolean(),
    city: fc.constantFrom('Ulm', 'ULM', 'Lyon', undefined),
    reason: fc.option(fc.constantFrom('weather', 'mechanical', 'damaged', 'nonsense'), { nil: undefined, freq: 5 }),
    package: fc.constantFrom(undefined, undefined, 'P1', 'P2', 'P3'),
    stop: fc.option(fc.record({ seq: fc.nat(3), final: fc.boolean() }), { nil: undefined, freq: 5 }),
    document: fc.option(fc.constantFrom('a'.repeat(64), 'b'.repeat(64)), { nil: undefined, freq: 5 }),
  })
  .map(
    ({
      code,
      hours,
      classifier,
      action,
      id,
      updated,
      sequence,
      precision,
      zoneless,
      city,
      reason,
      document,
      stop,
      package: packageId,
    }) =>
      scan(code, precision === 'date' ? hours - (hours % 24) : hours, {
        classifier,
        action: id === undefined ? 'record' : action,
        occurredAt: time(precision === 'date' ? hours - (hours % 24) : hours, { precision, offsetKnown: !zoneless }),
        ...(id === undefined ? {} : { sourceEventId: id }),
        ...(updated === undefined ? {} : { updatedAt: at(updated) }),
        ...(sequence === undefined ? {} : { sequence }),
        ...(city === undefined ? {} : { place: { city } }),
        ...(reason === undefined ? {} : { reason: { category: reason, sourceCode: reason.slice(0, 2) } }),
        ...(packageId === undefined ? {} : { package: packageId }),
        ...(stop === undefined ? {} : { stop }),
        ...(document === undefined
          ? {}
          : { documents: [{ type: 'pod', sha256: document, mediaType: 'application/pdf' }] }),
      }),
  )

const reportArbitrary: fc.Arbitrary<Fact> = fc
  .record({
    events: fc.array(scanArbitrary, { minLength: 1, maxLength: 5 }),
    recorded: fc.integer({ min: 0, max: 240 }),
    source: fc.constantFrom('a', 'b'),
    summary: fc.option(fc.constantFrom('delivered', 'in_transit', 'cancelled'), { nil: undefined, freq: 3 }),
    signedBy: fc.option(fc.constant('A. Person'), { nil: undefined, freq: 5 }),
    about: fc.constantFrom(undefined, undefined, 'T1', 'T2', 'PRO-77'),
  })
  .map(({ events, recorded, source, summary, signedBy, about }) => {
    const report: Partial<TrackingReport> = {
      ...(summary === undefined ? {} : { summary: { code: summary, rawCode: summary } }),
      ...(signedBy === undefined ? {} : { signedBy }),
    }
    const told = about === undefined ? events : events.map((event) => ({ ...event, package: about }))
    return tracked(told, { recorded, source, report })
  })

const planArbitrary: fc.Arbitrary<Fact> = fc
  .record({
    event: fc.constantFrom(
      'planned',
      'tendered',
      'tender_declined',
      'booked',
      'label_created',
      'cancelled',
      'packed',
      'carrier_reassigned' as const,
    ),
    hours: fc.nat(200),
    packages: fc.constantFrom(undefined, ['P1'], ['P1', 'P2'], ['P2', 'P3']),
    cancelled: fc.boolean(),
    promise: fc.option(fc.nat(200), { nil: undefined }),
    stops: fc.boolean(),
  })
  .map(({ event, hours, packages, cancelled, promise, stops }) =>
    planned(event, hours, {
      ...(packages === undefined
        ? {}
        : {
            packages: packages.map((id) => ({
              id,
              trackingNumber: id.replace('P', 'T'),
              ...(cancelled && id === 'P2' ? { cancelled } : {}),
            })),
          }),
      ...(promise === undefined ? {} : { promise: { to: at(promise) } }),
      ...(stops
        ? {
            stops: [
              { seq: 1, type: 'delivery', final: false },
              { seq: 2, type: 'delivery', final: true },
            ],
          }
        : {}),
    }),
  )

const history = fc.array(fc.oneof({ weight: 3, arbitrary: reportArbitrary }, { weight: 1, arbitrary: planArbitrary }), {
  minLength: 1,
  maxLength: 8,
})

/** Every scan in a message of its own; all else that the message said goes with each of them. */
function split(facts: readonly Fact[]): Fact[] {
  return facts.flatMap((one) =>
    one.type === 'tracking.reported'
      ? (one.data as TrackingReport).events.map((event) => ({
          ...one,
          data: { ...(one.data as TrackingReport), events: [event] },
        }))
      : [one],
  )
}

describe('what is known of a shipment does not depend on', () => {
  test('the order in which messages come, nor on how often', () => {
    fc.assert(
      fc.property(
        history.chain((facts) =>
          fc.record({
            facts: fc.constant(facts),
            shuffled: fc
              .tuple(fc.shuffledSubarray(facts, { minLength: facts.length }), fc.subarray(facts))
              .chain(([all, twice]) =>
                fc.shuffledSubarray([...all, ...twice], { minLength: all.length + twice.length }),
              ),
          }),
        ),
        ({ facts, shuffled }) => {
          expect(standing(folded(shuffled))).toEqual(standing(folded(facts)))
        },
      ),
      { numRuns: 400 },
    )
  })

  test('whether a message brings five scans or five messages one each', () => {
    fc.assert(
      fc.property(history, (facts) => {
        const without = facts.map((one) => {
          const { summary: _, ...data } = one.data as TrackingReport
          return { ...one, data }
        })
        expect(standing(folded(split(without)))).toEqual(standing(folded(without)))
      }),
      { numRuns: 300 },
    )
  })

  test('when a duplicate comes once more, much later', () => {
    fc.assert(
      fc.property(history, fc.nat(), (facts, which) => {
        const one = facts[which % facts.length] as Fact
        const state = folded(facts)
        expect(standing(folded([{ ...one, id: 'again' }], state))).toEqual(standing(state))
      }),
      { numRuns: 200 },
    )
  })
})

const statuses = Object.keys(statusRank) as ShipmentStatus[]
const over: readonly ShipmentStatus[] = ['delivered', 'returned', 'lost', 'disposed']

describe('a shipment of two packages', () => {
  test.each(statuses.flatMap((one) => statuses.map((other) => [one, other] as const)))('%s and %s', (one, other) => {
    expect(combine([one, other])).toBe(wanted(one, other))
    expect(combine([other, one])).toBe(combine([one, other]))
  })

  /** The rule of the model, said another way: ignore the cancelled, the slowest active one counts, else the best end. */
  function wanted(one: ShipmentStatus, other: ShipmentStatus): ShipmentStatus {
    if (one === 'cancelled') return other
    if (other === 'cancelled') return one
    const active = [one, other].filter((status) => !over.includes(status))
    if (active.length === 1) return active[0] as ShipmentStatus
    if (active.length === 2) return statusRank[one] < statusRank[other] ? one : other
    return over.find((status) => status === one || status === other) as ShipmentStatus
  }

  const two = planned('packed', 1, {
    packages: [
      { id: 'P1', trackingNumber: '1Z 1' },
      { id: 'P2', trackingNumber: '1z-2', sscc: '(00)106141412345678908' },
    ],
  })
  const numbered = (number: string, code: string, hours: number) =>
    tracked([scan('picked_up', 2, { package: number }), scan(code, hours, { package: number })])
  const unnumbered = planned('packed', 1, { packages: [{ id: 'P1' }, { id: 'P2', sscc: '106141412345678908' }] })

  test('is not delivered while the carrier follows one of them on the road', () => {
    const state = folded([two, numbered('1Z1', 'delivered', 20), numbered('1Z2', 'in_transit', 19)])
    expect(state.projection).toMatchObject({
      status: 'in_transit',
      progress: { total: 2, delivered: 1, partial: false },
      packages: { P1: 'delivered', P2: 'in_transit' },
    })
  })

  test('is not delivered while nothing was heard of the other', () => {
    expect(folded([two, numbered('1Z1', 'delivered', 20)]).projection.status).toBe('planned')
    expect(folded([numbered('1Z1', 'delivered', 20), two]).projection.status).toBe('planned')
  })

  test('knows a package by its tracking number, its SSCC or its own name', () => {
    for (const name of ['1Z2', '106141412345678908', 'P2']) {
      const named = tracked([scan('delivered', 20, { package: name })])
      expect(folded([two, named]).projection.packages).toEqual({ P1: 'planned', P2: 'delivered' })
    }
  })

  test('where packages have no tracking numbers, the number that is followed speaks of all of them', () => {
    const state = folded([unnumbered, numbered('PRO-77', 'delivered', 20)])
    expect(state.projection).toMatchObject({ status: 'delivered', progress: { total: 2, delivered: 2 } })
  })

  test('where they have, a number that none of them has is one more package', () => {
    const state = folded([two, numbered('1Z9', 'delivered', 20)])
    expect(state.projection).toMatchObject({ status: 'planned', progress: { total: 3, delivered: 1 } })
  })

  test('whom nobody described is counted by what is followed', () => {
    const state = folded([numbered('1Z1', 'delivered', 20), numbered('1Z2', 'in_transit', 20)])
    expect(state.projection).toMatchObject({ status: 'in_transit', progress: { total: 2, delivered: 1 } })
  })

  test('trouble of all is one exception, trouble of one names it', () => {
    const all = folded([unnumbered, numbered('PRO-77', 'delayed', 5)])
    expect(all.projection.exceptions).toHaveLength(1)
    expect(all.projection.exceptions[0]?.package).toBeUndefined()
    const one = folded([two, numbered('1Z2', 'delayed', 5)])
    expect(one.projection.exceptions.map((open) => open.package)).toEqual(['P2'])
  })

  test('what went back and what was delivered is a part delivery', () => {
    const state = folded([two, numbered('1Z1', 'delivered', 20), numbered('1Z2', 'returned', 40)])
    expect(state.projection).toMatchObject({ status: 'delivered', progress: { total: 2, delivered: 1, partial: true } })
  })

  test('a cancelled package does not count, and without any other the shipment is cancelled', () => {
    const without = (ids: readonly string[]) =>
      planned('described', 3, { packages: ids.map((id) => ({ id, cancelled: true })) })
    expect(folded([two, numbered('1Z1', 'delivered', 20), without(['P2'])]).projection).toMatchObject({
      status: 'delivered',
      progress: { total: 1, delivered: 1, partial: false },
    })
    expect(folded([two, without(['P1', 'P2'])]).projection.status).toBe('cancelled')
  })

  test('one more package reopens the shipment and un-delivers none', () => {
    const delivered = [two, numbered('1Z1', 'delivered', 20), numbered('1Z2', 'delivered', 20)]
    const more = planned('packed', 21, { packages: [{ id: 'P3', trackingNumber: '1Z3' }] })
    expect(folded(delivered).projection.status).toBe('delivered')
    expect(folded([...delivered, more]).projection).toMatchObject({
      status: 'planned',
      packages: { P1: 'delivered', P2: 'delivered', P3: 'planned' },
    })
  })

  test('is proven when each has its proof, or all have one together', () => {
    const proof = (number?: string) => scanned('pod_received', 21, number === undefined ? {} : { package: number })
    const delivered = [two, numbered('1Z1', 'delivered', 20), numbered('1Z2', 'delivered', 20)]
    expect(folded([...delivered, proof('1Z1')]).projection.proven).toBe(1)
    expect(folded([...delivered, proof('1Z1'), proof('1Z2')]).projection.proven).toBe(2)
    expect(folded([...delivered, proof()]).projection.proven).toBe(2)
  })

  test('is proven by a signature as far as it goes, once the goods are there', () => {
    const signed = (code: string, hours: number, ...numbers: readonly string[]) =>
      tracked(
        numbers.map((number) => scan(code, hours, { package: number })),
        { report: { signedBy: 'A. Person' } },
      )
    const delivered = [two, numbered('1Z1', 'delivered', 20), numbered('1Z2', 'delivered', 20)]
    expect(folded([...delivered, signed('delivered', 20, '1Z1')]).projection).toMatchObject({ proven: 1, proofs: 1 })
    expect(folded([...delivered, signed('delivered', 20, '1Z1', '1Z2')]).projection.proven).toBe(2)
    expect(folded([two, signed('out_for_delivery', 9, '1Z1')]).projection).toMatchObject({ proven: 0, proofs: 0 })
  })

  test('has one declined tender, whatever was heard of its packages', () => {
    const declined = [two, planned('tendered', 1), planned('tender_declined', 1.5)]
    const heard = ['1Z1', '1Z2'].map((number) => scanned('info', 2, { package: number }))
    const { exceptions } = folded([...declined, ...heard]).projection
    expect(exceptions.map(({ category, package: about }) => [category, about])).toEqual([
      ['tender_declined', undefined],
    ])
  })

  test('is summed up package by package', () => {
    const summed = (number: string, code: string) =>
      tracked([scan('picked_up', 2, { package: number }), scan('delivered', 20, { package: number })], {
        report: { summary: { code, rawCode: code } },
      })
    expect(categories(folded([two, summed('1Z1', 'delivered')]))).toEqual([])
    const { exceptions } = folded([two, summed('1Z1', 'lost')]).projection
    expect(exceptions.map(({ category, package: about }) => [category, about])).toEqual([['summary_conflict', 'P1']])
  })
})

describe('a route of several stops', () => {
  const route = planned('booked', 0.5, {
    stops: [
      { seq: 1, type: 'pickup', final: false },
      { seq: 2, type: 'delivery', final: false },
      { seq: 3, type: 'delivery', final: true },
    ],
  })
  const picked = scanned('picked_up', 1)

  test.each(['delivered', 'unloaded', 'departed_delivery', 'received_at_destination'])(
    '%s at a stop on the way is not the end',
    (code) => {
      const half = scanned(code, 5, { stop: { seq: 2, final: false } })
      expect(folded([route, picked, half]).projection.status).toBe('picked_up')
      expect(folded([route, picked, half, scanned(code, 9, { stop: { seq: 3, final: true } })]).projection.status).toBe(
        'delivered',
      )
    },
  )

  test('a delivery that names no stop moves nothing and asks a person', () => {
    const state = folded([route, picked, scanned('delivered', 5)])
    expect(state.projection.status).toBe('picked_up')
    expect(categories(state)).toEqual(['other'])
  })
})

describe('what the carrier sums up', () => {
  const summed = (code: string, events: readonly ReportedEvent[]) =>
    tracked(events, { report: { summary: { code, rawCode: code } } })

  test('never moves the status, and a contradiction is shown', () => {
    const state = folded([summed('shipment_info_received', [scan('picked_up', 1), scan('delivered', 5)])])
    expect(state.projection.status).toBe('delivered')
    expect(categories(state)).toEqual(['summary_conflict'])
  })

  test('of before the newest scan contradicts nothing', () => {
    const old = summed('in_transit', [scan('picked_up', 1)])
    expect(categories(folded([old, scanned('delivered', 5)]))).toEqual([])
    expect(categories(folded([scanned('delivered', 5), old]))).toEqual([])
  })

  test('in fewer words agrees, and "delivered" on the way back means returned', () => {
    expect(categories(folded([summed('in_transit', [scan('picked_up', 1)])]))).toEqual([])
    const back = [scan('picked_up', 1), scan('return_started', 3), scan('delivered', 5)]
    expect(folded([summed('delivered', back)]).projection.status).toBe('returned')
    expect(categories(folded([summed('delivered', back)]))).toEqual([])
  })

  test('said again with each message is one exception', () => {
    const first = folded([summed('cancelled', [scan('picked_up', 1)])])
    const again = folded([
      summed('cancelled', [scan('picked_up', 1)]),
      summed('cancelled', [scan('picked_up', 1), scan('in_transit', 3)]),
    ])
    expect(again.projection.exceptions.map(({ id }) => id)).toEqual(first.projection.exceptions.map(({ id }) => id))
  })
})
