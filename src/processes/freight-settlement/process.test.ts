import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import type { Instance } from '../engine/instance.ts'
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

const resolved = (pay: string, more: object = {}): Told => ({
  type: 'freight_invoice.dispute_resolved',
  subject: 'frt_F1',
  data: { load: '80000001', invoiceNumber: 'F1', carrier: 'haul', resolution: 'split', pay, ...more },
})

describe('a dispute', () => {
  const disputed = (): ProcessRun => begun(left(), delivered, invoice('130.00')).answer('variance', 'dispute')
  test('is written down with the comparison, and nothing is paid until it is settled', () => {
    const one = disputed()
    expect(one.said('freight_invoice.reported').at(-1)).toMatchObject({
      parts: { disputes: { 80000001: { reason: 'over', asked: '130', agreed: '100', currency: 'EUR' } } },
    })
    expect([said(one).filter((status) => status !== undefined), paid(one)]).toEqual([
      ['variance', 'variance', 'disputed'],
      [],
    ])
    expect(one.fire('dispute-open/haul:F1').state(here)).toBe('disputing')
    // Whoever waits longer says the same.
    const written = one.said('freight_invoice.reported').flatMap(({ parts }) => (parts === undefined ? [] : [parts]))
    expect(written[1]).toEqual(written[0])
  })
  test.each([
    ['130', ['haul:F1 130'], 'posting', 'approved'],
    ['115', ['haul:F1 115'], 'posting', 'short_paid'],
    ['0', [], 'rejecting', 'rejected'],
  ])('that ends with %s', (pay, payments, state, status) => {
    const one = disputed().tell(resolved(pay))
    expect([paid(one), one.state(here), said(one).at(-1)]).toEqual([payments, state, status])
  })
  test('ends with a corrected invoice, which is no duplicate', () => {
    const one = disputed().tell(invoice('100.00', { number: 'F1A', kind: 'corrected_invoice' }))
    expect([one.state(here), paid(one), one.open]).toEqual(['superseded', ['haul:F1A 100'], []])
    expect(one.tell(resolved('0', { isReplaced: true })).state(here)).toBe('superseded')
  })
  test('ends with a credit note, which no person looks at again: what is booked comes to what was put aside', () => {
    const one = disputed().tell(invoice('-30.00', { number: 'C1', kind: 'credit_note' }))
    one.tell(resolved('130', { resolution: 'carrier_credit', creditNote: 'C1' }))
    expect([paid(one), one.open]).toEqual([['haul:F1 130', 'haul:C1 -30'], []])
    const deltas = one.effects.flatMap(({ command, payload }) =>
      command === 'adjust_freight_accrual' ? [(payload as { delta: string }).delta] : [],
    )
    expect(deltas).toEqual(['30', '-30'])
  })
  test('ends when the carrier takes the invoice back', () =>
    expect(
      disputed()
        .tell(invoice('130.00', { happened: 'cancelled' }))
        .state(here),
    ).toBe('cancelled'))
  test('that version 2 has sent is handed over with the time at which it began, and is not sent again', () => {
    const { instance } = disputed()
    const { resolutions: _, ...known } = (instance?.known ?? {}) as Record<string, unknown>
    const old = { ...instance, version: 2, known, armed: {} } as Instance
    const one = ProcessRun.resumed(freightSettlement, old).tell(invoice('130.00', { happened: 'changed' }))
    expect([one.state(here), one.instance?.version]).toEqual(['disputing', freightSettlement.version])
    expect(one.said('freight_invoice.reported').at(-1)).toMatchObject({
      parts: { disputes: { 80000001: { isTold: true, openedAt: instance?.at[here]?.since } } },
    })
    expect(paid(one.tell(resolved('130')))).toEqual(['haul:F1 130'])
  })
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
  test('a credit note whose amounts have no sign takes off, too', () => {
    const one = begun(left(), delivered, invoice('100.00'), invoice('30.00', { number: 'C1', kind: 'credit_note' }))
    expect(paid(one.answer('variance', 'approve'))).toEqual(['haul:F1 100', 'haul:C1 -30'])
  })
})

