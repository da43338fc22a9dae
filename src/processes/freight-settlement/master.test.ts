import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { freightSettlement } from './process.ts'
import { asked, both, Case, deltas, header, left, payloads, posted, two } from './whole.contract.ts'

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
    expect(task?.['question']).toContain('57.6 EUR beyond what was put aside, and 0 EUR for no load')
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

  test('that was refused for its sums is settled when the carrier corrects it under its number, and not when he repeats it', () => {
    const one = both().report(asked(two, '170'))
    one.with(header, (run) => run.outcome('send_application_advice', 'applied'))
    expect([one.status, one.asked]).toEqual(['rejected', ['send_application_advice haul:M1']])
    one.report(asked(two, '170'))
    expect([one.status, one.asked]).toEqual(['rejected', ['send_application_advice haul:M1']])
    one.report(asked(two, '150.50'))
    expect([one.status, posted(one)]).toEqual(['approved', [['haul:M1', '150.5']]])
    one.with(header, (run) => run.outcome('post_freight_invoice', 'applied'))
    expect([one.status, deltas(one)]).toEqual(['posted', ['1', '-0.5']])
    one
      .report(asked(two, '150.50'))
      .report(asked(two, '170'))
      .report(asked({ ...two, '80000002': '50' }, '151'))
    expect([one.status, posted(one), deltas(one)]).toEqual(['posted', [['haul:M1', '150.5']], ['1', '-0.5']])
    expect(one.run(header).open).toEqual(['told-after-approval'])
  })
  test('that a person refused is settled anew with all of its loads, those that ask for the same, too', () => {
    const one = both().report(asked({ ...two, '': '20' }, '170.50'))
    one.with(header, (run) => run.answer('invoice-limit', 'reject'))
    one.with(header, (run) => run.outcome('send_application_advice', 'applied'))
    expect(['80000001', '80000002'].map((key) => one.run(key).state('invoice/haul:M1'))).toEqual([
      'rejected',
      'rejected',
    ])
    // Since then the price of a load is another one: what was settled before counts for nothing.
    one.tell(left('80000001', '90.00')).report(asked(two, '150.50'))
    expect([one.run('80000001').open, posted(one)]).toEqual([['variance'], []])
    one.with('80000001', (run) => run.answer('variance', 'short_pay'))
    expect([one.status, posted(one)]).toEqual(['short_paid', [['haul:M1', '139.5']]])
  })
  test('that is refused twice, and asked for again as it was refused first, is answered each time and never paid', () => {
    const one = both()
    for (const total of ['170', '171', '170']) {
      one.report(asked(two, total))
      one.with(header, (run) => run.outcome('send_application_advice', 'applied'))
    }
    expect(one.asked).toEqual(['', ':2', ':3'].map((n) => `send_application_advice haul:M1${n}`))
    expect([one.status, posted(one), one.run(header).state('master/haul:M1')]).toEqual(['rejected', [], 'refused'])
  })
  test('that is told anew before all loads are settled is paid as it is now', () => {
    const one = new Case(['80000001', '80000002']).tell(left('80000001', '100.00')).report(asked(two, '150.50'))
    one.report(asked({ ...two, '80000001': '102.00' }, '151.50')).tell(left('80000002', '50.00'))
    expect(posted(one)).toEqual([['haul:M1', '151.5']])
    expect(payloads(one, 'post_freight_invoice')).toMatchObject([
      {
        payload: {
          loads: [
            { load: '80000001', amount: '102' },
            { load: '80000002', amount: '49.5' },
          ],
        },
      },
    ])
  })
  test('that is told anew asks nobody again about a load for which it asks for the same', () => {
    const one = new Case(['80000001', '80000002', '80000003']).tell(left('80000001', '20.00'))
    one.report(asked({ ...two, '80000003': '10' }, '160.50'))
    one.with('80000001', (run) => run.answer('variance', 'approve'))
    one.report(asked({ ...two, '80000003': '11' }, '161.50')).tell(left('80000002', '50.00'), left('80000003', '11.00'))
    expect([one.run('80000001').open, posted(one)]).toEqual([[], [['haul:M1', '161.5']]])
  })
  test('that is decided and told anew at the same time is booked as it was decided, in the accruals, too', () => {
    // The word of the carrier reaches the loads before the hub has said that it pays.
    const one = both().report(asked(two, '150.50'))
    const load = one.run('80000001')
    const before = load.instance?.at['invoice/haul:M1']?.chosen?.['revision'] as string
    const later = asked({ ...two, '80000001': '104.00' }, '153.50')
    const told = (type: string, more: object = {}): Told => ({
      type: `freight_invoice.${type}`,
      subject: 'frt_1',
      data: { status: 'received', object: { ...later, ...more } },
    })
    load.tell(told('changed'))
    expect(load.instance?.at['invoice/haul:M1']?.chosen).toMatchObject({ pay: '104' })
    load.tell(told('posted', { approvedRevisions: { 80000001: before } }))
    expect(load.effects.map(({ command, payload }) => [command, (payload as { delta: string }).delta])).toEqual([
      ['adjust_freight_accrual', '1'],
    ])
  })
  test('that comes to be for fewer loads is not booked for the load that it does not name any more', () => {
    const three = { ...two, '80000003': '10' }
    const one = new Case(['80000001', '80000002', '80000003'])
    one.tell(left('80000001', '100.00'), left('80000002', '50.00')).report(asked(three, '160.50'))
    expect(one.run('80000001').state('invoice/haul:M1')).toBe('posting')
    one.report(asked({ '80000002': '49.50', '80000003': '10' }, '59.50'))
    expect([one.run('80000001').state('invoice/haul:M1'), posted(one)]).toEqual(['moved', []])
    one.tell(left('80000003', '10.00'))
    expect(posted(one)).toEqual([['haul:M1', '59.5']])
  })
  test('that comes to be for one load is settled and posted there, once', () => {
    const one = new Case(['80000001', '80000002']).tell(left('80000001', '100.00')).report(asked(two, '150.50'))
    one.report(asked({ '80000001': '101.00' }, '101.00'))
    expect([posted(one), one.run(header).state('master/haul:M1')]).toEqual([[['haul:M1', '101']], 'single'])
  })
  test('that version 6 has refused is settled when the carrier corrects it, with the loads that were refused with it', () => {
    const one = both().report(asked(two, '170'))
    one.with(header, (run) => run.outcome('send_application_advice', 'applied'))
    one.asBefore()
    one.report(asked(two, '150.50'))
    expect([one.status, posted(one)]).toEqual(['approved', [['haul:M1', '150.5']]])
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
      object: {
        invoiceNumber: 'F2',
        carrier: 'haul',
        deliveryNumber: '80000001',
        total: { amount, currency: 'EUR' },
        lines: [],
      },
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
    'a load of it that is refused, corrected and told anew': [
      left('80000001', '100.00'),
      invoice('received'),
      { ...invoice('rejected'), data: { object: { ...asked(two, '150.50'), refused: { x: {} } } } },
      {
        ...invoice('changed'),
        data: { object: { ...asked({ ...two, '80000001': '140' }, '189.5'), refused: { x: {} } } },
      },
      { ...invoice('posted'), data: { object: { ...asked(two, '150.50'), refused: { x: {} } } } },
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
