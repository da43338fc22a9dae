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