describe('an invoice that comes to name another load', () => {
  const renamed = (
    changed: readonly string[],
    { linesBefore, ...before }: { linesBefore?: object },
    object: object = {},
  ): Told => {
    const { data, ...rest } = invoice('100.00', { happened: 'changed' })
    const told = { ...(data as { object: object }).object, ...object }
    return { ...rest, data: { status: 'unmatched', changed, before, linesBefore, object: told } }
  }
  const at = (key: string, ...facts: readonly Told[]): ProcessRun =>
    facts.reduce((one, fact) => one.tell(fact), new ProcessRun(freightSettlement, { key, policy: {} }))
  const nameless = (): Told => {
    const { data, ...rest } = invoice('100.00')
    const { shipment: _, ...object } = (data as { object: Readonly<Record<string, unknown>> }).object
    return { ...rest, data: { from: null, changed: Object.keys(object), object } }
  }
  test('is settled under that one, and nothing waits for it where it was', () => {
    const former = at('invoice F1', nameless())
    expect(former.state(here)).toBe('matching')
    const later = renamed(['shipment'], {})
    expect(former.tell(later).state(here)).toBe('moved')
    expect([former.open, former.timers.size, former.instance?.endedAt]).toEqual([[], 0, expect.any(String)])
    expect(paid(at('80000001', left(), delivered, later))).toEqual(['haul:F1 100'])
  })
  test('in one of its lines', () => {
    const lines = (number: string) => [
      { deliveryNumber: number, charges: [{ code: 'freight', amount: { amount: '100' } }] },
    ]
    const first = renamed([], {}, { shipment: undefined, lines: lines('80000001') })
    const then = renamed(
      ['lines'],
      { linesBefore: lines('80000001') },
      { shipment: undefined, lines: lines('80000002') },
    )
    const one = at('80000001', first)
    expect([one.state(here), one.tell(then).state(here)]).toEqual(['matching', 'moved'])
    const back = renamed(
      ['lines'],
      { linesBefore: lines('80000002') },
      { shipment: undefined, lines: lines('80000001') },
    )
    expect(one.tell(back).state(here)).toBe('matching')
    expect(at('80000002', then).state(here)).toBe('matching')
  })
  test('is no other invoice for the same money where it was', () => {
    const one = at(
      '80000001',
      left(),
      delivered,
      renamed(['shipment'], { shipment: '0080000001' } as object, { shipment: '80000002' }),
    )
    expect(paid(one.tell(invoice('100.00', { number: 'F2' })))).toEqual(['haul:F2 100'])
  })
  test('stays where it is approved: its postings are under that load', () => {
    const one = at('80000001', left(), delivered, invoice('100.00'))
    expect(one.said('freight_invoice.reported')).toContainEqual(
      expect.objectContaining({ object: expect.objectContaining({ settledAs: '80000001' }) as object }),
    )
    const late = renamed(['shipment'], { shipment: '0080000001' } as object, {
      shipment: '80000002',
      settledAs: '80000001',
    })
    expect(one.tell(late).state(here)).toBe('posting')
    expect(at('80000002', late).state(here)).toBeUndefined()
  })
  test('is named by the delivery, where only the shipment says which one it is', () => {
    const byBill = renamed([], {}, { shipment: undefined, bol: 'BOL1' })
    const arrived: Told = {
      ...delivered,
      state: {
        references: [
          { scheme: 'bol', value: 'BOL1' },
          { scheme: 'delivery', value: '80000001' },
        ],
      },
    }
    const one = at('BOL1', byBill, arrived)
    expect(one.state(here)).toBe('matching')
    expect(one.fire('unmatched/haul:F1').state(here)).toBe('naming')
    expect([one.open, one.said('freight_invoice.reported').at(-1)]).toEqual([[], { object: { settledAs: '80000001' } }])
    const found = renamed(['settledAs'], {}, { shipment: undefined, bol: 'BOL1', settledAs: '80000001' })
    expect(one.tell(found).state(here)).toBe('moved')
    expect(paid(at('80000001', left(), delivered, found))).toEqual(['haul:F1 100'])
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
      resolved('115'),
      invoice('100.00', { number: 'F3', kind: 'corrected_invoice' }),
      invoice('130.00', { happened: 'cancelled' }),
    ],
  },
  {},
)
