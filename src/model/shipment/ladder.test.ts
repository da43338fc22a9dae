import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../fact.ts'
import { rank } from './ladder.ts'
import { at, folded, hour, scan, scanned, start, time, tracked } from './scans.contract.ts'

function counted(facts: readonly Fact[]): string[] {
  return rank(folded(facts).events)
    .filter(({ duplicate }) => !duplicate)
    .map(({ event }) => event.code)
}

function standing(facts: readonly Fact[]) {
  const { status, exceptions, milestones, progress, attempts } = folded(facts).projection
  return { status, exceptions, milestones, progress, attempts }
}

describe('one source event id is one event', () => {
  const record = scanned('delivered', 20, { sourceEventId: 'e1', updatedAt: at(20) })
  const amend = scanned(
    'out_for_delivery',
    20,
    { sourceEventId: 'e1', updatedAt: at(22), action: 'amend' },
    { recorded: 22 },
  )
  const retract = scanned(
    'delivered',
    20,
    { sourceEventId: 'e1', updatedAt: at(24), action: 'retract' },
    { recorded: 24 },
  )
  const again = scanned(
    'available_for_pickup',
    20,
    { sourceEventId: 'e1', updatedAt: at(26), action: 'amend' },
    { recorded: 26 },
  )
  const picked = scanned('picked_up', 2)

  test('its newest version counts', () => {
    expect(folded([picked, record]).projection.status).toBe('delivered')
    expect(folded([picked, record, amend]).projection.status).toBe('out_for_delivery')
    expect(folded([picked, record, amend, retract]).projection.status).toBe('picked_up')
    expect(folded([picked, record, amend, retract, again]).projection.status).toBe('available_for_pickup')
  })

  test('amend, retract, amend: every order ends the same', () => {
    const wanted = standing([picked, record, amend, retract, again])
    fc.assert(
      fc.property(fc.shuffledSubarray([picked, record, amend, retract, again], { minLength: 5 }), (facts) => {
        expect(standing(facts)).toEqual(wanted)
      }),
      { numRuns: 120 },
    )
  })

  test('at the same time a retraction wins, in both orders', () => {
    const tie = scanned('delivered', 20, { sourceEventId: 'e1', updatedAt: at(20), action: 'retract' })
    expect(folded([picked, record, tie]).projection.status).toBe('picked_up')
    expect(folded([picked, tie, record]).projection.status).toBe('picked_up')
  })

  test('without an updating time the later received one counts', () => {
    const early = scanned('in_transit', 5, { sourceEventId: 'e2' }, { recorded: 6 })
    const later = scanned('delivered', 5, { sourceEventId: 'e2' }, { recorded: 7 })
    expect(counted([early, later])).toEqual(['delivered'])
    expect(counted([later, early])).toEqual(['delivered'])
  })

  test('the same id of another source is another event', () => {
    const one = scanned('picked_up', 5, { sourceEventId: '1' }, { source: 'a' })
    const other = scanned('departed_facility', 8, { sourceEventId: '1' }, { source: 'b' })
    expect(counted([one, other])).toEqual(['picked_up', 'departed_facility'])
  })

  test('a retracted first occurrence promotes the next', () => {
    const first = scanned('arrived_at_facility', 4, { sourceEventId: 'f1', place: { city: 'Ulm' } })
    const second = scanned('arrived_at_facility', 9, { sourceEventId: 'f2', place: { city: 'Köln' } })
    const gone = scanned('arrived_at_facility', 4, {
      sourceEventId: 'f1',
      place: { city: 'Ulm' },
      action: 'retract',
      updatedAt: at(10),
    })
    expect(folded([first, second]).projection.milestones).toEqual({ arrived_at_facility: start + 4 * hour })
    expect(folded([first, second, gone]).projection.milestones).toEqual({ arrived_at_facility: start + 9 * hour })
  })
})

