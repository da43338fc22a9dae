import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { freightDispute } from './process.ts'

const began = '2026-04-01T00:01:00Z'
const dispute = {
  reason: 'over',
  asked: '130',
  agreed: '100',
  currency: 'EUR',
  openedAt: began,
  match: { variance: '30' },
}
const invoice = (happened: string, more: object = {}): Told => ({
  type: `freight_invoice.${happened}`,
  subject: 'frt_F1',
  data: {
    object: {
      ...{ invoiceNumber: 'F1', carrier: 'haul', shipment: '80000001', total: { amount: '130.00', currency: 'EUR' } },
      disputes: { 80000001: dispute },
      ...more,
    },
  },
})
const opened = invoice('disputed')
const answered = (answer: string, amount?: string, answerNumber = 'A1'): Told =>
  invoice('changed', {
    disputeAnswers: { [answerNumber]: { answer, amount, answeredAt: `2026-04-02T00:0${answerNumber.slice(1)}:00Z` } },
  })
const document = (kind: string, amount: string, number = 'C1'): Told => ({
  type: 'freight_invoice.received',
  subject: `frt_${number}`,
  data: {
    object: { invoiceNumber: number, carrier: 'haul', shipment: '80000001', kind, total: { amount, currency: 'EUR' } },
  },
})
const begun = (...facts: readonly Told[]): ProcessRun => run({}, ...facts)
const run = (policy: Readonly<Record<string, unknown>>, ...facts: readonly Told[]): ProcessRun =>
  facts.reduce((one, fact) => one.tell(fact), new ProcessRun(freightDispute, { policy }))
const sent = (): ProcessRun => begun(opened).outcome('send_freight_dispute', 'applied')
const late = (): ProcessRun => sent().fire(`carrier-response/haul:F1`)
const here = 'dispute/haul:F1'
const ended = (one: ProcessRun) =>
  one.said('freight_invoice.dispute_resolved').map(({ resolution, pay }) => `${String(resolution)} ${String(pay)}`)

test('a carrier is told what is wrong, reminded twice, and his credit note over what is in doubt ends it', () => {
  const one = sent()
  expect(one.effects[0]).toMatchObject({
    ...{ command: 'send_freight_dispute', businessKey: 'haul:F1' },
    payload: { load: '80000001', invoiceNumber: 'F1', carrier: 'haul', reason: 'over', amount: '30' },
  })
  one.fire('first-reminder/haul:F1').fire('second-reminder/haul:F1')
  expect(one.asked.slice(1)).toEqual(['remind_carrier haul:F1:1', 'remind_carrier haul:F1:2'])
  one.tell(document('credit_note', '-30.00'))
  expect(one.said('freight_invoice.dispute_resolved')).toEqual([
    {
      ...{ load: '80000001', invoiceNumber: 'F1', carrier: 'haul', currency: 'EUR', creditNote: 'C1' },
      ...{ resolution: 'carrier_credit', pay: '130' },
    },
  ])
  one.outcome('resolve_freight_dispute', 'applied')
  expect([one.state(here), one.open, one.timers.size]).toEqual(['resolved', [], 0])
  expect(one.instance?.endedAt).toBeDefined()
})

describe('a carrier who', () => {
  test.each([
    ['agrees', answered('accepted'), 'carrier_credit 100'],
    ['asks for even less', answered('accepted', '40'), 'carrier_credit 90'],
  ])('%s ends it', (_, fact, end) => expect(ended(sent().tell(fact))).toEqual([end]))

  test.each([
    ['insists', answered('rejected')],
    ['gives in by a part', answered('partially_accepted', '10')],
    ['agrees to less than is in doubt', answered('accepted', '10')],
    ['credits another amount', document('credit_note', '-12.00')],
  ])('%s is for freight audit', (_, fact) => {
    const one = sent().tell(fact)
    expect([one.open, ended(one)]).toEqual([['decide-dispute'], []])
  })

  test('answers again while a person looks is asked about anew, and ends it when he agrees', () => {
    const one = sent().tell(answered('rejected'))
    expect([one.tell(answered('partially_accepted', '20', 'A2')).open, one.state(here)]).toEqual([
      ['decide-dispute'],
      'deciding',
    ])
    expect([...one.tasks.values()][0]?.['question']).toContain(
      '30 EUR is in doubt, and the carrier answers “partially_accepted” 20 EUR.',
    )
    expect([one.tell(answered('accepted', '30', 'A3')).open, ended(one)]).toEqual([[], ['carrier_credit 100']])
  })

  test.each([
    ['sends a corrected invoice', document('corrected_invoice', '100.00', 'F1A'), 'resolved', ['carrier_credit 0']],
    ['takes it back', invoice('cancelled'), 'resolved', []],
    ['is paid by somebody else', invoice('paid'), 'resolved', []],
  ])('%s ends it', (_, fact, state, end) => {
    const one = sent().tell(fact)
    expect([one.state(here), ended(one)]).toEqual([state, end])
    expect(one.open).toEqual([])
  })

  test('sends the invoice in doubt as a corrected one is not at its end with it', () => {
    const corrected = invoice('disputed', { kind: 'corrected_invoice' })
    expect(begun(corrected).outcome('send_freight_dispute', 'applied').state(here)).toBe('awaiting_carrier')
  })

  test('had credited another invoice before is not at its end with it', () => {
    const before = { ...document('credit_note', '-30.00'), minutes: 0 }
    expect(begun(before, opened).outcome('send_freight_dispute', 'applied').state(here)).toBe('awaiting_carrier')
  })
})

