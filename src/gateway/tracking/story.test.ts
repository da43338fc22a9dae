import { expect, test } from 'vitest'
import type { ExceptionCategory, ShipmentStatus } from '../../model/shipment/codes.ts'
import { at, fact, scan, start, tracked } from '../../model/shipment/scans.contract.ts'
import { evolveShipment } from '../../model/shipment/shipment.ts'
import { emptyShipment, type ShipmentState } from '../../model/shipment/state.ts'
import { languages } from './language.ts'
import { detailOf, details, plainStateOf, plainStates } from './plain-state.ts'
import { eventWords } from './shown-event.ts'
import { storyOf } from './story.ts'

const heard = (...facts: Parameters<typeof evolveShipment>[1][]): ShipmentState =>
  facts.reduce((state, one) => evolveShipment(state, one).state, emptyShipment)

const cases: readonly (readonly [ShipmentStatus, ExceptionCategory | undefined, string, string?])[] = [
  ['planned', undefined, 'announced'],
  ['booked', 'missing_pickup', 'announced', 'not_collected'],
  ['in_transit', undefined, 'on_its_way'],
  ['in_transit', 'weather', 'on_its_way', 'delayed'],
  ['in_transit', 'customs_hold', 'problem', 'customs'],
  ['in_transit', 'recipient_unavailable', 'attempt_failed', 'nobody_there'],
  ['in_transit', 'tracking_stale', 'no_news'],
  ['in_transit', 'missing_pod', 'on_its_way'],
  ['out_for_delivery', 'delivery_attempt_failed', 'out_for_delivery'],
  ['out_for_delivery', 'address_problem', 'problem', 'address'],
  ['available_for_pickup', 'delivery_attempt_failed', 'ready_for_pickup'],
  ['delivered', 'tracking_stale', 'delivered'],
  ['delivered', 'damaged', 'delivered', 'damaged'],
  ['returning', 'refused', 'returning', 'refused'],
  ['returned', undefined, 'returning', 'returned'],
  ['cancelled', undefined, 'problem', 'cancelled'],
  ['lost', 'lost', 'problem', 'lost'],
]
test.for(cases)('%s with %s is told as %s', ([status, category, state, detail]) => {
  const exceptions = category === undefined ? [] : [{ category }]
  const progress = { total: 1, delivered: 0, partial: false }
  expect(plainStateOf(status, exceptions)).toBe(state)
  expect(detailOf({ status, exceptions: exceptions as never, progress })).toBe(detail)
})

test('every state, detail and scan has its words in every language, and no two languages share a table', () => {
  for (const { words } of Object.values(languages)) {
    for (const state of plainStates) expect(words.state[state] !== '' && words.next[state] !== '').toBe(true)
    for (const detail of details) expect(words.detail[detail]).not.toBe('')
    for (const word of eventWords) expect(words.event[word]).not.toBe('')
    const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted()
    for (const [name, text] of Object.entries(words.page))
      expect(places(text)).toEqual(places(languages.en.words.page[name as keyof typeof words.page]))
  }
  expect(new Set(Object.values(languages).map(({ words }) => words.page.title)).size).toBe(4)
})

test('scans come newest first, as the clock said there; what the carrier wrote, who signed and which street stays out', () => {
  const told = { offset: '+02:00' }
  const state = heard(
    tracked(
      [
        scan('departed_facility', 10, {
          occurredAt: { at: '2026-03-02T12:00:00+02:00', precision: 'second', offsetKnown: true },
          place: { city: 'Ghent', country: 'BE' },
        }),
        scan('delivered', 30, {
          place: { name: 'J. Peeters, Dok 4', country: 'BE' },
          raw: { codeSystem: 'test', code: 'D', text: 'Signed by J. Peeters' },
        }),
        scan('out_for_delivery', 28, { place: { name: 'Koepelstraat 12', country: 'BE' } }),
        scan('unknown', 29, { raw: { codeSystem: 'test', code: 'X', text: 'Handed to J. Peeters' } }),
      ],
      { report: { signedBy: 'J. Peeters' } },
    ),
  )
  const story = storyOf(state, start)
  expect(story.events.map(({ word }) => word)).toEqual(['delivered', 'out_for_delivery', 'departed'])
  expect(story.events.at(-1)).toMatchObject({
    at: { instant: `2026-03-02T12:00:00.000${told.offset}`, clock: 'place' },
    place: 'Ghent',
    country: 'BE',
  })
  expect(story).toMatchObject({ state: 'delivered', step: 3, isLate: false })
  expect(JSON.stringify(story)).not.toMatch(/Peeters|Koepel|Signed/)
})

test('an expected time that has gone by is late; one that is settled is not shown', () => {
  const promised = fact('shipment.reported', { event: 'planned', promise: { to: at(20) } })
  const underWay = heard(promised, tracked([scan('in_transit', 10)]))
  const late = storyOf(underWay, start + 21 * 3_600_000)
  const inTime = storyOf(underWay, start + 19 * 3_600_000)
  expect(late.expected).toEqual({ to: at(20) })
  expect([late.isLate, inTime.isLate]).toEqual([true, false])
  const there = evolveShipment(underWay, tracked([scan('delivered', 22)])).state
  expect(storyOf(there, start + 30 * 3_600_000)).toMatchObject({ isLate: false })
  expect(storyOf(there, start).expected).toBeUndefined()
})
