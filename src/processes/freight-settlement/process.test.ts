import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { freightSettlement } from './process.ts'

const left = (amount = '100.00', more: object = {}): Told => ({
  type: 'delivery.staged',
  subject: 'dlv_1',
  data: {
    object: {
      deliveryNumber: '80000001',
      confirmations: { 1: { carrier: 'haul', trackingNumbers: ['T1'], freight: { amount, currency: 'EUR', ...more } } },
    },
  },
})
const invoice = (
  amount: string,
  {
    number = 'F1',
    happened = 'received',
    kind = undefined as string | undefined,
    charges = undefined as object[] | undefined,
    currency = 'EUR',
  } = {},
): Told => ({
  type: `freight_invoice.${happened}`,
  subject: `frt_${number}`,
  data: {
    object: {
      invoiceNumber: number,
      carrier: 'haul',
      shipment: '0080000001',
      kind,
      dueDate: '2026-05-01',
      total: { amount, currency },
      lines: [{ charges: charges ?? [{ code: 'freight', amount: { amount } }] }],
    },
  },
})
const delivered: Told = {
  type: 'shipment.delivered',
  subject: 'shp_1',
  data: {},
  state: { references: [{ scheme: 'delivery', value: '80000001' }] },
}
const run = (policy: Readonly<Record<string, unknown>>, ...facts: readonly Told[]): ProcessRun =>
  facts.reduce((one, fact) => one.tell(fact), new ProcessRun(freightSettlement, { policy }))
const begun = (...facts: readonly Told[]): ProcessRun => run({}, ...facts)
const here = 'invoice/haul:F1'
const paid = (one: ProcessRun) =>
  one.effects
    .filter(({ command }) => command === 'post_freight_invoice')
    .map(({ businessKey, payload }) => `${businessKey} ${(payload as { amount: string }).amount}`)
const said = (one: ProcessRun) => one.said('freight_invoice.reported').map(({ status }) => status)

test('an invoice that is close enough is posted without a person, and the accrual becomes what is paid', () => {
  const one = begun(left(), delivered, invoice('101.50'))
  expect(
    one.effects.map(({ command, payload }) => `${command} ${(payload as { readonly delta?: string }).delta ?? ''}`),
  ).toEqual(['adjust_freight_accrual 1.5', 'post_freight_invoice '])
  one.outcome('adjust_freight_accrual', 'applied').outcome('post_freight_invoice', 'applied')
  expect([one.state(here), one.open, one.timers.size]).toEqual(['posted', [], 0])
  expect(said(one)).toEqual(['matched', 'approved', 'posted'])
  expect(one.instance?.endedAt).toBeDefined()
})

test('an invoice that comes before the goods have left and arrived waits for both', () => {
  const one = begun(invoice('100.00'))
  expect(one.state(here)).toBe('matching')
  expect(one.tell(left()).state(here)).toBe('proving')
  expect(paid(one.tell(delivered))).toEqual(['haul:F1 100'])
})

test.each([
  ['the same money again under another number', invoice('100.01', { number: 'F2' }), 'duplicate'],
  [
    'charges that do not add up to the total',
    invoice('100.00', { number: 'F2', charges: [{ code: 'freight', amount: { amount: '90' } }] }),
    'rejecting',
  ],
])('%s is never paid', (_, second, state) => {
  const one = begun(left('200.00'), delivered, invoice('100.00'), second)
  expect(one.state('invoice/haul:F2')).toBe(state)
  expect(paid(one)).toEqual(['haul:F1 100'])
})

