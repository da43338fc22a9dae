import { expect, test } from 'vitest'
import { readJson } from '../../base/json.ts'
import { trackedEvents } from '../kit/conformance.ts'
import { translate } from './tracking.ts'

function codesOf(subtag: string): { code: unknown; unknown: unknown } {
  const checkpoint = { tag: 'InTransit', subtag, checkpoint_time: '2026-02-05T12:00:00+01:00' }
  const message = {
    event: 'tracking_update',
    event_id: '1',
    msg: { tracking_number: 'NP1', checkpoints: [checkpoint] },
  }
  const content = readJson(new TextEncoder().encode(JSON.stringify(message)))
  const translation = translate(
    { bytes: new Uint8Array(), contentType: 'application/json', headers: {}, content },
    { settings: { unknownShipments: 'create' }, connection: 'c', receivedAt: 0, messageId: 'm' },
  )
  if ('ignored' in translation) throw new Error(translation.ignored)
  const events = trackedEvents({ translation })
  return { code: events.map(({ code, confidence }) => `${code} ${confidence}`), unknown: translation.unknownCodes }
}

test('a sub-tag that was only seen in copies of the table is used, and marked as inferred', () => {
  expect(codesOf('InTransit_003')).toEqual({ code: ['arrived_at_facility inferred'], unknown: [] })
  expect(codesOf('InTransit_006')).toEqual({ code: ['customs_started inferred'], unknown: [] })
})

test('a sub-tag that no table has says no more than its tag, and is counted', () => {
  expect(codesOf('InTransit_099')).toEqual({
    code: ['in_transit inferred'],
    unknown: [{ table: 'aftership-subtag', code: 'InTransit_099' }],
  })
})

test('one tracking that was asked for is read, and a place that only the name of a country tells is its name', () => {
  const checkpoint = {
    tag: 'InTransit',
    checkpoint_time: '2026-02-05T12:00:00',
    country_iso3: null,
    country_name: 'VALENCIA - SPAIN',
  }
  const answer = { meta: { code: 200 }, data: { tracking: { tracking_number: 'NP1', checkpoints: [checkpoint] } } }
  const content = readJson(new TextEncoder().encode(JSON.stringify(answer)))
  const translation = translate(
    { bytes: new Uint8Array(), contentType: 'application/json', headers: {}, content },
    { settings: { unknownShipments: 'create' }, connection: 'c', receivedAt: 0, messageId: 'm' },
  )
  expect(trackedEvents({ translation }).map(({ place }) => place)).toEqual([{ name: 'VALENCIA - SPAIN' }])
})

test('a record of proof proves the delivery that stands beside it, and none where nothing was delivered', () => {
  const codes = (tag: string, records: unknown): readonly string[] => {
    const checkpoint = { tag, checkpoint_time: '2026-02-05T12:00:00+01:00' }
    const tracking = { tracking_number: 'NP1', checkpoints: [checkpoint], proof_of_delivery: records }
    const content = readJson(new TextEncoder().encode(JSON.stringify({ data: { tracking } })))
    const translation = translate(
      { bytes: new Uint8Array(), contentType: 'application/json', headers: {}, content },
      { settings: { unknownShipments: 'create' }, connection: 'c', receivedAt: 0, messageId: 'm' },
    )
    return trackedEvents({ translation }).map(({ code }) => code)
  }
  expect(codes('Delivered', [{}])).toEqual(['delivered', 'pod_received'])
  expect(codes('Delivered', [])).toEqual(['delivered'])
  expect(codes('Delivered', null)).toEqual(['delivered'])
  expect(codes('InTransit', [{}])).toEqual(['in_transit'])
})
