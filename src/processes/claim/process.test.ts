import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { claim } from './process.ts'

const told = (happened: string, more: object = {}): Told => ({
  type: `claim.${happened}`,
  subject: 'clm_1',
  data: {
    object: {
      claimNumber: 'GR-R1',
      against: 'supplier',
      party: 'ELM',
      type: 'shortage',
      receiptNumber: 'R1',
      happenedAt: '2026-04-01T00:00:00Z',
      lines: [{ sku: 'BOLT' }],
      ...more,
    },
  },
})
const draft = told('draft')
const begun = (...facts: readonly Told[]): ProcessRun =>
  facts.reduce((run, fact) => run.tell(fact), new ProcessRun(claim, { policy: {} }))
const sent = (): ProcessRun => begun(draft).answer('submit-claim', 'submit').outcome('create_claim', 'applied')
const said = (run: ProcessRun) => run.said('claim.reported').map(({ status }) => status)

test('a claim is sent by a person, followed, and closed when the money has come', () => {
  const run = begun(draft)
  expect([run.open, run.asked]).toEqual([['submit-claim'], []])
  run.answer('submit-claim', 'submit', { note: 'two boxes' })
  expect(run.effects).toMatchObject([
    {
      command: 'create_claim',
      businessKey: 'GR-R1',
      payload: { against: 'supplier', party: 'ELM', receiptNumber: 'R1', note: 'two boxes' },
    },
  ])
  run.outcome('create_claim', 'applied').tell(told('acknowledged')).tell(told('accepted'))
  expect(run.state()).toBe('settling')
  run.tell(told('settled')).outcome('close_claim', 'applied')
  expect([run.state(), run.open, run.timers.size, said(run)]).toEqual(['closed', [], 0, ['submitted', 'closed']])
})

test('a claim that the policy sends needs no person', () => {
  expect(new ProcessRun(claim, { policy: { autoSubmit: true } }).tell(draft).asked).toEqual(['create_claim GR-R1'])
})

describe('the time to file', () => {
  test.each([
    ['against a supplier', {}, '2026-04-15T00:00:00.000Z'],
    ['against a carrier', { against: 'carrier' }, '2026-04-08T00:00:00.000Z'],
    ['in the air', { against: 'carrier', regime: 'montreal' }, '2026-04-15T00:00:00.000Z'],
    ['as the contract says', { fileBy: '2026-04-30' }, '2026-04-30T23:59:59.000Z'],
  ])('%s', (_, more, at) =>
    expect(new Date(begun(told('draft', more)).timers.get('claim.expiry') ?? 0).toISOString()).toBe(at),
  )
  test('five days before it a person is told that it is urgent', () => {
    const run = begun(draft).fire('file-by')
    expect(run.open).toEqual(['last-call'])
    expect(run.answer('last-call', 'submit').asked).toEqual(['create_claim GR-R1'])
    expect(begun(draft).fire('file-by').answer('last-call', 'drop').state()).toBe('withdrawn')
  })
  test('after it nothing is sent any more', () => {
    const run = begun(draft).fire('file-by').fire('expiry')
    expect([run.state(), run.open, run.asked, said(run)]).toEqual(['expired', [], [], ['expired']])
  })
})

test('a claim that a person drops is not sent', () => {
  const run = begun(draft).answer('submit-claim', 'drop')
  expect([run.state(), run.asked]).toEqual(['withdrawn', []])
})

