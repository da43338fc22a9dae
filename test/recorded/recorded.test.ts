import { afterAll, describe, expect, test } from 'vitest'
import * as aftership from '../../src/connectors/aftership/codes.ts'
import * as dhl from '../../src/connectors/dhl/codes.ts'
import * as easypost from '../../src/connectors/easypost/codes.ts'
import * as genericCarrier from '../../src/connectors/generic-carrier/codes.ts'
import { trackedEvents } from '../../src/connectors/kit/conformance.ts'
import { playInbound } from '../../src/connectors/kit/golden.ts'
import type { StatusTable } from '../../src/connectors/kit/status-table.ts'
import * as shippo from '../../src/connectors/shippo/codes.ts'
import type { Assertion } from '../../src/model/fact.ts'
import type { TrackingReport } from '../../src/model/report.ts'
import { estranged, oneByOne, openHub, shuffled, standing } from './history.ts'
import { doors, ownPayloads, type Payload, payloadsIn } from './payload.ts'

/**
 * Runs over our own fixtures, and over any folder of recorded payloads that INTERLINE_RECORDED_PAYLOADS names; then the figures are
 * printed. A payload in a folder that is named after a connector is meant for that connector; all are thrown at all.
 */
const folder = process.env.INTERLINE_RECORDED_PAYLOADS
const sets = [
  { title: 'our own fixtures', payloads: ownPayloads() },
  ...(folder === undefined ? [] : [{ title: folder, payloads: payloadsIn(folder) }]),
]
const figures: Record<string, Record<string, number>> = {}
const ways = 20

const codes: Readonly<Record<string, Readonly<Record<string, StatusTable>>>> = {
  aftership: { ...aftership },
  dhl: { ...dhl },
  easypost: { ...easypost },
  'generic-carrier': { ...genericCarrier },
  shippo: { ...shippo },
}

afterAll(() => {
  if (folder !== undefined) console.table(figures)
})

describe.each(sets)('$title', ({ title, payloads }) => {
  const count = (connector: string, what: string, by = 1): void => {
    const row = (figures[`${title === folder ? 'recorded' : 'own'} ${connector}`] ??= {})
    row[what] = (row[what] ?? 0) + by
  }
  const meant = (id: string): Payload[] => payloads.filter(({ connector }) => connector === id)
  /** Those that are tracking and can be read. */
  const tracking = (id: string): { payload: Payload; assertions: readonly Assertion[] }[] => {
    const connector = doors.find((one) => one.id === id)
    return meant(id).flatMap((payload) => {
      const outcome = connector === undefined ? undefined : playInbound(connector, payload.body, formatOf(payload))
      const isTracking = outcome !== undefined && trackedEvents(outcome).length > 0
      return isTracking && 'translation' in outcome && 'assertions' in outcome.translation
        ? [{ payload, assertions: outcome.translation.assertions }]
        : []
    })
  }

  test('there is something to try', () => {
    expect(payloads.length).toBeGreaterThan(title === folder ? 0 : 60)
  })

  test.each(doors)('$id takes all of it without a fault', ({ id, ...connector }) => {
    for (const payload of payloads) {
      // Whatever is not understood is an error of the table; any other failure is thrown and fails here.
      const outcome = playInbound({ id, ...connector }, payload.body, formatOf(payload))
      if (payload.connector !== id) continue
      count(id, 'payloads')
      if ('error' in outcome) count(id, outcome.error.code)
      if (!('translation' in outcome)) continue
      if ('ignored' in outcome.translation) count(id, 'ignored')
      else {
        count(id, 'translated')
        count(id, 'unknown codes', outcome.translation.unknownCodes?.length ?? 0)
        count(id, 'scans', trackedEvents(outcome).length)
        count(id, 'unmapped scans', trackedEvents(outcome).filter(({ confidence }) => confidence === 'unmapped').length)
      }
    }
  })

  test.each(Object.keys(codes))('%s comes to the same state in whatever order and however often it is told', (id) => {
    const told = tracking(id)
    const all = openHub()
    for (const { payload } of told) all.receiveBytes(id, payload.body)
    const expected = standing(all)
    for (let seed = 1; seed <= ways; seed++) {
      const hub = openHub()
      for (const { payload } of shuffled(told, seed)) hub.receiveBytes(id, payload.body)
      expect(standing(hub)).toEqual(expected)
      count(id, 'shuffles')
    }
    count(id, 'shipments', Object.keys(expected).length)
  })

  test.each(Object.keys(codes))('%s told scan by scan comes to one state, whatever the order of the scans', (id) => {
    const scans = tracking(id).flatMap(({ assertions }) => oneByOne(assertions))
    const tell = (order: readonly Assertion[]): unknown => {
      const hub = openHub()
      for (const scan of order) hub.tell(id, [scan])
      return standing(hub)
    }
    const expected = tell(scans)
    for (let seed = 1; seed <= ways; seed++) expect(tell(shuffled(scans, seed))).toEqual(expected)
  })

  test.each(Object.keys(codes))('%s with codes that nobody maps keeps and counts them, and moves no shipment', (id) => {
    const known = new Set(Object.values(codes[id] ?? {}).flatMap(({ rows }) => Object.keys(rows)))
    for (const { payload, assertions } of tracking(id)) {
      // A message that is nothing but a proof of delivery has no code of a carrier.
      if (!assertions.some(({ data }) => codesOf(data).some((code) => code !== 'pod_received'))) continue
      const hub = openHub()
      hub.receiveBytes(id, estranged(payload, known).body)
      const shipments = Object.values(standing(hub)) as { status: string; unmapped: number }[]
      expect(
        shipments.map(({ status }) => status),
        payload.name,
      ).toEqual(shipments.map(() => 'planned'))
      expect(
        shipments.reduce((sum, { unmapped }) => sum + unmapped, 0),
        payload.name,
      ).toBeGreaterThan(0)
      expect(hub.unknownCodes.length, payload.name).toBeGreaterThan(0)
      count(id, 'estranged')
    }
  })
})

function codesOf(data: unknown): readonly string[] {
  return (data as TrackingReport).events.map(({ code }) => code)
}

function formatOf({ name }: Payload): 'csv' | 'json' {
  return name.endsWith('.csv') ? 'csv' : 'json'
}
