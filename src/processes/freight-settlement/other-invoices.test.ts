import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { freightSettlement } from './process.ts'
import { booked, correction, deltas, invoice, left, paid, run, where } from './told.contract.ts'

describe('an invoice of which nothing is paid', () => {
  const dead: Readonly<Record<string, () => ProcessRun>> = {
    'refused for what is wrong in itself': () => run(left(), invoice('F1', '100', { charged: '90' })),
    'taken back by the carrier': () =>
      run(left(), invoice('F1', '130'), invoice('F1', '100', { happened: 'cancelled' })),
  }
  test.each(Object.entries(dead))('%s makes no duplicate of the one that is right', (_, make) => {
    const one = make().tell(invoice('F2', '100'))
    expect([where(one, 'F2'), paid(one), deltas(one)]).toEqual(['posting', ['haul:F2 100 EUR'], []])
  })
  test('does not when the carrier knows that it is refused, either', () => {
    const one = run(left(), invoice('F1', '100', { charged: '90' })).outcome('send_application_advice', 'applied')
    expect(paid(one.tell(invoice('F2', '100')))).toEqual(['haul:F2 100 EUR'])
  })
  test('because it was sent before keeps nothing from the next one', () => {
    const more = { 2: { carrier: 'haul', freight: { amount: '40.00', currency: 'EUR' } } }
    const one = run(left(), invoice('F2', '100', {}, 100), invoice('F1', '100', {}, 50))
    one.tell({ ...left('100.00', more), type: 'delivery.changed' }).tell(invoice('F3', '40', {}, 150))
    expect(paid(one)).toEqual(['haul:F2 100 EUR', 'haul:F3 40 EUR'])
  })
  test('uses up nothing of what was put aside', () => {
    const one = run(left(), invoice('F1', '60', { charged: '90' }), invoice('F2', '101'))
    expect([paid(one), deltas(one)]).toEqual([['haul:F2 101 EUR'], ['1 EUR']])
  })
  test('because a corrected one takes its place does not stand in the way of another one', () => {
    const one = run(left(), invoice('F1', '130'), invoice('C1', '170', correction), invoice('F2', '130'))
    expect([where(one, 'F1'), where(one, 'F2')]).toEqual(['superseded', 'variance'])
  })
  test('frees the one that was held for the same, whichever is told first', () => {
    const one = run(left(), invoice('F1', '130'), invoice('F2', '130'))
    expect([where(one, 'F2'), one.open]).toEqual(['duplicate', ['variance']])
    one.tell(invoice('F1', '130', { happened: 'cancelled' }))
    expect([where(one, 'F2'), one.open]).toEqual(['variance', ['variance']])
    expect(one.said('freight_invoice.reported').map(({ status }) => status)).toContain('received')
    one.answer('variance', 'approve')
    expect(paid(one)).toEqual(['haul:F2 130 EUR'])
  })
  test('lets the next one be paid without a person, who was asked because of it', () => {
    const one = run(left(), invoice('F1', '130'), invoice('F2', '100'))
    expect([one.open, paid(one)]).toEqual([['variance', 'variance'], []])
    one.tell(invoice('F1', '130', { happened: 'cancelled' }))
    expect([one.open, paid(one)]).toEqual([[], ['haul:F2 100 EUR']])
  })
  test('is looked at again when the carrier corrects it under its own number', () => {
    const one = run(left(), invoice('F1', '100', { charged: '90' })).outcome('send_application_advice', 'applied')
    expect(where(one, 'F1')).toBe('rejected')
    // The same again is not another one.
    expect(where(one.tell(invoice('F1', '100', { charged: '90', happened: 'changed' })), 'F1')).toBe('rejected')
    one.tell(invoice('F1', '100', { charged: '95', happened: 'changed' }))
    expect(one.asked).toEqual(['send_application_advice haul:F1', 'send_application_advice haul:F1:2'])
    one.outcome('send_application_advice', 'applied').tell(invoice('F1', '100', { happened: 'changed' }))
    expect([where(one, 'F1'), paid(one)]).toEqual(['posting', ['haul:F1 100 EUR']])
    expect(one.said('freight_invoice.reported').flatMap(({ status }) => status ?? [])).toEqual([
      ...['rejected', 'received', 'rejected', 'received'],
      ...['matched', 'approved'],
    ])
  })
})