describe('an invoice that is too much', () => {
  const over = (): ProcessRun => begun(left(), delivered, invoice('130.00'))
  test('is for freight audit, two people for all of it', () => {
    expect([over().open, paid(over()), said(over())]).toEqual([['variance'], [], ['variance']])
    const [task] = [...over().tasks.values()]
    expect(task?.['evidence']).toMatchObject({
      match: { accrued: '100', invoiced: '130', variance: '30', variancePct: '30', outcome: 'over' },
    })
    expect(task?.['decisions']).toContainEqual(expect.objectContaining({ name: 'approve', fourEyes: true }))
  })
  test.each([
    ['approve', 'posting', ['haul:F1 130']],
    ['short_pay', 'posting', ['haul:F1 100']],
    ['dispute', 'disputing', []],
  ])('%s', (decision, state, payments) => {
    const one = over().answer('variance', decision)
    expect([one.state(here), paid(one), one.open]).toEqual([state, payments, []])
  })
  test('because of a charge that was not agreed', () => {
    const charges = [
      { code: 'freight', amount: { amount: '80' } },
      { code: 'fuel', amount: { amount: '20' } },
    ]
    const accrued = {
      charges: [
        { code: 'freight', amount: '80' },
        { code: 'fuel', amount: '20' },
      ],
    }
    expect(paid(begun(left('100', accrued), delivered, invoice('100', { charges })))).toEqual(['haul:F1 100'])
    const other = [
      { code: 'freight', amount: { amount: '80' } },
      { code: 'detention', amount: { amount: '20' } },
    ]
    expect(begun(left('100', accrued), delivered, invoice('100', { charges: other })).open).toEqual(['variance'])
  })
  test('or in other money', () =>
    expect(begun(left(), delivered, invoice('100.00', { currency: 'USD' })).open).toEqual(['variance']))
  test('is as it should be when more was put aside since', () => {
    const one = over().tell({ ...left('130.00'), type: 'delivery.changed' })
    expect([one.open, paid(one)]).toEqual([[], ['haul:F1 130']])
  })
  test('less than was put aside is paid as it is asked for', () =>
    expect(paid(begun(left(), delivered, invoice('80.00')))).toEqual(['haul:F1 80']))
})

describe('a dispute', () => {
  const disputed = (): ProcessRun => begun(left(), delivered, invoice('130.00')).answer('variance', 'dispute')
  test('is told to the carrier with the comparison, and he is reminded twice', () => {
    const one = disputed()
    expect(one.effects.at(-1)).toMatchObject({
      command: 'send_freight_dispute',
      payload: { reason: 'over', amount: '30' },
    })
    one.fire(`first-reminder/haul:F1`).fire(`second-reminder/haul:F1`)
    expect(one.asked.slice(-2)).toEqual(['remind_carrier haul:F1:1', 'remind_carrier haul:F1:2'])
    expect(one.fire('carrier-response/haul:F1').open).toEqual(['decide-dispute'])
  })
  test.each([
    ['approve', ['haul:F1 130'], 'posting'],
    ['short_pay', ['haul:F1 100'], 'posting'],
    ['split', ['haul:F1 115'], 'posting'],
    ['reject', [], 'rejecting'],
  ])('that the carrier does not answer: %s', (decision, payments, state) => {
    const one = disputed().fire('carrier-response/haul:F1').answer('decide-dispute', decision, { amount: '115.00' })
    expect([paid(one), one.state(here)]).toEqual([payments, state])
  })
  test('a split without an amount pays nothing', () => {
    const one = disputed().fire('carrier-response/haul:F1').answer('decide-dispute', 'split')
    expect([paid(one), one.state(here)]).toEqual([[], 'disputing'])
  })
  test('ends with a corrected invoice, which is no duplicate', () => {
    const one = disputed().tell(invoice('100.00', { number: 'F1A', kind: 'corrected_invoice' }))
    expect([one.state(here), paid(one), one.open]).toEqual(['superseded', ['haul:F1A 100'], []])
  })
  test('ends when the carrier takes the invoice back', () =>
    expect(
      disputed()
        .tell(invoice('130.00', { happened: 'cancelled' }))
        .state(here),
    ).toBe('cancelled'))
})

