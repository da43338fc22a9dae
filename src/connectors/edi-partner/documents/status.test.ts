import { expect, test } from 'vitest'
import { agreed, mirror, textOf, understood } from '../../../../test/edi/written-document.ts'

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
