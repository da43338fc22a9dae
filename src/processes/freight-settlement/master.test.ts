import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { type DocumentState, evolveDocument } from '../../model/documents/document.ts'
import type { Fact } from '../../model/fact.ts'
import { freightSettlement } from './process.ts'

const header = 'invoice M1'
const money = (amount: string) => ({ amount, currency: 'EUR' })
const left = (number: string, amount: string): Told => ({
  type: 'delivery.staged',
  subject: `dlv_${number}`,
  data: { object: { deliveryNumber: number, confirmations: { 1: { carrier: 'haul', freight: money(amount) } } } },
})
/** An invoice over loads, by number of the delivery with what is asked for it; an empty number is for no load. */
const asked = (loads: Readonly<Record<string, string>>, total: string) => ({
  ...{ invoiceNumber: 'M1', carrier: 'haul', total: money(total), dueDate: '2026-05-01' },
  lines: Object.entries(loads).map(([deliveryNumber, amount]) => ({
    ...(deliveryNumber === '' ? {} : { deliveryNumber }),
    charges: [{ code: 'linehaul', amount: money(amount) }],
  })),
})

/** The instances that an invoice concerns, and the invoice: what they say of it is told to all of them, as the hub does it. */
class Case {
  readonly runs: ReadonlyMap<string, ProcessRun>
  readonly #evolve = evolveDocument('freight_invoice')
  #invoice: DocumentState | undefined
  #heard = new Map<ProcessRun, number>()
  #count = 0

  constructor(keys: readonly string[], policy: Readonly<Record<string, unknown>> = {}) {
    const make = (key: string) =>
      new ProcessRun(freightSettlement, { policy: { serviceProof: 'none', ...policy }, key })
    this.runs = new Map([...keys, header].map((key) => [key, make(key)]))
  }

  tell(...facts: readonly Told[]): this {
    for (const fact of facts) for (const run of this.runs.values()) run.tell(fact)
    return this.#pass()
  }

  /** The carrier reports the invoice. */
  report(object: object, status = 'received'): this {
    this.#fold({ status, object })
    return this.#pass()
  }

  run(key: string): ProcessRun {
    const found = this.runs.get(key)
    if (found === undefined) throw new Error(`there is no instance ${key}`)
    return found
  }

  /** Something is done with one instance. */
  with(key: string, act: (run: ProcessRun) => void): this {
    act(this.run(key))
    return this.#pass()
  }

  get asked(): readonly string[] {
    return [...this.runs.values()].flatMap(({ asked: own }) => own)
  }

  get status(): string | undefined {
    return this.#invoice?.status
  }

  #pass(): this {
    for (const run of this.runs.values())
      for (let seen = this.#heard.get(run) ?? 0; seen < run.facts.length; seen++) {
        this.#heard.set(run, seen + 1)
        const fact = run.facts[seen]
        if (fact?.type === 'freight_invoice.reported') {
          this.#fold(fact.data)
          return this.#pass()
        }
      }
    return this
  }

  #fold(data: unknown): void {
    const fact = { id: `r${this.#count++}`, type: 'freight_invoice.reported', subject: 'frt_1', tenant: 'main', data }
    const evolution = this.#evolve(this.#invoice, fact as Fact)
    this.#invoice = evolution.state
    for (const { type, data: told } of evolution.facts)
      for (const run of this.runs.values()) run.tell({ type, subject: 'frt_1', data: told })
  }
}

const two = { '80000001': '101.00', '80000002': '49.50' }
const both = (policy = {}): Case =>
  new Case(['80000001', '80000002'], policy).tell(left('80000001', '100.00'), left('80000002', '50.00'))

