import { expect, test } from 'vitest'
import { readJson } from '../../base/json.ts'
import { trackedEvents } from '../kit/conformance.ts'
import { translate } from './tracking.ts'

function codesOf(substatus: string, confirmedCodes: readonly string[]): { code: unknown; unknown: unknown } {
  const scan = { status: 'TRANSIT', substatus: { code: substatus }, status_date: '2026-02-05T12:00:00Z' }
  const message = {
    event: 'track_updated',
    test: false,
    data: { tracking_number: 'NP1', carrier: 'usps', tracking_history: [scan] },
  }
  const content = readJson(new TextEncoder().encode(JSON.stringify(message)))
  const settings = { unknownShipments: 'create', environment: 'live', confirmedCodes } as const
  const translation = translate(
    { bytes: new Uint8Array(), contentType: 'application/json', headers: {}, content },
    { settings, connection: 'c', receivedAt: 0, messageId: 'm' },
  )
  if ('ignored' in translation) throw new Error(translation.ignored)
  const events = trackedEvents({ translation })
  return { code: events.map(({ code, confidence }) => `${code} ${confidence}`), unknown: translation.unknownCodes }
}

test('a substatus that asks for a call counts no attempt until the owner of the connection has confirmed what it means', () => {
  expect(codesOf('reschedule_delivery', [])).toEqual({
    code: ['in_transit inferred'],
    unknown: [{ table: 'shippo-substatus', code: 'reschedule_delivery', suggestion: 'delivery_attempted' }],
  })
  expect(codesOf('reschedule_delivery', ['reschedule_delivery'])).toEqual({
    code: ['delivery_attempted exact'],
    unknown: [],
  })
})

test('a site that cannot be reached is a problem of the site and no attempt', () => {
  expect(codesOf('location_inaccessible', [])).toEqual({ code: ['exception inferred'], unknown: [] })
})
