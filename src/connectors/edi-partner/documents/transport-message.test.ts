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

describe('an EDIFACT carrier is told when, on the clock of the place', () => {
  const planned = (type: string, from: string, to?: string): object => ({ type, planned: { from, to } })
  const dates = (command: string, ...stops: readonly object[]): readonly string[] => {
    const references = [{ scheme: 'delivery', issuer: 'erp', value: '80007' }]
    const payload = { references, carrier: 'mrdn', mode: 'ftl', packages: '4', stops, answer: 'accepted' }
    const text = textOf(command, payload, agreed({ standard: 'edifact' }))
    return text.split("'").filter((segment) => /^DTM\+(?!137)/.test(segment))
  }
  const pickup = planned('pickup', '2026-03-02T08:00:00-05:00', '2026-03-02T10:00:00-05:00')
  const delivery = planned('delivery', '2026-03-04', '2026-03-05')

  test.each(['tender_shipment', 'instruct_transport'])(
    '%s: collection and delivery, earliest and latest',
    (command) => {
      expect(dates(command, pickup, delivery)).toEqual([
        'DTM+234:202603020800:203',
        'DTM+235:202603021000:203',
        'DTM+64:20260304:102',
        'DTM+63:20260305:102',
      ])
    },
  )

  test('what was told in UTC stays so; of two collections nobody would know which is meant', () => {
    expect(dates('instruct_transport', planned('pickup', '2026-03-02T08:00:00Z'))).toEqual(['DTM+234:202603020800:203'])
    expect(dates('instruct_transport', pickup, pickup, delivery)).toEqual([
      'DTM+64:20260304:102',
      'DTM+63:20260305:102',
    ])
  })

  test('his own answer does not repeat it', () => {
    expect(dates('answer_tender', pickup, delivery)).toEqual([])
  })
})

test.each(['tender_shipment', 'instruct_transport', 'answer_tender'])(
  'an EDIFACT partner reads in %s by which ports the load goes',
  (command) => {
    const ports = { load: { unlocode: 'BEANR', country: 'BE' }, discharge: { unlocode: 'USNYC', country: 'US' } }
    const references = [{ scheme: 'delivery', issuer: 'erp', value: '80007' }]
    const payload = { references, carrier: 'mrdn', mode: 'ocean', packages: '4', ports, answer: 'accepted' }
    const text = textOf(command, payload, agreed({ standard: 'edifact' }))
    const heard = understood(text, agreed({ ...mirror, standard: 'edifact', system: 'erp' }))
    expect(heard).toMatchObject([{ data: { ports } }])
  },
)