describe('an invoice over several loads', () => {
  test('is booked once, when all of them are settled, and what was put aside for each becomes what is paid for it', () => {
    const one = both().report(asked(two, '150.50'))
    expect(one.asked).toEqual(['post_freight_invoice haul:M1'])
    expect(one.run(header).effects).toMatchObject([
      {
        payload: {
          ...{ amount: '150.5', asked: '150.5', dueDate: '2026-05-01' },
          loads: [
            { load: '80000001', amount: '101' },
            { load: '80000002', amount: '49.5' },
          ],
        },
      },
    ])
    one.with(header, (run) => run.outcome('post_freight_invoice', 'applied'))
    expect(one.status).toBe('posted')
    expect(one.asked).toEqual([
      'adjust_freight_accrual 80000001:haul:M1',
      'adjust_freight_accrual 80000002:haul:M1',
      'post_freight_invoice haul:M1',
    ])
    expect(one.run('80000002').effects).toMatchObject([{ payload: { delta: '-0.5' } }])
    for (const key of ['80000001', '80000002']) {
      one.with(key, (run) => run.outcome('adjust_freight_accrual', 'applied'))
      expect(one.run(key).state('accrual/haul')).toBe('closed')
    }
  })

  test('waits for a load that nobody knows yet, and for the person who decides about one', () => {
    const one = new Case(['80000001', '80000002']).tell(left('80000001', '100.00')).report(asked(two, '150.50'))
    expect([one.asked, one.run(header).state('master/haul:M1')]).toEqual([[], 'collecting'])
    one.tell(left('80000002', '20.00'))
    expect(one.run('80000002').open).toEqual(['variance'])
    one.with('80000002', (run) => run.answer('variance', 'short_pay'))
    expect(one.run(header).effects).toMatchObject([{ payload: { amount: '121' } }])
    one.with(header, (run) => run.outcome('post_freight_invoice', 'applied'))
    expect(one.run('80000002').asked).toEqual([])
  })

  test('is shown with the loads that are open when they are not settled for long', () => {
    const one = new Case(['80000001', '80000002']).tell(left('80000001', '100.00')).report(asked(two, '150.50'))
    one.with(header, (run) => run.fire('collection/haul:M1'))
    expect([...one.run(header).tasks.values()]).toMatchObject([
      { name: 'open-loads', question: 'Invoice haul:M1 waits for 80000002.' },
    ])
    one.with(header, (run) => run.answer('open-loads', 'wait'))
    expect(one.run(header).open).toEqual([])
    expect(one.tell(left('80000002', '50.00')).asked).toEqual(['post_freight_invoice haul:M1'])
  })

  const many = (): Case => {
    const loads = Array.from({ length: 12 }, (_, n) => `9000${n + 10}`)
    const invoice = asked(Object.fromEntries(loads.map((load) => [load, '104.80'])), '1257.60')
    return new Case(loads).tell(...loads.map((load) => left(load, '100.00'))).report(invoice)
  }
  test.each([
    ['approve', ['post_freight_invoice haul:M1'], 'booking', '1257.6'],
    ['loads_only', ['post_freight_invoice haul:M1'], 'booking', '1257.6'],
    ['reject', ['send_application_advice haul:M1'], 'refusing', undefined],
  ])('whose small differences come to more than 50 is for two people: %s', (decision, effects, state, amount) => {
    const one = many()
    expect([one.asked, one.run(header).open]).toEqual([[], ['invoice-limit']])
    const [task] = [...one.run(header).tasks.values()]
    expect(task?.['decisions']).toContainEqual(expect.objectContaining({ name: 'approve', fourEyes: true }))
    expect(task?.['question']).toContain('57.6 beyond what was put aside')
    one.with(header, (run) => run.answer('invoice-limit', decision))
    expect([one.asked, one.run(header).state('master/haul:M1')]).toEqual([effects, state])
    const payload = (one.run(header).effects[0]?.payload ?? {}) as { readonly amount?: string }
    expect(payload.amount).toBe(amount)
  })

  test('that is refused changes nothing that was put aside', () => {
    const one = many().with(header, (run) => run.answer('invoice-limit', 'reject'))
    expect([one.status, one.run('900010').state('invoice/haul:M1')]).toEqual(['rejected', 'rejected'])
    expect(one.run('900010').asked).toEqual([])
  })

  test('that asks for more than its loads is for a person', () => {
    const one = both().report(asked({ ...two, '': '9.50' }, '160.00'))
    expect([one.asked, one.run(header).open]).toEqual([[], ['invoice-limit']])
    one.with(header, (run) => run.answer('invoice-limit', 'loads_only'))
    expect(one.run(header).effects).toMatchObject([{ payload: { amount: '150.5', asked: '160' } }])
  })

  test('whose lines do not come to its total is refused', () => {
    const one = both().report(asked(two, '151.50'))
    expect(one.asked).toEqual(['send_application_advice haul:M1'])
    expect(one.status).toBe('rejected')
  })

  test('that was refused and comes again under its number is answered, not paid: it needs a number of its own', () => {
    const wrong = new Case(['80000001', '80000002']).report(asked({ 80000001: '100', 80000002: '50' }, '170'))
    wrong.with(header, (run) => run.outcome('send_application_advice', 'applied'))
    const advice = () =>
      wrong
        .run(header)
        .effects.filter(({ command }) => command === 'send_application_advice')
        .map(({ businessKey, payload }) => [
          businessKey,
          (payload as { faults: readonly string[] }).faults.map((one) => one.split(':')[0]),
        ])
    wrong.report(asked({ 80000001: '100', 80000002: '50' }, '170'))
    expect(advice()).toEqual([['haul:M1', ['totals']]])
    wrong.report(asked({ 80000001: '100', 80000002: '50' }, '150'))
    expect(advice()).toEqual([
      ['haul:M1', ['totals']],
      ['haul:M1:2', ['number_used']],
    ])
    wrong.with(header, (run) => run.outcome('send_application_advice', 'applied'))
    expect(wrong.run(header).state('master/haul:M1')).toBe('refused')
    const posted = [...wrong.runs.values()].flatMap((run) => run.asked.filter((one) => one.startsWith('post_freight')))
    expect(posted).toEqual([])
  })
  test('that was refused leaves nobody a question about its loads, and what is sent under another number is no duplicate of it', () => {
    const one = new Case(['80000001', '80000002']).tell(left('80000001', '100.00'), left('80000002', '10.00'))
    one.report(asked(two, '151.50'))
    const load = one.run('80000002')
    expect([load.state('invoice/haul:M1'), load.open]).toEqual(['rejected', []])
    const object = { ...asked(two, '150.50'), invoiceNumber: 'M2' }
    load.tell({ type: 'freight_invoice.received', subject: 'frt_2', data: { object } })
    expect([load.state('invoice/haul:M2'), load.open]).toEqual(['variance', ['variance']])
  })
  test('that the carrier takes back is not paid', () => {
    const one = new Case(['80000001', '80000002']).tell(left('80000001', '100.00')).report(asked(two, '150.50'))
    for (const run of one.runs.values())
      run.tell({ type: 'freight_invoice.cancelled', subject: 'frt_1', data: { object: asked(two, '150.50') } })
    expect(one.run(header).state('master/haul:M1')).toBe('cancelled')
    expect(one.run('80000001').state('invoice/haul:M1')).toBe('rejected')
  })
})

