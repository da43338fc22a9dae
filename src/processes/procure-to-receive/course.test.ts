import { describe, expect, test } from 'vitest'
import { ProcessRun } from '../../../test/process-run.ts'
import { procureToReceive } from './process.ts'
import { answered, appointment, asked, begun, issued, line, notice, order, receipt, stowed } from './told.contract.ts'

describe('a ship notice', () => {
  test('that does not fit is refused with every fault, and its replacement is looked at anew', () => {
    const run = begun(
      issued,
      answered('40'),
      notice('40', { lines: [line('NUT', '5'), line('BOLT', '-1')], packages: ['123456789012345678'] }),
    )
    expect(run.state('notice/N1')).toBe('rejecting')
    const [advice] = asked(run, 'send_application_advice')
    expect((advice?.payload as { faults: string[] } | undefined)?.faults.map((one) => one.split(':')[0])).toEqual([
      'not_ordered',
      'quantity',
      'check_digit',
    ])
    expect(run.outcome('send_application_advice', 'applied').state('notice/N1')).toBe('rejected')
    expect(run.tell({ ...notice(), type: 'asn.changed' }).state('notice/N1')).toBe('awaiting_arrival')
  })
  test('for an order that nobody knows is refused in time', () => {
    const run = begun(notice()).fire('order-known')
    expect(run.state('notice/N1')).toBe('rejecting')
    expect(run.tell(issued).outcome('send_application_advice', 'applied').state('notice/N1')).toBe('awaiting_arrival')
  })
  test('that is missing the day before the goods are due is asked for', () => {
    expect(begun(issued, answered('40')).fire('asn-missing').asked).toEqual(['request_ship_notice 4500000001'])
  })
  test('that the supplier takes back gives the dock back', () => {
    const run = begun(issued, notice(), appointment('confirmed')).tell({
      ...notice('40', { cancelled: true }),
      type: 'asn.changed',
    })
    expect(asked(run, 'cancel_appointment').map(({ businessKey }) => businessKey)).toEqual(['D7'])
    expect(run.outcome('cancel_appointment', 'applied').state('notice/N1')).toBe('called_off')
  })
  test('that comes after its goods is matched with them, not awaited', () => {
    expect(begun(issued, receipt(), notice()).state('notice/N1')).toBe('done')
  })
})

describe('the dock', () => {
  test('nobody confirms: receiving finds a time', () => {
    const run = begun(issued, notice()).fire('appointment/N1')
    expect(run.open).toEqual(['no-dock'])
    expect(run.answer('no-dock', 'seen').state('notice/N1')).toBe('awaiting_arrival')
    expect(begun(issued, notice()).fire('appointment/N1').tell(appointment('confirmed')).open).toEqual([])
  })
  test('nobody comes: the carrier is asked once, and another time is awaited', () => {
    const run = begun(issued, notice(), appointment('confirmed')).fire('no-show/N1')
    expect(run.said('appointment.reported')).toEqual([{ status: 'no_show', object: {} }])
    expect(asked(run, 'request_arrival')).toHaveLength(1)
    expect(run.tell(appointment('rescheduled', { window: { to: '2026-04-13T09:00:00Z' } })).state('notice/N1')).toBe(
      'awaiting_arrival',
    )
    expect(
      begun(issued, notice(), appointment('confirmed'))
        .fire('no-show/N1')
        .tell(appointment('checked_in'))
        .state('notice/N1'),
    ).toBe('arrived')
  })
  test('the goods never come: a person decides', () => {
    const run = begun(issued, notice()).fire('arrival/N1')
    expect(run.open).toContain('not-arrived')
    expect(run.answer('not-arrived', 'wait').state('notice/N1')).toBe('awaiting_arrival')
    expect(run.fire('arrival/N1').answer('not-arrived', 'give_up').state('notice/N1')).toBe('called_off')
  })
  test('they stand there uncounted: a person looks', () => {
    const stands = (): ProcessRun => begun(issued, notice(), appointment('checked_in')).fire('dock-to-stock/N1')
    expect(stands().answer('dock-to-stock', 'wait').state('notice/N1')).toBe('arrived')
    expect(stands().answer('dock-to-stock', 'nothing_came').state('notice/N1')).toBe('done')
    expect(stands().tell(receipt()).open).toEqual([])
  })
})

describe('quality', () => {
  const held = (): ProcessRun =>
    begun(issued, receipt('posted', [line('BOLT', '30'), line('BOLT', '10', { status: 'quality_hold' })])).outcome(
      'post_goods_receipt',
      'applied',
    )
  test('holds what has to be looked at, booked as it is', () => {
    expect(held().open).toEqual(['quality-decision'])
    expect(held().said('quality_hold.reported')).toMatchObject([{ status: 'placed', object: { receiptNumber: 'R1' } }])
  })
  test('releases it', () => {
    const run = held().answer('quality-decision', 'release')
    expect(run.asked.at(-1)).toBe('release_hold R1')
    expect(run.outcome('release_hold', 'applied').tell(stowed).state('receipt/R1')).toBe('done')
  })
  test.each([
    ['return', 'return_to_vendor R1:quality'],
    ['scrap', 'scrap_stock R1'],
  ])('does not release it: %s, and the supplier is asked to pay', (decision, effect) => {
    const run = held().answer('quality-decision', decision)
    expect(run.asked.at(-1)).toBe(effect)
    expect(run.said('claim.reported')).toMatchObject([
      { status: 'draft', object: { claimNumber: 'GR-R1:quality', type: 'quality' } },
    ])
    run.outcome(effect.split(' ')[0] ?? '', 'applied').tell(stowed)
    expect(run.state('receipt/R1')).toBe('done')
  })
  test('decides in the warehouse system: nobody needs to decide again', () => {
    const run = held().tell({
      type: 'quality_hold.released',
      subject: 'qhd_1',
      data: { object: { receiptNumber: 'R1', purchaseOrderNumber: '4500000001' } },
    })
    expect([run.open, run.state('receipt/R1')]).toEqual([[], 'putting_away'])
  })
})

