import { describe, expect, test } from 'vitest'
import type { ProcessRun } from '../../../test/process-run.ts'
import { booked, deltas, invoice, left, paid, run, where } from './told.contract.ts'

describe('an invoice that was refused at the end of a dispute', () => {
  const refused = (): ProcessRun =>
    run(left(), invoice('F1', '130'))
      .answer('variance', 'dispute')
      .tell({
        type: 'freight_invoice.dispute_resolved',
        subject: 'frt_F1',
        data: { load: '80000001', invoiceNumber: 'F1', carrier: 'haul', resolution: 'refused', pay: '0' },
      })
      .outcome('send_application_advice', 'applied')
  test('is not looked at again when the carrier only repeats it', () => {
    const one = refused().tell(invoice('F1', '130', { happened: 'changed' }))
    expect([where(one, 'F1'), one.open, paid(one)]).toEqual(['rejected', [], []])
  })
  test('is compared and paid once when the carrier corrects it under its number', () => {
    const one = refused().tell(invoice('F1', '100', { happened: 'changed' }))
    expect([where(one, 'F1'), paid(one)]).toEqual(['posting', ['haul:F1 100 EUR']])
    one.tell(invoice('F1', '100', { happened: 'changed' })).tell(invoice('F1', '90', { happened: 'changed' }))
    expect(paid(one)).toEqual(['haul:F1 100 EUR'])
  })
  test('is for a person when it is still too much; a second dispute is an answer to the carrier', () => {
    const one = refused().tell(invoice('F1', '120', { happened: 'changed' }))
    expect([where(one, 'F1'), one.open]).toEqual(['variance', ['variance']])
    one.answer('variance', 'dispute')
    expect([where(one, 'F1'), one.asked, paid(one)]).toEqual([
      'rejecting',
      ['send_application_advice haul:F1', 'send_application_advice haul:F1:2'],
      [],
    ])
  })
})

describe('an invoice that is told anew before it is paid', () => {
  test('is refused when its charges do not come to its total any more, whatever they come to', () => {
    const one = run(left(), invoice('F1', '130')).tell(invoice('F1', '900', { charged: '90', happened: 'changed' }))
    expect([where(one, 'F1'), paid(one)]).toEqual(['rejecting', []])
    expect(one.effects.at(-1)).toMatchObject({
      payload: { faults: [expect.stringContaining('totals: the charges come to 90')] },
    })
  })
  test('in other money after it is approved changes nothing of what is booked', () => {
    const one = run(left(), invoice('F1', '101')).tell(invoice('F1', '101', { currency: 'USD', happened: 'changed' }))
    expect([paid(one), deltas(one), one.open]).toEqual([['haul:F1 101 EUR'], ['1 EUR'], ['told-after-approval']])
  })
})

describe('an invoice that is told anew after it is approved', () => {
  const late = (amount: string): ProcessRun =>
    booked(run(left(), invoice('F1', '100'))).tell(invoice('F1', amount, { happened: 'changed' }))
  test.each(['corrected', 'leave'])('is for a person, once, and nothing is booked by itself: %s', (decision) => {
    const one = late('90')
    expect([where(one, 'F1'), one.open, paid(one)]).toEqual(['posted', ['told-after-approval'], ['haul:F1 100 EUR']])
    expect([...one.tasks.values()]).toMatchObject([
      {
        question:
          'Invoice haul:F1 asked for 100 EUR when it was approved, and asks for 90 EUR by now. What becomes of it?',
        objects: ['frt_F1'],
        evidence: { approved: '100', asksNow: '90' },
      },
    ])
    one.answer('told-after-approval', decision).tell(invoice('F1', '90', { happened: 'paid' }))
    expect([one.open, paid(one)]).toEqual([[], ['haul:F1 100 EUR']])
    expect(one.tell(invoice('F1', '80', { happened: 'changed' })).open).toEqual(['told-after-approval'])
  })
  test('and then as it was approved is no question any more', () =>
    expect(late('90').tell(invoice('F1', '100', { happened: 'changed' })).open).toEqual([]))
  test('with the same amount is no other one', () => expect(late('100.00').open).toEqual([]))
})