test('one load may not differ by more than the limit of an invoice, however much its price is', () => {
  const single = (amount: string): Told => ({
    type: 'freight_invoice.received',
    subject: 'frt_2',
    data: {
      object: { invoiceNumber: 'F2', carrier: 'haul', deliveryNumber: '80000001', total: money(amount), lines: [] },
    },
  })
  const run = (amount: string) =>
    [left('80000001', '10000.00'), single(amount)].reduce(
      (one, fact) => one.tell(fact),
      new ProcessRun(freightSettlement, { policy: { serviceProof: 'none' } }),
    )
  expect(run('10050.00').asked).toContain('post_freight_invoice haul:F2')
  expect(run('10051.00').open).toEqual(['variance'])
})

const invoice = (happened: string, settled: object = {}): Told => ({
  type: `freight_invoice.${happened}`,
  subject: 'frt_1',
  data: { object: { ...asked(two, '150.50'), settled } },
})
const paid = { pay: '101', tolerated: '1' }
processPromises(
  freightSettlement,
  {
    'the invoice over several loads itself': [
      invoice('received'),
      invoice('changed', { '80000001': paid }),
      invoice('changed', { '80000001': paid, '80000002': { pay: '49.5', tolerated: '80' } }),
      invoice('posted'),
    ],
    'a load of it': [
      left('80000001', '100.00'),
      invoice('received'),
      left('80000001', '10.00'),
      invoice('rejected'),
      invoice('cancelled'),
    ],
  },
  { serviceProof: 'none' },
)
