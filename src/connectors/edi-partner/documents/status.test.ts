import { expect, test } from 'vitest'
import { agreed, mirror, textOf, understood } from '../../../../test/edi/written-document.ts'
import { reasons1651 } from '../meaning/codes-x12.ts'
import { sentReasons } from './codes-sent.ts'

test('the shipper reads in a 214 what happened, and when', () => {
  const payload = {
    references: [{ scheme: 'delivery', issuer: 'erp', value: '80007' }],
    carrier: 'mrdn',
    events: [{ code: 'handed_over', occurredAt: '2026-03-02T10:15:00+02:00' }],
  }
  const [status] = understood(textOf('report_status', payload, agreed()), mirror)
  expect(status?.data).toMatchObject({
    events: [{ code: 'handed_over', occurredAt: { at: '2026-03-02T10:15+02:00', offsetKnown: true } }],
  })
})

test('a 214 says why, where 1651 has a value for it, and names city and region apart', () => {
  const told = (event: object): string => {
    const events = [{ occurredAt: '2026-03-02T10:15:00Z', ...event }]
    const references = [{ scheme: 'delivery', issuer: 'erp', value: '80007' }]
    return textOf('report_status', { references, carrier: 'mrdn', events }, agreed())
  }
  const late = told({ code: 'delayed', reason: 'weather', place: 'Depot 4, Columbus, OH, US', country: 'US' })
  expect(late).toContain('AT7*SD*AO***20260302*1015*UT~')
  expect(late).toContain('MS1*Columbus*OH*US~')
  const [status] = understood(late, mirror)
  expect(status?.data).toMatchObject({
    events: [{ code: 'delayed', reason: { category: 'weather' }, place: { city: 'Columbus', region: 'OH' } }],
  })
  // Nothing in 1651 is just this: the status alone speaks.
  expect(told({ code: 'delayed', reason: 'temperature' })).toContain('AT7*SD*NS*')
  expect(told({ code: 'in_transit', place: 'Ghent, BE', country: 'BE' })).toContain('MS1*Ghent**BE~')
})

test('the reasons that are sent are read as what they were', () => {
  for (const [category, code] of Object.entries(sentReasons)) expect(reasons1651[code]?.category).toBe(category)
})

test('an IFTSTA names the bill of lading, and has room for every status', () => {
  const references = [
    { scheme: 'delivery', issuer: 'erp', value: '80007' },
    { scheme: 'bol', issuer: 'erp', value: 'BOL2209' },
  ]
  const events = Array.from({ length: 120 }, (_, at) => ({
    code: 'in_transit',
    occurredAt: `2026-03-02T${String(Math.floor(at / 60) + 8).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00Z`,
  }))
  const text = textOf('report_status', { references, carrier: 'mrdn', events }, agreed({ standard: 'edifact' }))
  expect(text).toContain('RFF+BM:BOL2209')
  const told = understood(text, agreed({ ...mirror, standard: 'edifact' }))
  expect(told.flatMap(({ data }) => (data as { events: unknown[] }).events)).toHaveLength(120)
})

test.each(['x12', 'edifact'] as const)('what is said of one package in %s is not said of the others', (standard) => {
  const at = (minute: number): string => `2026-03-02T10:1${minute}:00Z`
  const events = [
    { code: 'in_transit', occurredAt: at(0) },
    { code: 'refused', occurredAt: at(1), package: '106141412345678908', equipment: 'MSKU4471236' },
    { code: 'delivery_attempted', occurredAt: at(2), package: '1Z9' },
  ]
  const references = [{ scheme: 'delivery', issuer: 'erp', value: '80007' }]
  const text = textOf('report_status', { references, carrier: 'mrdn', events }, agreed({ standard }))
  const told = understood(text, agreed({ ...mirror, standard }))
  const said = told.flatMap(({ data }) => (data as { events: { code: string; package?: string }[] }).events)
  expect(said.map((one) => [one.code, one.package])).toEqual([
    ['in_transit', undefined],
    ['refused', '106141412345678908'],
    ['delivery_attempted', '1Z9'],
  ])
})

test('a 214 says what the goods moved in', () => {
  const references = [{ scheme: 'delivery', issuer: 'erp', value: '80007' }]
  const told = (equipment: string): unknown => {
    const events = [{ code: 'in_transit', occurredAt: '2026-03-02T10:15:00Z', equipment }]
    return understood(textOf('report_status', { references, carrier: 'mrdn', events }, agreed()), mirror)[0]?.data
  }
  expect(told('MSKU4471236')).toMatchObject({ events: [{ equipment: 'MSKU4471236' }] })
  expect(told('T77')).toMatchObject({ events: [{ equipment: 'T77' }] })
})