describe('an invoice that is told late although it came first', () => {
  test('is a duplicate of the one that is paid for the same', () => {
    const one = run(left(), invoice('F2', '100', {}, 100), invoice('F1', '100', {}, 50))
    expect([where(one, 'F1'), paid(one), one.open]).toEqual(['duplicate', ['haul:F2 100 EUR'], []])
  })
  test.each([['while it is booked'], ['when it is booked']])(
    'is not paid from what another one has used, %s',
    (when) => {
      const one = run(left(), invoice('F2', '100', {}, 100))
      if (when !== 'while it is booked') booked(one)
      one.tell(invoice('F1', '70', {}, 50))
      expect([where(one, 'F1'), one.open, paid(one), deltas(one)]).toEqual([
        'variance',
        ['variance'],
        ['haul:F2 100 EUR'],
        [],
      ])
      one.answer('variance', 'approve')
      expect(deltas(one)).toEqual(['70 EUR'])
    },
  )
  test('of another carrier is none of his', () => {
    const one = run(left(), invoice('F1', '100'), invoice('F2', '100', { carrier: 'other' }))
    expect(one.state('invoice/other:F2')).toBe('matching')
  })
  test('the same number of money in another currency is no duplicate, and is for a person', () => {
    const one = run(left(), invoice('F1', '100'), invoice('F2', '100', { currency: 'USD' }))
    expect([where(one, 'F2'), paid(one)]).toEqual(['variance', ['haul:F1 100 EUR']])
  })
})

describe('a corrected invoice', () => {
  test('takes the place of all that came before, and the newest takes that of the others', () => {
    const one = run(left(), invoice('F1', '150'), invoice('C1', '140', correction), invoice('C2', '100', correction))
    expect([where(one, 'F1'), where(one, 'C1'), paid(one)]).toEqual(['superseded', 'superseded', ['haul:C2 100 EUR']])
  })
  test('that is told after a newer one is superseded by it, and the newer one is not by the older', () => {
    const one = run(
      left(),
      invoice('F1', '150', {}, 10),
      invoice('C2', '140', correction, 30),
      invoice('C1', '145', correction, 20),
    )
    expect([where(one, 'C1'), where(one, 'C2'), one.open]).toEqual(['superseded', 'variance', ['variance']])
  })
  test('leaves alone what the carrier asks for later', () => {
    const one = run(left(), invoice('F1', '130'), invoice('C1', '100', correction), invoice('F2', '25'))
    expect([paid(one), where(one, 'F2'), one.open]).toEqual([['haul:C1 100 EUR'], 'variance', ['variance']])
  })
  test('of an invoice that is paid is for a person, who pays the difference and not all of it again', () => {
    const one = booked(run(left(), invoice('F1', '100'))).tell(invoice('C1', '120', correction))
    expect([paid(one), one.open]).toEqual([['haul:F1 100 EUR'], ['variance']])
    const [task] = [...one.tasks.values()]
    expect(task?.['evidence']).toMatchObject({ paid: { 'haul:F1': '100' }, match: { invoiced: '20', accrued: '0' } })
    one.answer('variance', 'approve')
    expect([paid(one), deltas(one)]).toEqual([['haul:F1 100 EUR', 'haul:C1 20 EUR'], ['20 EUR']])
  })
  test('is held against the invoice that is paid, not against a credit note beside it', () => {
    const one = run(left(), invoice('F1', '100'), invoice('N1', '-30')).answer('variance', 'approve')
    one.tell(invoice('C1', '120', correction)).answer('variance', 'approve')
    expect(paid(one).at(-1)).toBe('haul:C1 20 EUR')
  })
  test('of one of several that are paid is for a person as it is: nobody knows which one it corrects', () => {
    const one = run(left(), invoice('F1', '100'), invoice('F2', '50')).answer('variance', 'approve')
    const [task] = [...one.tell(invoice('C1', '60', correction)).tasks.values()]
    expect(task?.['evidence']).toMatchObject({ match: { invoiced: '60' }, paid: { 'haul:F1': '100', 'haul:F2': '50' } })
    expect(task?.['question']).toContain('Paid already: 100 of F1, 50 of F2.')
  })
  test('of a load ends it as a part of an invoice over several: nothing of it is paid there', () => {
    const lines = ['80000001', '80000002'].map((deliveryNumber) => ({
      deliveryNumber,
      charges: [{ code: 'freight', amount: { amount: '130' } }],
    }))
    const over: Told = {
      type: 'freight_invoice.received',
      subject: 'frt_M1',
      data: { object: { invoiceNumber: 'M1', carrier: 'haul', total: { amount: '260', currency: 'EUR' }, lines } },
    }
    const one = new ProcessRun(freightSettlement, { policy: { serviceProof: 'none' }, key: '80000001' })
    for (const fact of [left(), over, invoice('C1', '100', correction)]) one.tell(fact)
    expect(where(one, 'M1')).toBe('superseded')
    const [settled] = one.said('freight_invoice.reported').map(({ parts }) => (parts as { settled?: object })?.settled)
    expect(Object.entries(settled ?? {})).toEqual([[expect.stringMatching(/^80000001 /), { pay: '0', tolerated: '0' }]])
    // That was told to the invoice as a whole: it is not taken back.
    one.tell(invoice('C1', '100', { ...correction, happened: 'cancelled' }))
    expect(where(one, 'M1')).toBe('superseded')
  })
  test('that is taken back does not open a dispute again, which ended with it', () => {
    const one = run(left(), invoice('F1', '130')).answer('variance', 'dispute')
    one.tell(invoice('C1', '140', correction)).tell(invoice('C1', '140', { ...correction, happened: 'cancelled' }))
    expect(where(one, 'F1')).toBe('superseded')
  })
  test('that the carrier takes back leaves the first one as it was', () => {
    const one = run(left(), invoice('F1', '130'), invoice('C1', '140', correction))
    expect(where(one, 'F1')).toBe('superseded')
    one.tell(invoice('C1', '140', { ...correction, happened: 'cancelled' }))
    expect([where(one, 'F1'), one.open]).toEqual(['variance', ['variance']])
    expect(paid(one.answer('variance', 'approve'))).toEqual(['haul:F1 130 EUR'])
  })
})