describe('equal content is one event', () => {
  test('to the minute, whatever the case of the place', () => {
    const one = scanned('arrived_at_facility', 4, { place: { city: 'Ulm' } })
    const same = scanned('arrived_at_facility', 4 + 20 / 3600, { place: { city: 'ULM' } })
    const elsewhere = scanned('arrived_at_facility', 4, { place: { city: 'Köln' } })
    const later = scanned('arrived_at_facility', 4 + 1 / 60, { place: { city: 'Ulm' } })
    expect(counted([one, same])).toHaveLength(1)
    expect(counted([one, elsewhere])).toHaveLength(2)
    expect(counted([one, later])).toHaveLength(2)
  })

  test('with and without its trailer or place it is one scan, and the one that says more counts', () => {
    const bare = scanned('departed_facility', 4)
    const placed = scanned('departed_facility', 4, { place: { city: 'Ulm' } })
    const trailer = scanned('departed_facility', 4, { equipment: 'TRL4711', place: { city: 'Ulm', country: 'DE' } })
    const other = scanned('departed_facility', 4, { equipment: 'TRL4712', place: { city: 'Ulm', country: 'DE' } })
    const shown = (facts: readonly Fact[]) =>
      rank(folded(facts).events).flatMap(({ duplicate, event }) => (duplicate ? [] : [event.equipment]))
    fc.assert(
      fc.property(fc.shuffledSubarray([bare, placed, trailer, bare, trailer], { minLength: 5 }), (facts) => {
        expect(shown(facts)).toEqual(['TRL4711'])
      }),
    )
    // Two trailers that leave together are two; a scan that names neither adds none.
    for (const facts of [
      [other, bare, trailer],
      [trailer, placed, other],
    ])
      expect(shown(facts)).toEqual(['TRL4711', 'TRL4712'])
  })

  test('a scan that says less is another one at another minute, of another package, or from another place', () => {
    const trailer = scanned('departed_facility', 4, { equipment: 'TRL4711', place: { city: 'Ulm' } })
    for (const other of [
      scanned('departed_facility', 4 + 1 / 60),
      scanned('departed_facility', 4, { package: 'P1' }),
      scanned('departed_facility', 4, { place: { city: 'Köln' } }),
      scanned('departed_facility', 4, { classifier: 'estimated' }),
    ])
      expect(counted([trailer, other])).toHaveLength(2)
  })

  test('unknown codes are told apart by what the source wrote', () => {
    const raw = (code: string) => scanned('unknown', 4, { raw: { codeSystem: 'x', code } })
    expect(counted([raw('AO'), raw('IP'), raw('AO')])).toHaveLength(2)
  })

  test('two attempts are two, one attempt told twice is one', () => {
    const first = scanned('delivery_attempted', 30)
    const second = scanned('delivery_attempted', 54)
    expect(folded([first, first, second, first]).projection.attempts).toBe(2)
  })

  test('which of two stated reasons counts does not depend on who came first', () => {
    const because = (category: string) => scanned('exception', 5, { reason: { category } })
    const one = folded([because('weather'), because('mechanical')]).projection.exceptions
    const other = folded([because('mechanical'), because('weather')]).projection.exceptions
    expect(one).toEqual(other)
    expect(one).toHaveLength(1)
  })

  test('a scan keeps the time when it was first received', () => {
    const early = scanned('picked_up', 5, {}, { recorded: 6 })
    const again = scanned('picked_up', 5, {}, { recorded: 9 })
    for (const facts of [
      [early, again],
      [again, early],
    ])
      expect(folded(facts).projection.lastEvent?.received).toBe(start + 6 * hour)
  })

  test('a document that comes later with the same scan is kept', () => {
    const document = { type: 'proof_of_delivery', sha256: 'a'.repeat(64), mediaType: 'application/pdf' }
    const delivered = scanned('delivered', 20)
    const proven = scanned('delivered', 20, { documents: [document] })
    for (const facts of [
      [delivered, proven],
      [proven, delivered],
    ]) {
      const state = folded(facts)
      expect(state.events).toHaveLength(1)
      expect(state.projection).toMatchObject({ proofs: 1, proven: 1 })
    }
  })
})

