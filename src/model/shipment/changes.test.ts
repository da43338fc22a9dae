import { describe, expect, test } from 'vitest'
import { at, fact, folded, last, planned, scan, scanned, tracked, types } from './scans.contract.ts'

const label = scanned('label_created', 1)
const picked = scanned('picked_up', 2)
const delivered = scanned('delivered', 20)

describe('what a shipment tells', () => {
  test('five new scans of one message are one fact, with where they lead', () => {
    const codes = ['label_created', 'picked_up', 'departed_facility', 'arrived_at_facility', 'out_for_delivery']
    const { facts } = last([tracked(codes.map((code, index) => scan(code, index + 1)))])
    expect(types(facts)).toEqual(['tracking.events_recorded', 'shipment.status_changed', 'shipment.out_for_delivery'])
    expect(facts[0]).toMatchObject({ data: { events: codes.map((code) => ({ code })) } })
    expect(facts[1]).toMatchObject({ occurredAt: at(5), data: { from: 'planned', to: 'out_for_delivery' } })
  })

  test('an answer to an offer is that of whoever gave it, whoever was offered the load since', () => {
    const offers = [planned('tendered', 1, { carrier: 'haul' }), planned('tendered', 3, { carrier: 'moor' })]
    const late = last([...offers, planned('tender_declined', 4, { carrier: 'haul' })])
    expect(late.facts.find(({ type }) => type === 'shipment.tender_declined')?.data).toMatchObject({ carrier: 'haul' })
    const unnamed = last([...offers, planned('tender_declined', 4)])
    expect(unnamed.facts.find(({ type }) => type === 'shipment.tender_declined')?.data).toMatchObject({
      carrier: 'moor',
    })
    const both = last([
      ...offers,
      planned('tender_declined', 4, { carrier: 'moor' }),
      planned('tender_declined', 4, { carrier: 'haul' }),
    ])
    expect(both.facts.find(({ type }) => type === 'shipment.tender_declined')?.data).toMatchObject({ carrier: 'haul' })
  })

  test('a message that says nothing new tells nothing', () => {
    const again = last([label, picked, { ...picked, id: 'again', recordedAt: at(9) }])
    expect(again.facts).toEqual([])
    expect(again.timers).toEqual([])
  })

  test('a scan that comes again without its trailer is no news; one that comes again with it is amended', () => {
    const bare = scanned('departed_facility', 4)
    const trailer = scanned('departed_facility', 4, { equipment: 'TRL4711' }, { recorded: 9 })
    expect(last([picked, trailer, bare]).facts).toEqual([])
    expect(last([picked, bare, trailer]).facts).toMatchObject([
      { type: 'tracking.event_amended', data: { events: [{ code: 'departed_facility', equipment: 'TRL4711' }] } },
    ])
    const other = scanned('departed_facility', 4, { equipment: 'TRL4712' })
    expect(types(last([picked, trailer, other]).facts)).toContain('tracking.events_recorded')
  })

  test('a document for a known scan is a proof and no new scan', () => {
    const document = { type: 'pod', sha256: 'a'.repeat(64), mediaType: 'application/pdf' }
    const proven = scanned('delivered', 20, { documents: [document] }, { recorded: 30 })
    expect(types(last([picked, delivered, proven]).facts)).toEqual(['shipment.pod_received'])
    expect(types(last([picked, delivered, proven, proven]).facts)).toEqual([])
  })

  test('a document that comes after the signature is told, with the one that was known', () => {
    const paper = { type: 'pod', sha256: 'a'.repeat(64), mediaType: 'application/pdf' }
    const picture = { type: 'photo', uri: 'https://pod.example.com/1' }
    const signed = scanned('pod_received', 21)
    const first = scanned('pod_received', 21, { documents: [paper] }, { recorded: 30 })
    const second = scanned('pod_received', 21, { documents: [picture] }, { recorded: 31 })
    const told = last([picked, delivered, signed, first, second])
    expect(told.facts).toMatchObject([
      { type: 'shipment.pod_received', data: { proofs: 1, documents: [paper.sha256, picture.uri] } },
    ])
    expect(types(last([picked, delivered, signed, first, second, first]).facts)).toEqual([])
  })

  test('proof that was there before the packing list is told again when the list comes', () => {
    const proven = scanned('pod_received', 21)
    const listed = planned('packed', 22, { packages: [{ id: 'P1' }] })
    const told = last([picked, delivered, proven, listed]).facts.find(({ type }) => type === 'shipment.pod_received')
    expect(told?.data).toMatchObject({ progress: { total: 1, delivered: 1 }, proven: 1 })
    expect(types(last([picked, delivered, listed]).facts)).not.toContain('shipment.pod_received')
  })

  test('facts of one cause have rules of their own, so that their ids differ', () => {
    const document = { type: 'pod', sha256: 'a'.repeat(64), mediaType: 'application/pdf' }
    const { facts } = last([
      planned('booked', 1, { packages: [{ id: 'P1' }, { id: 'P2' }] }),
      tracked([
        scan('delayed', 2),
        scan('unknown', 3),
        scan('damaged', 4, { package: 'P1' }),
        scan('delivered', 5, { package: 'P1', documents: [document] }),
      ]),
    ])
    const rules = facts.map(({ rule }) => rule)
    expect(new Set(rules).size).toBe(rules.length)
    expect(types(facts)).toContain('shipment.partially_delivered')
    expect(types(facts)).toContain('shipment.pod_received')
    expect(types(facts)).toContain('package.status_changed')
    expect(types(facts)).toContain('tracking.event_unmapped')
  })

  test('a late scan changes history and not the status', () => {
    const { facts, state } = last([picked, delivered, scanned('arrived_at_facility', 9, {}, { recorded: 30 })])
    expect(state.projection.status).toBe('delivered')
    expect(facts.find(({ type }) => type === 'shipment.milestone_reached')?.data).toEqual({
      milestones: [{ code: 'arrived_at_facility', occurredAt: at(9), backfilled: true }],
    })
    expect(types(facts)).not.toContain('shipment.status_changed')
  })

  test('an unknown code is kept, told, and moves nothing', () => {
    const { facts, state } = last([picked, scanned('unknown', 9)])
    expect(types(facts)).toEqual(['tracking.event_unmapped'])
    expect(state.projection).toMatchObject({ status: 'picked_up', unmapped: 1, lastEvent: { code: 'picked_up' } })
  })

  test('an amended and a retracted scan are told as such', () => {
    const first = scanned('delivered', 20, { sourceEventId: 'e1', updatedAt: at(20) })
    const amended = scanned('delivered', 21, { sourceEventId: 'e1', updatedAt: at(22), action: 'amend' })
    const retracted = scanned('delivered', 21, { sourceEventId: 'e1', updatedAt: at(24), action: 'retract' })
    expect(types(last([picked, first, amended]).facts)).toEqual([
      'tracking.event_amended',
      'shipment.milestone_reached',
    ])
    const back = last([picked, first, amended, retracted])
    expect(types(back.facts)).toEqual(['tracking.event_retracted', 'shipment.status_changed', 'shipment.picked_up'])
  })

  test('a new promise keeps the first one', () => {
    const promise = (hours: number, told: number) => planned('described', told, { promise: { to: at(hours) } })
    const { state, facts } = last([promise(40, 1), promise(60, 5)])
    expect(state.about.promise).toEqual({ initial: { to: at(40) }, current: { to: at(60) } })
    expect(types(facts)).toEqual(['shipment.promise_changed'])
    expect(folded([promise(60, 5), promise(40, 1)]).about.promise).toEqual(state.about.promise)
    expect(folded([promise(60, 5), promise(50, 3), promise(40, 1)]).about.promise).toEqual(state.about.promise)
  })

  test('facts that only tell what was folded change nothing', () => {
    const { facts, state } = last([picked, fact('shipment.status_changed', { from: 'planned', to: 'lost' })])
    expect(facts).toEqual([])
    expect(state).toEqual(folded([picked]))
  })
})
