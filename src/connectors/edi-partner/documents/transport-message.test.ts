import { describe, expect, test } from 'vitest'
import { agreed, mirror, textOf, understood } from '../../../../test/edi/written-document.ts'

describe.each(['x12', 'edifact'] as const)('in %s a carrier reads', (standard) => {
  const read = (command: string, payload: unknown) =>
    understood(textOf(command, payload, agreed({ standard })), agreed({ ...mirror, standard, system: 'erp' }))

  test('what he is asked to carry, and what he is told once he has taken it', () => {
    const references7 = [{ scheme: 'delivery', issuer: 'erp', value: '80007' }]
    const asked = { references: references7, carrier: 'mrdn', mode: 'ftl', packages: '4', weightGrams: '18400' }
    const events = (command: string, payload: unknown = asked): unknown[] =>
      read(command, payload).map(({ data }) => (data as { event?: string }).event)
    expect(events('tender_shipment')).toEqual(['tendered'])
    expect(events('withdraw_tender')).toEqual(['tender_cancelled'])
    expect(events('answer_tender', { ...asked, answer: 'declined' })).toEqual(['tender_declined'])
    const conditions = { plannedPickup: '2026-04-02T06:30:00Z', amount: '480', currency: 'EUR', text: 'SECOND DRIVER' }
    const [countered] = read('answer_tender', { ...asked, answer: 'countered', conditions })
    expect(countered?.data).toMatchObject({ event: 'tender_countered', conditions: { text: '480 EUR SECOND DRIVER' } })
    expect(events('instruct_transport')).toEqual(['described'])
  })
})