describe('a credit note', () => {
  test('that comes before its invoice uses up nothing of what was put aside', () => {
    const one = run(left(), invoice('C1', '-30', { kind: 'credit_note' })).answer('variance', 'approve')
    booked(one.tell(invoice('F1', '100')))
    expect([paid(one), deltas(one)]).toEqual([['haul:C1 -30 EUR', 'haul:F1 100 EUR'], ['-30 EUR']])
  })
  test('or a debit note is no invoice for the same money that was sent before', () => {
    const one = run(left(), invoice('D1', '100', { kind: 'debit_note' }), invoice('F1', '100'))
    expect([where(one, 'F1'), paid(one)]).toEqual(['posting', ['haul:F1 100 EUR']])
  })
  test.each([['nothing'], ['invoice']])(
    'is one if the carrier calls it %s: nothing that was put aside is released',
    (kind) => {
      const one = run(left(), invoice('C1', '-30', kind === 'invoice' ? { kind } : {}))
      expect([one.open, paid(one)]).toEqual([['variance'], []])
      one.answer('variance', 'approve')
      expect([paid(one), deltas(one)]).toEqual([['haul:C1 -30 EUR'], ['-30 EUR']])
    },
  )
})

test('an invoice whose charges are of several kinds of money is refused: they come to no sum', () => {
  const { data, ...rest } = invoice('F1', '100')
  const lines = [
    { charges: [{ code: 'freight', amount: { amount: '60', currency: 'EUR' } }] },
    { charges: [{ code: 'fuel', amount: { amount: '40', currency: 'USD' } }] },
  ]
  const one = run(left(), { ...rest, data: { object: { ...(data as { object: object }).object, lines } } })
  expect([where(one, 'F1'), paid(one)]).toEqual(['rejecting', []])
})

test('an invoice whose total names no money is in that of its charges', () => {
  const total = { amount: '100' }
  const lines = [{ charges: [{ code: 'freight', amount: { amount: '100', currency: 'USD' } }] }]
  const { data, ...rest } = invoice('F1', '100')
  const one = run(left(), { ...rest, data: { object: { ...(data as { object: object }).object, total, lines } } })
  expect([where(one, 'F1'), paid(one)]).toEqual(['variance', []])
})

test('freight of a second confirmation that comes after the first was paid pays the next invoice', () => {
  const more = { 2: { carrier: 'haul', freight: { amount: '40.00', currency: 'EUR' } } }
  const one = booked(run(left(), invoice('F1', '100')))
  one.tell({ ...left('100.00', more), type: 'delivery.changed' }).tell(invoice('F2', '41'))
  expect([paid(one), deltas(one)]).toEqual([['haul:F1 100 EUR', 'haul:F2 41 EUR'], ['1 EUR']])
  expect(run(left('100.00', more), invoice('F1', '100'), invoice('F2', '40')).open).toEqual(['variance'])
})

