import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import type { ProcessRun, Told } from '../../../test/process-run.ts'
import { freightSettlement } from './process.ts'
import { booked, deltas, left, paid, run, where } from './told.contract.ts'

type Charged = Readonly<Record<string, string>>

const charges = (all: Charged): object[] =>
  Object.entries(all).map(([code, amount]) => ({ code, amount: { amount, currency: 'EUR' } }))
/** An invoice of these charges, which come to its total. */
const invoice = (total: string, all: Charged, { number = 'F1', currency = 'EUR', ...more } = {}): Told => ({
  type: 'freight_invoice.received',
  subject: `frt_${number}`,
  data: {
    object: {
      ...{ invoiceNumber: number, carrier: 'haul', shipment: '80000001', total: { amount: total, currency }, ...more },
      lines: [
        {
          charges: charges(all).map((one) => ({ ...one, amount: { ...(one as { amount: object }).amount, currency } })),
        },
      ],
    },
  },
})
const aside = (all: Charged): Told =>
  left('0', { 1: { carrier: 'haul', freight: { currency: 'EUR', charges: charges(all) } } })
const taxed = (freight: string, tax: string, total: string, more: Charged = {}): Told =>
  invoice(total, { freight, tax }, more)
const taxes = (one: ProcessRun) =>
  one.effects
    .filter(({ command }) => command === 'post_freight_invoice')
    .map(({ payload }) => (payload as { readonly tax?: string }).tax)
const taskOf = (one: ProcessRun) => {
  const [task] = [...one.tasks.values()]
  return task as { readonly question: string; readonly evidence: { readonly match: object } } | undefined
}

describe('an invoice with tax', () => {
  test('of which the rest is what was put aside is paid with its tax, and what was put aside stays', () => {
    const one = run(left(), taxed('100.00', '19.00', '119.00'))
    expect([paid(one), taxes(one), deltas(one)]).toEqual([['haul:F1 119 EUR'], ['19'], []])
    const [matched] = one.said('freight_invoice.reported')
    expect(matched).toMatchObject({
      status: 'matched',
      object: { match: { outcome: 'exact', accrued: '100', invoiced: '100', variance: '0', tax: '19', total: '119' } },
    })
    expect(where(booked(one), 'F1')).toBe('posted')
  })

  test('changes what was put aside by the difference without tax', () => {
    const one = run(left(), taxed('101.50', '19.29', '120.79'))
    expect([paid(one), deltas(one)]).toEqual([['haul:F1 120.79 EUR'], ['1.5 EUR']])
  })

  test('is compared charge by charge without it', () => {
    const one = run(aside({ freight: '80', fuel: '20' }), invoice('119', { freight: '80', fuel: '20', tax: '19' }))
    expect(paid(one)).toEqual(['haul:F1 119 EUR'])
  })

  test('that is too much without it is for freight audit, who sees all three', () => {
    const one = run(left(), taxed('130.00', '24.70', '154.70'))
    expect([one.open, paid(one)]).toEqual([['variance'], []])
    expect(taskOf(one)?.question).toContain('differs by 30 EUR (130 without tax, 24.7 tax, 154.7 in all)')
    expect(taskOf(one)?.evidence.match).toMatchObject({ invoiced: '130', variance: '30', tax: '24.7', total: '154.7' })
  })

  test.each([
    ['approve', ['haul:F1 154.7 EUR'], ['24.7'], ['30 EUR']],
    ['short_pay', ['haul:F1 119 EUR'], ['19'], []],
  ])('that is too much: %s', (decision, pay, tax, changed) => {
    const one = run(left(), taxed('130.00', '24.70', '154.70')).answer('variance', decision)
    expect([paid(one), taxes(one), deltas(one)]).toEqual([pay, tax, changed])
  })

  test('is disputed for what is too much, with the tax on that', () => {
    const one = run(left(), taxed('130.00', '24.70', '154.70')).answer('variance', 'dispute')
    expect(one.said('freight_invoice.reported')).toContainEqual(
      expect.objectContaining({
        status: 'disputed',
        object: { dispute: expect.objectContaining({ amount: '35.7' }) },
      }),
    )
  })

  test('is held against the tax where that was put aside, too', () => {
    const both = { freight: '100', tax: '19' }
    expect(paid(run(aside(both), invoice('119', both)))).toEqual(['haul:F1 119 EUR'])
    const one = run(aside(both), taxed('100', '38', '138'))
    expect([one.open, paid(one)]).toEqual([['variance'], []])
  })

  test.each([
    ['that is most of it', taxed('50.00', '900.00', '950.00')],
    ['and nothing else', invoice('90.00', { tax: '90.00' })],
  ])('%s is paid by nobody unseen', (_, told) => {
    const one = run(left(), told)
    expect([one.open, paid(one)]).toEqual([['variance'], []])
  })

  test('in other money is put in the place of what was put aside without its tax', () => {
    const one = run(left(), taxed('100.00', '19.00', '119.00', { currency: 'USD' }))
    expect(taskOf(one)?.question).toContain('asks for 119 USD (100 without tax, 19 tax, 119 in all)')
    expect(deltas(one.answer('variance', 'approve'))).toEqual(['100 USD', '-100 EUR'])
  })

  test('that is corrected when it is paid asks for the difference of both', () => {
    const more = { 2: { carrier: 'haul', freight: { amount: '10', currency: 'EUR' } } }
    const one = booked(run(left(), taxed('100', '19', '119')))
    one.tell(left('100.00', more))
    one.tell(taxed('110', '20.90', '130.90', { number: 'F2', kind: 'corrected_invoice' }))
    expect([paid(one).at(-1), taxes(one).at(-1), deltas(one)]).toEqual(['haul:F2 11.9 EUR', '1.9', []])
  })
})

processPromises(
  freightSettlement,
  { 'invoices with tax': [left(), taxed('130.00', '24.70', '154.70'), taxed('100', '19', '119', { number: 'F2' })] },
  { serviceProof: 'none' },
)