describe('the other side', () => {
  test('does not say that it has it: it is reminded, and a person looks', () => {
    const late = (): ProcessRun => sent().fire('acknowledge')
    expect([late().asked.at(-1), late().open]).toEqual(['remind_claim GR-R1', ['chase-claim']])
    expect(late().answer('chase-claim', 'acknowledged').state()).toBe('acknowledged')
    expect(late().answer('chase-claim', 'wait').state()).toBe('submitted')
    expect(late().answer('chase-claim', 'withdraw').state()).toBe('withdrawing')
    expect(late().tell(told('acknowledged')).open).toEqual([])
  })
  test('does not answer', () => {
    const late = (): ProcessRun => sent().tell(told('acknowledged')).fire('answer')
    expect(late().answer('chase-answer', 'wait').state()).toBe('acknowledged')
    expect(late().answer('chase-answer', 'withdraw').state()).toBe('withdrawing')
    expect(late().tell(told('accepted')).open).toEqual([])
  })
  test.each([
    ['accept', 'settling'],
    ['negotiate', 'acknowledged_again'],
    ['withdraw', 'withdrawing'],
  ])('will pay a part: %s', (decision, state) => {
    const run = sent().tell(told('partially_accepted'))
    expect(run.open).toEqual(['claim-answer'])
    expect(run.answer('claim-answer', decision).state()).toBe(state)
  })
  test('gives a better answer when it is asked for one', () => {
    const run = sent().tell(told('rejected')).answer('claim-answer', 'negotiate')
    expect(run.asked.at(-1)).toBe('answer_claim GR-R1:rejected')
    expect(run.tell(told('accepted')).state()).toBe('settling')
  })
  test.each([
    ['remind', 'settling'],
    ['offset', 'offsetting'],
    ['write_off', 'closing'],
  ])('does not pay what it accepted: %s', (decision, state) => {
    const run = sent().tell(told('accepted')).fire('settle').answer('settlement-missing', decision)
    expect([run.state(), run.open]).toEqual([state, []])
    if (decision === 'offset') expect(run.outcome('offset_claim', 'applied').state()).toBe('closing')
  })
})

describe('called off', () => {
  test('before it is sent nothing is to be taken back', () =>
    expect(begun(draft).decide({ action: 'cancel' }).state()).toBe('withdrawn'))
  test('afterwards what was booked is taken back', () => {
    const run = sent().decide({ action: 'cancel' })
    expect([run.state(), run.asked.at(-1)]).toEqual(['withdrawing', 'withdraw_claim GR-R1'])
    expect(run.outcome('withdraw_claim', 'applied').state()).toBe('withdrawn')
  })
  test('while nobody knows whether it is booked that is waited for', () => {
    const run = begun(draft).answer('submit-claim', 'submit').decide({ action: 'cancel' })
    expect(run.asked).toEqual(['create_claim GR-R1'])
    expect(run.outcome('create_claim', 'applied').asked.at(-1)).toBe('withdraw_claim GR-R1')
  })
  test('what the other side accepted is not called off', () => {
    const run = sent().tell(told('accepted')).decide({ action: 'cancel' })
    expect(run.said('process.command_refused')).toMatchObject([{ reason: 'already_agreed' }])
  })
})

test.each([
  ['refused', 'resolve-refusal'],
  ['parked', 'resolve-unknown'],
] as const)('a booking that is %s is for procurement', (outcome, task) => {
  const run = begun(draft).answer('submit-claim', 'submit').outcome('create_claim', outcome)
  expect([run.open, run.fire('confirm').state()]).toEqual([[task], 'submitting'])
  expect(run.answer(task, 'done').state()).toBe('submitted')
})

describe('a claim that no route leads to an ERP', () => {
  const untold = (): ProcessRun => begun(draft).answer('submit-claim', 'submit').unrouted('create_claim')
  test('is not called submitted until a person has booked it', () => {
    const run = untold()
    expect([run.state(), run.open, said(run)]).toEqual(['submitting', ['resolve-unrouted'], []])
    run.answer('resolve-unrouted', 'done')
    expect([run.state(), run.open, said(run)]).toEqual(['submitted', [], ['submitted']])
  })
  test('need not be booked by hand any more when it is given up', () => {
    const run = untold().decide({ action: 'cancel' })
    expect([run.state(), run.open, run.asked]).toEqual(['withdrawn', [], ['create_claim GR-R1']])
  })
  test('cannot be taken back without a person either', () => {
    const run = sent().decide({ action: 'cancel' }).unrouted('withdraw_claim')
    expect([run.state(), run.open]).toEqual(['withdrawing', ['resolve-unrouted']])
    expect(run.answer('resolve-unrouted', 'done').state()).toBe('withdrawn')
  })
})

processPromises(
  claim,
  {
    'as it should be': [draft, told('submitted'), told('acknowledged'), told('accepted'), told('settled')],
    'trouble everywhere': [draft, told('acknowledged'), told('rejected'), told('partially_accepted'), told('closed')],
  },
  {},
)
