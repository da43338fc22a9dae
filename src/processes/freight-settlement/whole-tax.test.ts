import { describe, expect, test } from 'vitest'
import { both, type Case, header, two } from './whole.contract.ts'

const money = (amount: string) => ({ amount, currency: 'EUR' })
const line = (deliveryNumber: string | undefined, charges: Readonly<Record<string, string>>) => ({
  ...(deliveryNumber === undefined ? {} : { deliveryNumber }),
  charges: Object.entries(charges).map(([code, amount]) => ({ code, amount: money(amount) })),
})
const invoice = (total: string, ...lines: readonly object[]) => ({
  ...{ invoiceNumber: 'M1', carrier: 'haul', total: money(total), lines },
})
const loads = Object.entries(two).map(([load, linehaul]) => line(load, { linehaul }))
const booked = (one: Case) => one.run(header).effects.map(({ payload }) => payload)

describe('the tax of an invoice over several loads', () => {
  test('is told to the ERP, for all of them and for each', () => {
    const taxed = [line('80000001', { linehaul: '101', tax: '19' }), line('80000002', { linehaul: '49.5', tax: '9.5' })]
    expect(booked(both().report(invoice('179', ...taxed)))).toMatchObject([
      {
        ...{ amount: '179', tax: '28.5', asked: '179' },
        loads: [
          { load: '80000001', amount: '120', tax: '19' },
          { load: '80000002', amount: '59', tax: '9.5' },
        ],
      },
    ])
  })
  test('that is asked for all of them together is paid without a person where each of them is', () => {
    const one = both().report(invoice('179.10', ...loads, line(undefined, { tax: '28.60' })))
    expect(booked(one)).toMatchObject([
      { amount: '179.1', tax: '28.6', loads: [{ amount: '101' }, { amount: '49.5' }] },
    ])
    expect(one.run(header).open).toEqual([])
  })
  test.each([
    ['is more than is usual', '60', '0', 'approve', { amount: '210.5', tax: '60' }],
    ['comes with other money for no load', '28.60', '5', 'approve', { amount: '184.1', tax: '28.6' }],
    ['is not approved', '28.60', '5', 'loads_only', { amount: '150.5' }],
  ])('that %s is for a person', (_, tax, other, decision, paid) => {
    const total = `${150.5 + Number(tax) + Number(other)}`
    const one = both().report(invoice(total, ...loads, line(undefined, { tax, other })))
    expect([one.run(header).open, booked(one)]).toEqual([['invoice-limit'], []])
    one.with(header, (run) => run.answer('invoice-limit', decision))
    expect(booked(one)).toMatchObject([paid])
  })
  test('on loads of which one is paid short is for a person: nobody knows how much of it is on that', () => {
    const dear = [line('80000001', { linehaul: '300' }), line('80000002', { linehaul: '49.50' })]
    const one = both().report(invoice('415.90', ...dear, line(undefined, { tax: '66.40' })))
    one.with('80000001', (run) => run.answer('variance', 'short_pay'))
    expect(one.run(header).open).toEqual(['invoice-limit'])
    one.with(header, (run) => run.answer('invoice-limit', 'loads_only'))
    expect(booked(one)).toMatchObject([{ amount: '149.5', asked: '415.9' }])
  })
})
