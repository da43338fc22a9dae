import { describe, expect, test } from 'vitest'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { freightSettlement } from './process.ts'
import { correction, invoice, left, paid, where } from './told.contract.ts'

const tracked = (amount = '100.00'): Told =>
  left(amount, {
    1: { carrier: 'haul', trackingNumbers: ['T1', 'T2'], freight: { amount, currency: 'EUR' } },
  })
/** What one instance of several is told. */
const at = (key: string, ...facts: readonly Told[]): ProcessRun =>
  facts.reduce(
    (one, fact) => one.tell(fact),
    new ProcessRun(freightSettlement, { key, policy: { serviceProof: 'none' } }),
  )
/** An invoice that names the load by the number of a parcel, and the load that the hub has found for it. */
const byParcel = (number: string, more: object = {}, change: object = {}): Told => {
  const { data, ...rest } = invoice(number, '100.00')
  const { shipment: _, ...object } = (data as { object: Readonly<Record<string, unknown>> }).object
  return { ...rest, data: { object: { ...object, trackingNumber: 'T1', ...more }, ...change } }
}
/** What was put aside was used for an invoice under another number of the load. */
const matched: Told = {
  type: 'freight_accrual.matched',
  subject: 'fra_1',
  data: { object: { deliveryNumber: '80000001', carrier: 'haul', trackingNumbers: ['T1', 'T2'] } },
}

describe('one load under two of its numbers', () => {
  test('is settled under the delivery, so that a second invoice for the same money is seen', () => {
    const parcel = at('T1', tracked(), byParcel('F1'))
    expect([where(parcel, 'F1'), paid(parcel)]).toEqual(['naming', []])
    expect(parcel.said('freight_invoice.reported')).toEqual([{ object: { settledAs: '80000001' } }])
    const found = byParcel('F1', { settledAs: '80000001' }, { changed: ['settledAs'], before: {} })
    expect(where(parcel.tell({ ...found, type: 'freight_invoice.changed' }), 'F1')).toBe('moved')
    const delivery = at('80000001', tracked(), { ...found, type: 'freight_invoice.changed' }, invoice('F2', '100.00'))
    expect([where(delivery, 'F2'), paid(delivery)]).toEqual(['duplicate', ['haul:F1 100 EUR']])
  })
  test('is told by each number when its money is used', () => {
    const run = at('80000001', tracked(), invoice('F1', '100.00')).outcome('post_freight_invoice', 'applied')
    const [told] = run.said('freight_accrual.reported').filter(({ status }) => status === 'matched')
    expect(told).toMatchObject({ object: { deliveryNumber: '80000001', trackingNumbers: ['T1', 'T2'] } })
  })
  test.each([
    ['the load itself', '80000001', (one: ProcessRun) => one.tell(invoice('F2', '100.00'))],
    ['a number of several loads', 'T1', (one: ProcessRun) => one.tell(two).tell(byParcel('F2'))],
  ])('is not paid again unseen where its money was used elsewhere: %s', (_, key, ask) => {
    const run = ask(at(key, tracked(), matched))
    expect([where(run, 'F2'), paid(run), run.open]).toEqual(['variance', [], ['variance']])
    expect([...run.tasks.values()][0]).toMatchObject({
      question:
        'Invoice haul:F2 differs by 100 EUR. What was put aside was used for an invoice under another number of the load. What is paid?',
    })
  })
  test('is corrected where it was paid, as before', () => {
    const run = at('80000001', tracked(), invoice('F1', '100.00')).outcome('post_freight_invoice', 'applied')
    run.tell(matched).tell(invoice('F2', '103.00', correction))
    expect([where(run, 'F2'), run.open]).toEqual(['variance', ['variance']])
    expect([...run.tasks.values()][0]).toMatchObject({
      question: 'Invoice haul:F2 differs by 3 EUR. Paid already: 100 of F1. What is paid?',
    })
  })
  test('is asked about where an invoice over several loads names it by another number: it cannot be moved', () => {
    const line = (trackingNumber: string) => ({
      trackingNumber,
      charges: [{ code: 'linehaul', amount: { amount: '50' } }],
    })
    const whole = byParcel('F1', { trackingNumber: undefined, lines: [line('B1'), line('B2')] })
    const arrived: Told = {
      type: 'shipment.delivered',
      data: {},
      state: {
        references: [
          { scheme: 'bol', value: 'B1' },
          { scheme: 'delivery', value: '80000001' },
        ],
      },
    }
    const run = at('B1', whole, arrived).fire('unmatched/haul:F1')
    expect([where(run, 'F1'), run.open]).toEqual(['matching', ['match-invoice']])
  })
})

const two: Told = {
  ...tracked(),
  subject: 'dlv_2',
  data: {
    object: {
      deliveryNumber: '80000002',
      confirmations: { 1: { carrier: 'haul', trackingNumbers: ['T1'], freight: { amount: '10', currency: 'EUR' } } },
    },
  },
}