describe('effects', () => {
  test.each([
    ['refused', 'resolve-refusal'],
    ['parked', 'resolve-unknown'],
  ] as const)('a receipt whose posting is %s is for a person, and the receipt waits', (outcome, task) => {
    const run = begun(issued, receipt()).outcome('post_goods_receipt', outcome)
    expect([run.open, run.state('receipt/R1')]).toEqual([[task], 'posting'])
    expect(run.fire('post-confirm/R1').answer(task, 'done').state('receipt/R1')).toBe('putting_away')
  })
  test('where nobody is to be told of anything the process does not wait', () => {
    const run = begun(issued, notice('40', { lines: [] })).unrouted('send_application_advice')
    expect(run.state('notice/N1')).toBe('rejected')
  })
})

describe('the end of it', () => {
  test('goods that nobody puts away are asked after', () => {
    const late = (): ProcessRun =>
      begun(issued, receipt()).outcome('post_goods_receipt', 'applied').fire('dock-to-stock/R1')
    expect(late().answer('putaway-late', 'wait').state('receipt/R1')).toBe('putting_away')
    expect(late().answer('putaway-late', 'put_away').state('receipt/R1')).toBe('done')
  })
  test('a warehouse that does not tell where it puts goods has put them there', () => {
    const run = new ProcessRun(procureToReceive, { policy: { awaitsPutaway: false } })
      .tell(issued)
      .tell(receipt())
      .outcome('post_goods_receipt', 'applied')
    expect(run.state()).toBe('received')
  })
  test('a receipt that is taken back after it was booked opens the order again, and a person looks', () => {
    const run = begun(issued, receipt()).outcome('post_goods_receipt', 'applied').tell(stowed).tell(receipt('reversed'))
    expect([run.state('receipt/R1'), run.state(), run.open]).toEqual([
      'taken_back',
      'in_fulfilment',
      ['reversed-after-posting'],
    ])
    expect(run.answer('reversed-after-posting', 'corrected').state('receipt/R1')).toBe('reversed')
  })
  test.each([
    ['new_date', 'in_fulfilment'],
    ['expedite', 'in_fulfilment'],
    ['cancel_remainder', 'cancelling'],
  ])('a late supplier: %s', (decision, state) => {
    const run = begun(issued, answered('40')).fire('po-overdue')
    expect(run.open).toEqual(['late-supplier'])
    run.answer('late-supplier', decision, decision === 'new_date' ? { due: '2026-05-10' } : undefined)
    expect([run.state(), run.open]).toEqual([state, []])
    if (decision === 'new_date')
      expect(run.timers.get('procure-to-receive.follow-up')).toBe(Date.parse('2026-05-12T23:59:59Z'))
  })
  test('an order without a day is asked after too', () => {
    expect(
      begun(order('issued', { due: undefined }), order('acknowledged', { due: undefined })).fire('follow-up').open,
    ).toEqual(['late-supplier'])
  })
  test('a receipt that is never finished is asked after', () => {
    const open = (): ProcessRun => begun(issued, receipt('opened')).fire('counted/R1')
    expect(open().answer('counted', 'wait').state('receipt/R1')).toBe('counting')
    expect(open().answer('counted', 'drop').state('receipt/R1')).toBe('reversed')
    expect(open().tell(receipt()).open).toEqual([])
  })
})

describe('called off', () => {
  const cancelled = order('cancelled')
  test.each([
    ['awaiting_order', begun(notice()), 'closed', []],
    ['awaiting_ack', begun(issued), 'cancelling', ['cancel_purchase_order 4500000001']],
    ['ack_exception', begun(issued, answered('30', 'changed')), 'cancelling', ['cancel_purchase_order 4500000001']],
    ['in_fulfilment', begun(issued, answered('40')), 'cancelling', ['cancel_purchase_order 4500000001']],
  ] as const)('in %s by a person', (_, run, to, commands) => {
    run.decide({ action: 'cancel' })
    expect([run.state(), run.asked, run.open]).toEqual([to, commands, []])
  })
  test('by the buyer: nobody is told what he knows, and the dock is given back', () => {
    const run = begun(issued, answered('40'), notice(), appointment('confirmed'), cancelled)
    expect(run.state()).toBe('cancelled')
    expect(run.asked).toEqual(['book_appointment 4500000001:N1', 'cancel_appointment D7'])
    expect(run.outcome('book_appointment', 'applied').outcome('cancel_appointment', 'applied').state('notice/N1')).toBe(
      'called_off',
    )
  })
  test('while goods are here: they are received as they are, and whoever called it off is told', () => {
    const run = begun(issued, receipt(), cancelled)
    expect(run.said('process.command_refused')).toMatchObject([{ branch: 'receipt/R1', reason: 'goods_are_here' }])
    expect(run.outcome('post_goods_receipt', 'applied').state('receipt/R1')).toBe('putting_away')
  })
})
