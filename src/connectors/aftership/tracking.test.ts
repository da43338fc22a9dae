import { expect, test } from 'vitest'
import { readJson } from '../../base/json.ts'
import { trackedEvents } from '../kit/conformance.ts'
import { translate } from './tracking.ts'

function codesOf(subtag: string, confirmedCodes: readonly string[]): { code: unknown; unknown: unknown } {
  const checkpoint = { tag: 'InTransit', subtag, checkpoint_time: '2026-02-05T12:00:00+01:00' }
  const message = {
    event: 'tracking_update',
    event_id: '1',
    msg: { tracking_number: 'NP1', checkpoints: [checkpoint] },
  }
  const content = readJson(new TextEncoder().encode(JSON.stringify(message)))
  const translation = translate(
    { bytes: new Uint8Array(), contentType: 'application/json', headers: {}, content },
    { settings: { unknownShipments: 'create', confirmedCodes }, connection: 'c', receivedAt: 0, messageId: 'm' },
  )
  if ('ignored' in translation) throw new Error(translation.ignored)
  const events = trackedEvents({ translation })
  return { code: events.map(({ code, confidence }) => `${code} ${confidence}`), unknown: translation.unknownCodes }
}

test('a sub-tag of weak origin says no more than its tag, and offers its meaning, until somebody confirmed it', () => {
  expect(codesOf('InTransit_006', [])).toEqual({
    code: ['in_transit inferred'],
    unknown: [{ table: 'aftership-subtag', code: 'InTransit_006', suggestion: 'customs_started' }],
  })
  expect(codesOf('InTransit_006', ['InTransit_006'])).toEqual({ code: ['customs_started exact'], unknown: [] })
})

test('a sub-tag that was seen with its wording is used as it is', () => {
  expect(codesOf('InTransit_003', [])).toEqual({ code: ['arrived_at_facility inferred'], unknown: [] })
})