describe('two sources of one shipment', () => {
  const from = (source: string, code: string, hours: number, more = {}) => scanned(code, hours, more, { source })

  test('the same scan within five minutes is one, past it two', () => {
    expect(counted([from('a', 'delivered', 20), from('b', 'delivered', 20 + 5 / 60)])).toHaveLength(1)
    expect(counted([from('a', 'delivered', 20), from('b', 'delivered', 20 + 6 / 60)])).toHaveLength(2)
  })

  test('one source never doubles itself that way', () => {
    const twice = [from('a', 'in_transit', 5), from('a', 'in_transit', 5 + 3 / 60)]
    expect(counted(twice)).toHaveLength(2)
    expect(counted([...twice, from('b', 'label_created', 1)])).toHaveLength(3)
  })

  test('a date is the same as a time of that day', () => {
    const day = { occurredAt: time(0, { precision: 'date', offsetKnown: false, local: '2026-03-02' }) }
    expect(counted([from('a', 'picked_up', 0, day), from('b', 'picked_up', 15)])).toHaveLength(1)
    expect(counted([from('a', 'picked_up', 0, day), from('b', 'picked_up', 25)])).toHaveLength(2)
    expect(counted([from('a', 'delivered', 0, day), from('b', 'delivered', 15)])).toHaveLength(1)
  })

  test('in two countries it is not the same scan', () => {
    const inCountry = (country: string) => ({ place: { country } })
    expect(
      counted([from('a', 'in_transit', 5, inCountry('DE')), from('b', 'in_transit', 5, inCountry('FR'))]),
    ).toHaveLength(2)
  })

  test('words of one status are one scan, unless one of them says that something is wrong', () => {
    expect(counted([from('a', 'arrived_at_facility', 5), from('b', 'in_transit', 5)])).toHaveLength(1)
    const both = [from('a', 'in_transit', 5), from('b', 'delivery_attempted', 5 + 1 / 60)]
    expect(counted(both)).toHaveLength(2)
    expect(folded(both).projection.attempts).toBe(1)
    const delayed = from('b', 'departed_facility', 5, { reason: { category: 'weather' } })
    expect(counted([from('a', 'in_transit', 5), delayed])).toHaveLength(2)
  })

  test('an attempt that both tell of is one', () => {
    const attempts = [from('a', 'delivery_attempted', 30), from('b', 'delivery_attempted', 30 + 2 / 60)]
    expect(folded(attempts).projection.attempts).toBe(1)
  })

  test('it is not chained: what is like a duplicate is not like the first', () => {
    const chain = [from('a', 'in_transit', 5), from('b', 'in_transit', 5 + 4 / 60), from('c', 'in_transit', 5 + 8 / 60)]
    expect(counted(chain)).toHaveLength(2)
    expect(counted(chain.toReversed())).toHaveLength(2)
  })

  test('both reports are kept', () => {
    expect(folded([from('a', 'delivered', 20), from('b', 'delivered', 20)]).events).toHaveLength(2)
  })
})

describe('the order of events', () => {
  test('is by time, then by how far they lead, then by the code list', () => {
    const events = ['delivered', 'label_created', 'picked_up', 'departed_facility', 'info'].map((code) => scan(code, 5))
    expect(rank(folded([tracked(events)]).events).map(({ event }) => event.code)).toEqual([
      'label_created',
      'picked_up',
      'info',
      'departed_facility',
      'delivered',
    ])
  })

  test('a date is the start of its day, or its end where it ends the shipment', () => {
    const day = { occurredAt: time(0, { precision: 'date' }) }
    const facts = [
      scanned('delivered', 0, day, { recorded: 30 }),
      scanned('out_for_delivery', 9),
      scanned('picked_up', 0, day),
    ]
    expect(counted(facts)).toEqual(['picked_up', 'out_for_delivery', 'delivered'])
    expect(folded(facts).projection.status).toBe('delivered')
  })

  test('late scans are inserted and everything after them is judged again', () => {
    const facts = [scanned('delivered', 20), scanned('return_started', 10, {}, { recorded: 30 })]
    expect(folded(facts.slice(0, 1)).projection.status).toBe('delivered')
    expect(folded(facts).projection.status).toBe('returned')
  })
})