describe('other money than was put aside', () => {
  const other = (): ProcessRun => run(left(), invoice('F1', '110', { currency: 'USD' }))
  test('is never set off against it: the one is released, the other put aside', () => {
    const one = other().answer('variance', 'approve')
    expect([paid(one), deltas(one)]).toEqual([['haul:F1 110 USD'], ['110 USD', '-100 EUR']])
    one.outcome('adjust_freight_accrual', 'applied').outcome('adjust_freight_accrual', 'applied')
    expect(where(booked(one), 'F1')).toBe('posted')
  })
  test('is in doubt as a whole when it is disputed', () => {
    const one = other().answer('variance', 'dispute')
    expect(one.said('freight_invoice.reported')).toContainEqual(
      expect.objectContaining({
        parts: { disputes: { 80000001: expect.objectContaining({ agreed: '0', asked: '110' }) } },
      }),
    )
    expect(one.said('freight_invoice.reported')).toContainEqual(
      expect.objectContaining({ object: { dispute: expect.objectContaining({ amount: '110' }) } }),
    )
  })
  test('is shown to the person with both amounts, and with no difference of their numbers', () => {
    const one = other()
    const [task] = [...one.tasks.values()]
    expect(task?.['question']).toBe(
      'Invoice haul:F1 asks for 110 USD, and 100 EUR was put aside: nobody can say by how much that differs. What is paid?',
    )
    const { match } = (task?.['evidence'] ?? {}) as { readonly match: object }
    expect(match).toMatchObject({ accrued: '100', invoiced: '110', currency: 'USD', outcome: 'currency_mismatch' })
    expect(Object.keys(match)).not.toContain('variance')
  })
  const second = (amount: string, currency: string): Told => ({
    ...left('100.00', { 2: { carrier: 'haul', freight: { amount, currency } } }),
    type: 'delivery.changed',
  })
  test('that is put aside beside it is never added to it: what is approved releases each in its own', () => {
    const one = run(second('30.00', 'USD'), invoice('F1', '130'))
    const [task] = [...one.tasks.values()]
    expect(task?.['question']).toContain('asks for 130 EUR, and 100 EUR + 30 USD was put aside')
    one.answer('variance', 'approve')
    expect([paid(one), deltas(one)]).toEqual([['haul:F1 130 EUR'], ['30 EUR', '-30 USD']])
  })
  test('that a later confirmation puts aside is free for the next invoice, as far as that asks for it', () => {
    const one = booked(run(left(), invoice('F1', '100'))).tell(second('30.00', 'USD'))
    one.tell(invoice('F2', '31', { currency: 'USD' }))
    expect([paid(one), deltas(one)]).toEqual([['haul:F1 100 EUR', 'haul:F2 31 USD'], ['1 USD']])
    const euros = booked(run(left(), invoice('F1', '100')))
      .tell(second('30.00', 'USD'))
      .tell(invoice('F2', '31'))
    expect([where(euros, 'F2'), euros.open]).toEqual(['variance', ['variance']])
  })
  test('that a price is told in anew leaves nothing free where the old one is used: nobody knows how much that covers', () => {
    const one = booked(run(left(), invoice('F1', '100'))).tell({
      ...left(),
      data: {
        object: {
          deliveryNumber: '80000001',
          confirmations: { 1: { carrier: 'haul', freight: { amount: '112.50', currency: 'USD' } } },
        },
      },
    })
    one.tell(invoice('F2', '12.50', { currency: 'USD' }))
    expect([where(one, 'F2'), paid(one)]).toEqual(['variance', ['haul:F1 100 EUR']])
    expect(deltas(one.answer('variance', 'approve'))).toEqual(['12.5 USD'])
  })
  test('than the invoice that it corrects was paid in is for a person, as it is', () => {
    const one = booked(run(left(), invoice('F1', '100'))).tell(invoice('C1', '120', { ...correction, currency: 'USD' }))
    const [task] = [...one.tasks.values()]
    expect(task?.['question']).toContain('Paid already: 100 EUR of F1.')
    expect(task?.['evidence']).toMatchObject({ match: { invoiced: '120' } })
    expect(paid(one.answer('variance', 'approve'))).toEqual(['haul:F1 100 EUR', 'haul:C1 120 USD'])
  })
  test('sets nothing free where what was put aside is used already', () => {
    const one = run(left(), invoice('F1', '100'), invoice('F2', '100', { currency: 'USD' }))
    expect(deltas(one.answer('variance', 'approve'))).toEqual(['100 USD'])
  })
  test('is not paid short: what was put aside is no amount of it, and it is asked again', () => {
    const one = other().answer('variance', 'short_pay')
    expect([where(one, 'F1'), one.open, paid(one)]).toEqual(['variance', ['variance'], []])
  })
})

processPromises(
  freightSettlement,
  {
    'invoices of all kinds': [
      left(),
      invoice('F1', '130', {}, 10),
      invoice('F2', '130', {}, 20),
      invoice('C1', '120', correction, 30),
      invoice('C2', '100', correction, 40),
      invoice('F1', '130', { happened: 'cancelled' }),
      invoice('C2', '100', { ...correction, happened: 'cancelled' }),
    ],
    'an invoice that is corrected under its number': [
      left(),
      invoice('F1', '100', { charged: '90' }, 10),
      invoice('F1', '100', { happened: 'changed' }),
      invoice('F2', '100', { currency: 'USD' }, 20),
      invoice('N1', '-30', { kind: 'credit_note' }, 50),
    ],
  },
  { serviceProof: 'none' },
)
