import { describe, expect, test } from 'vitest'
import type { ProcessRun, Told } from '../../../../test/process-run.ts'
import {
  accepted,
  agreed,
  begun,
  delivery,
  freight,
  hub,
  label,
  load,
  moving,
  packed,
  said,
  where,
} from './told.contract.ts'

describe('a delivery that is withdrawn', () => {
  const whole = { ...agreed, bookAppointment: 'all', schedulePickup: true }
  const arranged = (): ProcessRun =>
    begun(whole, packed('2100'))
      .outcome('book_shipment', 'applied', { answer: label })
      .outcome('book_appointment', 'applied')
      .outcome('schedule_pickup', 'applied')
  const undone = (run: ProcessRun, from: number) => {
    for (const command of ['cancel_pickup', 'cancel_appointment', 'void_label'])
      if (run.asked.some((one) => one.startsWith(command))) run.outcome(command, 'applied')
    return run.asked.slice(from)
  }

  test('takes back pickup, dock and label, the last first', () => {
    const run = arranged().tell(delivery('cancelled'))
    expect(run.asked.slice(3)).toEqual(['cancel_pickup 80000001:swift'])
    expect(undone(run, 3)).toEqual([
      'cancel_pickup 80000001:swift',
      'cancel_appointment 80000001:pickup',
      'void_label 80000001',
    ])
    expect(run.effects.at(-1)?.payload).toMatchObject({ document: 'D1', carrier: 'swift', trackingNumbers: ['SW100'] })
    expect(run.said('shipment.reported').find(({ event }) => event === 'booked')).toMatchObject({
      booking: { carrier: 'swift', document: 'D1', connection: 'there' },
    })
    expect([where(run), said(run).slice(-2)]).toEqual(['withdrawn', ['label_voided', 'cancelled']])
  })

  test.each([
    ['sourcing', begun(hub, delivery('released')), []],
    ['awaiting_packing', begun(agreed, delivery('released')), []],
    ['awaiting_carrier', begun(freight, delivery('released')), []],
    ['departing', begun(agreed, packed('1')).outcome('book_shipment', 'applied'), ['void_label 80000001']],
    [
      'appointing',
      begun(whole, packed('1'))
        .outcome('book_shipment', 'applied')
        .outcome('book_appointment', 'applied')
        .outcome('schedule_pickup', 'refused'),
      ['cancel_appointment 80000001:pickup', 'void_label 80000001'],
    ],
  ])('in %s', (state, run, undo) => {
    expect(where(run)).toBe(state)
    const before = run.asked.length
    run.tell(delivery('cancelled'))
    expect([undone(run, before), where(run)]).toEqual([undo, 'withdrawn'])
  })

  test('leaves the label of a carrier who was given up to whoever gave him up', () => {
    const run = begun(agreed, packed('1')).outcome('book_shipment', 'applied')
    run.tell(load('shipment.carrier_reassigned', { carrier: 'other' })).tell(delivery('cancelled'))
    expect([run.asked, where(run)]).toEqual([['book_shipment 80000001'], 'withdrawn'])
  })

  test('tells the carrier whom it was offered that it is not his', () => {
    const run = begun(freight, delivery('released')).tell(accepted).tell(delivery('cancelled'))
    expect(said(run).slice(-2)).toEqual(['tender_cancelled', 'cancelled'])
  })

  test('waits until it is known whether the label was made', () => {
    const run = begun(agreed, packed('1')).tell(delivery('cancelled'))
    expect([where(run), run.asked]).toEqual(['taking_back', ['book_shipment 80000001']])
    run.outcome('book_shipment', 'parked').fire('withdrawal/80000001')
    expect([where(run), run.open]).toEqual(['taking_back', ['resolve-unknown']])
    expect(run.outcome('book_shipment', 'applied').asked.at(-1)).toBe('void_label 80000001')
  })

  test.each([
    ['refused', 'resolve-refusal'],
    ['parked', 'resolve-unknown'],
  ] as const)('and whose label is not voided (%s) is for a person', (outcome, task) => {
    const run = begun(agreed, packed('1')).outcome('book_shipment', 'applied').tell(delivery('cancelled'))
    expect([run.outcome('void_label', outcome).open, where(run)]).toEqual([[task], 'taking_back'])
    expect(where(run.answer(task, 'done'))).toBe('withdrawn')
  })

  test.each([['taking_back'], ['withdrawn']])('and is scanned all the same (%s) is followed', (state) => {
    const run = begun(agreed, packed('1')).outcome('book_shipment', 'applied').tell(delivery('cancelled'))
    if (state === 'withdrawn') run.outcome('void_label', 'applied')
    expect([where(run), where(run.tell(moving))]).toEqual([state, 'settling'])
  })

  test('leaves the other deliveries of the order as they are', () => {
    const other = (status: string): Told => ({
      ...delivery(status, { deliveryNumber: '80000002' }),
      subject: 'dlv_2',
    })
    const run = begun({ ...agreed, labelAt: 'release' }, delivery('released'), other('released'))
    run.outcome('book_shipment', 'applied').outcome('book_shipment', 'applied').tell(other('cancelled'))
    expect(run.asked.slice(2)).toEqual(['void_label 80000002'])
    expect(where(run)).toBe('departing')
  })
})