describe('what comes besides an invoice', () => {
  test('is for a person: what was put aside pays for one invoice', () => {
    const one = begun(left(), delivered, invoice('100.00'), invoice('50.00', { number: 'F2' }))
    expect([paid(one), one.open]).toEqual([['haul:F1 100'], ['variance']])
    const short = begun(left(), delivered, invoice('100.00'), invoice('50.00', { number: 'F2' }))
    expect(paid(short.answer('variance', 'short_pay'))).toEqual(['haul:F1 100', 'haul:F2 0'])
    one.answer('variance', 'approve')
    expect(one.effects.filter(({ command }) => command === 'adjust_freight_accrual')).toMatchObject([
      { payload: { delta: '50' } },
    ])
  })
  test('a credit note does not undo the invoice, and takes off what it says', () => {
    const one = begun(left(), delivered, invoice('100.00'), invoice('-30.00', { number: 'C1', kind: 'credit_note' }))
    expect([paid(one), one.open]).toEqual([['haul:F1 100'], ['variance']])
    expect(paid(one.answer('variance', 'approve'))).toEqual(['haul:F1 100', 'haul:C1 -30'])
  })
})

describe('what is missing', () => {
  test.each([
    ['accept', 'proving'],
    ['reject', 'rejecting'],
  ])('a load that nobody knows: %s', (decision, state) => {
    const one = begun(invoice('100.00')).fire('unmatched/haul:F1')
    expect([one.open, said(one)]).toEqual([['match-invoice'], ['unmatched']])
    expect(one.answer('match-invoice', decision).state(here)).toBe(state)
  })
  test('a load that is known after all needs no person', () =>
    expect(begun(invoice('100.00')).fire('unmatched/haul:F1').tell(left()).open).toEqual([]))
  test.each([
    ['pay', 'posting'],
    ['hold', 'proving'],
    ['dispute', 'disputing'],
  ])('proof that the goods arrived: %s', (decision, state) => {
    const one = begun(left(), invoice('100.00')).fire('proof-wait/haul:F1')
    expect(one.answer('no-proof', decision).state(here)).toBe(state)
  })
  test('where no proof is wanted nothing is waited for', () =>
    expect(paid(run({ serviceProof: 'none' }, left(), invoice('100.00')))).toEqual(['haul:F1 100']))
})

test.each([
  ['refused', 'resolve-refusal'],
  ['parked', 'resolve-unknown'],
] as const)('a posting that is %s is for freight audit', (outcome, task) => {
  const one = begun(left(), delivered, invoice('100.00')).outcome('post_freight_invoice', outcome)
  expect([one.open, one.fire('post-confirm/haul:F1').state(here)]).toEqual([[task], 'posting'])
  expect(one.answer(task, 'done').state(here)).toBe('posted')
})

test.each(['post_freight_invoice', 'adjust_freight_accrual'])(
  '%s that no route leads anywhere is not done',
  (command) => {
    const one = begun(left(), delivered, invoice('101.00'))
    for (const other of ['post_freight_invoice', 'adjust_freight_accrual'])
      if (other === command) one.unrouted(other)
      else one.outcome(other, 'applied')
    expect([one.state(here), one.open, said(one).includes('posted')]).toEqual(['posting', ['resolve-unrouted'], false])
    expect([...one.tasks.values()]).toMatchObject([
      { role: 'freight-audit', objects: ['frt_F1'], evidence: { command } },
    ])
    one.answer('resolve-unrouted', 'done')
    expect([one.state(here), one.open, said(one).at(-1)]).toEqual(['posted', [], 'posted'])
  },
)

test('an invoice that is approved is not called off', () => {
  const one = begun(left(), delivered, invoice('100.00')).decide({ action: 'cancel' })
  expect(one.said('process.command_refused')).toMatchObject([{ reason: 'already_approved' }])
})

processPromises(
  freightSettlement,
  {
    'as it should be': [left(), delivered, invoice('100.00'), invoice('100.00', { happened: 'paid' })],
    'trouble everywhere': [
      left(),
      invoice('130.00'),
      invoice('130.00', { number: 'F2' }),
      delivered,
      invoice('100.00', { number: 'F3', kind: 'corrected_invoice' }),
      invoice('130.00', { happened: 'cancelled' }),
    ],
  },
  {},
)
