import { expect, test } from 'vitest'
import { readEventTime } from '../../model/event-time.ts'
import { type Mapped, unmapped } from './status-table.ts'
import { type Scan, trackingAssertion } from './tracking.ts'

const delivered: Mapped = { code: 'delivered', classifier: 'actual', confidence: 'exact' }

const signature = { codeSystem: 'test', code: 'signed_by' }

function scan(time: string, mapped: Mapped = delivered): Scan {
  const at = readEventTime(time)
  if (at === undefined) throw new Error(`${time} is no time`)
  return { mapped, at, codeSystem: 'test', code: 'X' }
}

test('a scan is about the parcel of its number, however the number is written', () => {
  const { about, data } = trackingAssertion({
    number: '1z 999-aa',
    carrier: 'UPS',
    unknown: 'wait',
    scans: [scan('2026-02-01T10:00:00Z')],
  })
  expect(about).toEqual({
    entity: 'shipment',
    references: [{ scheme: 'tracking_number', issuer: 'ups', value: '1z 999-aa' }],
    unknown: 'wait',
  })
  expect(data.events.map((event) => event.package)).toEqual(['1Z999AA'])
})

test('a report happened when its newest scan did, whatever the time zones and the order', () => {
  const scans = [scan('2026-02-01T23:30:00-08:00'), scan('2026-02-02T06:00:00Z'), scan('2026-02-01T09:00:00+01:00')]
  for (const order of [scans, scans.toReversed()])
    expect(trackingAssertion({ number: '1', unknown: 'create', scans: order }).occurredAt).toBe(
      '2026-02-01T23:30:00-08:00',
    )
  expect(trackingAssertion({ number: '1', unknown: 'create', scans: [] })).not.toHaveProperty('occurredAt')
})

test('a date that is only estimated is no news from the future', () => {
  const estimated = scan('2026-03-01T00:00:00Z', { code: 'eta_updated', classifier: 'estimated', confidence: 'exact' })
  const scans = [scan('2026-02-01T10:00:00Z'), estimated]
  expect(trackingAssertion({ number: '1', unknown: 'create', scans }).occurredAt).toBe('2026-02-01T10:00:00Z')
})

test('a summary that nobody maps is no summary', () => {
  const tracked = { number: '1', unknown: 'create', scans: [] } as const
  expect(trackingAssertion({ ...tracked, summary: { mapped: delivered, rawCode: 'D' } }).data.summary).toEqual({
    code: 'delivered',
    rawCode: 'D',
  })
  expect(trackingAssertion({ ...tracked, summary: { mapped: unmapped, rawCode: '?' } }).data).not.toHaveProperty(
    'summary',
  )
})

test('a proof without a time was given when the parcel was last delivered, whatever the order of the scans', () => {
  const scans = [scan('2026-02-03T09:00:00Z'), scan('2026-02-04T10:00:00+01:00'), scan('2026-02-02T08:00:00Z')]
  for (const order of [scans, scans.toReversed()]) {
    const { data } = trackingAssertion({ number: '1', unknown: 'create', scans: order, proof: signature })
    const proof = data.events.find(({ code }) => code === 'pod_received')
    expect(proof).toMatchObject({ occurredAt: { at: '2026-02-04T10:00:00+01:00' }, package: '1', raw: signature })
  }
})

test('a proof of a parcel that nobody said is delivered gets no time that nobody said', () => {
  const onTheWay = scan('2026-02-03T09:00:00Z', { ...delivered, code: 'in_transit' })
  const tracked = { number: '1', unknown: 'create', scans: [onTheWay], proof: signature, signedBy: 'A. Ode' } as const
  const { data } = trackingAssertion(tracked)
  expect(data.events.map(({ code }) => code)).toEqual(['in_transit'])
  expect(data.signedBy).toBe('A. Ode')
})

test('a report whose news is a proof happened when the proof was given', () => {
  const at = scan('2026-02-05T16:00:00+01:00').at
  const proof = { ...signature, at, documents: [{ type: 'pod', uri: 'https://pod.example.com/1' }] }
  const report = trackingAssertion({ number: '1', unknown: 'create', scans: [scan('2026-02-05T09:00:00Z')], proof })
  expect(report.occurredAt).toBe('2026-02-05T16:00:00+01:00')
  expect(report.data.events[1]).toMatchObject({ code: 'pod_received', documents: proof.documents })
})