describe('what a person decides when the carrier is silent', () => {
  test.each([
    ['approve', {}, ['paid_in_full 130']],
    ['short_pay', {}, ['refused 100']],
    ['split', { amount: '115.00' }, ['split 115']],
    ['split', {}, []],
    ['reject', {}, ['refused 0']],
    ['wait', {}, []],
  ])('%s', (decision, data, end) => {
    const one = late()
    expect(one.open).toEqual(['decide-dispute'])
    expect(ended(one.answer('decide-dispute', decision, data))).toEqual(end)
    if (decision === 'wait') expect([one.state(here), one.open]).toEqual(['awaiting_carrier', []])
    if (decision === 'split' && end.length === 0) expect(one.open).toEqual(['decide-dispute'])
  })

  test('claim: it is paid, and claimed back', () => {
    const one = late().answer('decide-dispute', 'claim')
    expect(ended(one)).toEqual(['paid_in_full 130'])
    expect(one.said('claim.reported')).toMatchObject([
      {
        status: 'draft',
        object: { claimNumber: 'FD-haul-F1', against: 'carrier', party: 'haul', lines: [{ amount: { amount: '30' } }] },
      },
    ])
  })

  test('all of it, and a claim, need two people', () => {
    const decisions = [...late().tasks.values()][0]?.['decisions'] as { name: string; fourEyes?: boolean }[]
    expect(decisions.filter(({ fourEyes }) => fourEyes).map(({ name }) => name)).toEqual(['approve', 'claim'])
  })

  test('is needless when the credit note comes late', () => {
    const one = late().tell(document('credit_note', '-30.00'))
    expect([one.open, ended(one)]).toEqual([[], ['carrier_credit 130']])
  })
})

describe('when the time to settle it is over', () => {
  test.each([
    ['nobody', 'deciding', []],
    ['carrier', 'resolving', ['paid_in_full 130']],
    ['tenant', 'resolving', ['refused 100']],
  ])('%s wins', (expiredFor, state, end) => {
    const one = run({ expiredFor }, opened).outcome('send_freight_dispute', 'applied').fire('dispute-expiry/haul:F1')
    expect([one.state(here), ended(one)]).toEqual([state, end])
  })

  test('by law is shown, and changes nothing', () => {
    const one = run({ statuteMinutes: 60 }, opened).outcome('send_freight_dispute', 'applied').fire('statute/haul:F1')
    expect([one.state(here), one.open, ended(one)]).toEqual(['awaiting_carrier', [], []])
  })

  test('a person may give the carrier more time all the same', () => {
    const one = sent().fire('dispute-expiry/haul:F1').answer('decide-dispute', 'wait')
    expect([one.state(here), one.open]).toEqual(['awaiting_carrier', []])
    expect(one.fire('carrier-response/haul:F1').open).toEqual(['decide-dispute'])
  })
})

test.each([
  ['refused', 'resolve-refusal'],
  ['parked', 'resolve-unknown'],
] as const)('an objection that is %s is for freight audit', (outcome, task) => {
  const one = begun(opened).outcome('send_freight_dispute', outcome)
  expect([one.open, one.fire('send-confirm/haul:F1').state(here)]).toEqual([[task], 'open'])
  expect(one.answer(task, 'done').state(here)).toBe('awaiting_carrier')
})

test('an objection that is on its way already is not sent again', () => {
  const one = begun(invoice('disputed', { disputes: { 80000001: { ...dispute, isTold: true } } }))
  expect([one.asked, one.state(here)]).toEqual([[], 'awaiting_carrier'])
})

test('of an invoice over several loads each is in doubt by itself', () => {
  const one = begun(invoice('changed', { disputes: { 80000001: { ...dispute, isPart: true } } }))
  expect(one.asked).toEqual(['send_freight_dispute haul:F1:80000001'])
})

test.each([
  ['open', begun(opened)],
  ['awaiting_carrier', sent()],
  ['deciding', late()],
])('in %s it is not called off: a person decides', (state, one) => {
  one.decide({ action: 'cancel' })
  expect([one.state(here), one.said('process.command_refused')]).toMatchObject([
    state,
    [{ reason: 'a_person_decides' }],
  ])
})

test('whoever has called the carrier may decide at once', () => {
  const one = sent().decide({ action: 'skip', branch: here, to: 'deciding' })
  expect(one.open).toEqual(['decide-dispute'])
})

test('an invoice that nobody objects to makes no instance', () => {
  expect(begun(invoice('received', { disputes: undefined })).instance).toBeUndefined()
})

processPromises(
  freightDispute,
  {
    'a credit note': [opened, answered('rejected'), document('credit_note', '-30.00'), invoice('paid')],
    'a corrected invoice': [
      opened,
      answered('partially_accepted', '10'),
      document('corrected_invoice', '100.00', 'F1A'),
      invoice('cancelled'),
    ],
  },
  {},
)
