import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { procureToReceive } from './process.ts'
import {
  answered,
  appointment,
  asked,
  begun,
  issued,
  line,
  notice,
  order,
  policy,
  receipt,
  stowed,
} from './told.contract.ts'

test('goods that come as ordered and announced are booked once, and the order is received when they are in their bins', () => {
  const run = begun(issued, answered('40'))
  expect(run.state()).toBe('in_fulfilment')
  run.tell(notice())
  expect(run.state('notice/N1')).toBe('awaiting_arrival')
  expect(run.asked).toEqual(['book_appointment 4500000001:N1'])
  expect(run.said('asn.reported')).toEqual([{ reached: 'validated', object: {} }])
  run.tell(appointment('confirmed')).tell(appointment('checked_in'))
  expect(run.state('notice/N1')).toBe('arrived')
  run.tell(receipt())
  expect(run.state('notice/N1')).toBe('done')
  expect(asked(run, 'post_goods_receipt').map(({ businessKey, payload }) => ({ businessKey, payload }))).toEqual([
    {
      businessKey: 'R1',
      payload: {
        receiptNumber: 'R1',
        purchaseOrderNumber: '4500000001',
        location: 'DC1',
        postingDate: '2026-04-10',
        lines: [{ line: '1', sku: 'BOLT', quantity: '40', uom: 'C62' }],
      },
    },
  ])
  run.outcome('book_appointment', 'applied').outcome('post_goods_receipt', 'applied')
  expect(run.state('receipt/R1')).toBe('putting_away')
  expect(run.state()).toBe('in_fulfilment')
  run.tell(stowed)
  expect(run.state('receipt/R1')).toBe('done')
  expect(run.state()).toBe('received')
  expect(run.said('purchase_order.reported')).toEqual([{ reached: 'received', object: {} }])
  expect(run.instance?.endedAt).toBeDefined()
  expect(run.timers.size).toBe(0)
  expect(run.open).toEqual([])
})

test('an order number with leading zeros is the same order', () => {
  const run = begun(issued, receipt('posted', [line('BOLT', '40')], { purchaseOrderNumber: '0004500000001' }))
  expect(asked(run, 'post_goods_receipt')).toHaveLength(1)
})

describe('what is not as it should be stops before it is booked', () => {
  test.each([
    ['more than was ordered', [line('BOLT', '45')], 'over'],
    ['damaged', [line('BOLT', '38'), line('BOLT', '2', { status: 'damaged' })], 'damaged'],
    ['something else', [line('NUT', '40')], 'not_ordered'],
    ['another unit', [line('BOLT', '4', { uom: 'CS' })], 'unit'],
  ])('%s', (_, lines, kind) => {
    const run = begun(issued, receipt('posted', lines))
    expect(asked(run, 'post_goods_receipt')).toEqual([])
    expect(run.open).toEqual(['receipt-discrepancy'])
    const [found] = run.said('goods_receipt.discrepancy_detected') as { differences: { kind: string }[] }[]
    expect(found?.differences.map((one) => one.kind)).toContain(kind)
  })

  test('less than was announced', () => {
    expect(begun(issued, notice(), receipt('posted', [line('BOLT', '38')])).open).toEqual(['receipt-discrepancy'])
  })

  test('less than was ordered is a part of it, and the order waits for the rest', () => {
    const run = begun(issued, receipt('posted', [line('BOLT', '25')]))
      .outcome('post_goods_receipt', 'applied')
      .tell(stowed)
    expect(run.state('receipt/R1')).toBe('done')
    expect(run.state()).toBe('in_fulfilment')
    run.tell({
      ...receipt('posted', [line('BOLT', '15')], { receiptNumber: 'R2', receivedAt: '2026-04-12T08:30:00Z' }),
      subject: 'grn_2',
    })
    expect(asked(run, 'post_goods_receipt').map(({ businessKey }) => businessKey)).toEqual(['R1', 'R2'])
  })

  test('a second receipt that makes it too much stops, the first does not, whichever was told first', () => {
    const second = {
      ...receipt('posted', [line('BOLT', '20')], { receiptNumber: 'R2', receivedAt: '2026-04-12T08:30:00Z' }),
      subject: 'grn_2',
    }
    const first = receipt('posted', [line('BOLT', '25')])
    const run = begun(issued, first, second)
    expect([run.state('receipt/R1'), run.state('receipt/R2')]).toEqual(['posting', 'discrepant'])
  })

  test('what the tolerance allows is booked', () => {
    const run = new ProcessRun(procureToReceive, { policy: { overTolerancePercent: '5' } })
      .tell(issued)
      .tell(receipt('posted', [line('BOLT', '42')]))
    expect(run.open).toEqual([])
    expect(asked(run, 'post_goods_receipt')).toHaveLength(1)
  })

  test.each([
    ['accept', ['45'], []],
    ['refuse_quantity', ['40'], []],
    ['claim', ['45'], ['GR-R1']],
    ['return', ['45'], ['GR-R1']],
    ['other_order', ['45'], []],
  ])('a person decides: %s', (decision, quantities, claims) => {
    const run = begun(issued, receipt('posted', [line('BOLT', '45')])).answer('receipt-discrepancy', decision, {
      purchaseOrderNumber: '77',
    })
    const [posted] = asked(run, 'post_goods_receipt')
    const payload = posted?.payload as { purchaseOrderNumber: string; lines: { quantity: string }[] }
    expect(payload.lines.map(({ quantity }) => quantity)).toEqual(quantities)
    expect(payload.purchaseOrderNumber).toBe(decision === 'other_order' ? '77' : '4500000001')
    expect(run.said('claim.reported').map(({ object }) => (object as { claimNumber: string }).claimNumber)).toEqual(
      claims,
    )
    expect(asked(run, 'return_to_vendor')).toHaveLength(decision === 'return' ? 1 : 0)
    expect(run.open).toEqual([])
  })

  test.each([
    ['what is over', [line('BOLT', '45')], ['5']],
    ['what is damaged', [line('BOLT', '38'), line('BOLT', '2', { status: 'damaged' })], ['2']],
    ['what is damaged and over, each unit once', [line('BOLT', '40'), line('BOLT', '2', { status: 'damaged' })], ['2']],
    ['both', [line('BOLT', '43'), line('BOLT', '2', { status: 'damaged' })], ['3', '2']],
    ['nothing of what is missing', [line('BOLT', '35')], []],
  ])('only %s goes back', (_, lines, quantities) => {
    const run = begun(issued, notice(), receipt('posted', lines)).answer('receipt-discrepancy', 'return')
    const sentBack = asked(run, 'return_to_vendor').flatMap(
      ({ payload }) => (payload as { lines: { quantity: string }[] }).lines,
    )
    expect(sentBack.map(({ quantity }) => quantity)).toEqual(quantities)
    run.outcome('post_goods_receipt', 'applied')
    if (quantities.length > 0) run.outcome('return_to_vendor', 'applied')
    expect(run.state('receipt/R1')).toBe('putting_away')
  })

  test.each(['return', 'refuse_quantity'])(
    'in another unit than was ordered nobody can say how much is over, and it is asked again: %s',
    (decision) => {
      const run = begun(issued, receipt('posted', [line('BOLT', '5', { uom: 'XCS' })]))
      run.answer('receipt-discrepancy', decision)
      expect([run.state('receipt/R1'), run.open, asked(run, 'post_goods_receipt')]).toEqual([
        'discrepant',
        ['receipt-discrepancy'],
        [],
      ])
    },
  )

  test('another order that nobody names is asked for again', () => {
    expect(
      begun(issued, receipt('posted', [line('BOLT', '45')])).answer('receipt-discrepancy', 'other_order').open,
    ).toEqual(['receipt-discrepancy'])
  })

  test('an order that was raised meanwhile makes the question moot', () => {
    const run = begun(issued, receipt('posted', [line('BOLT', '45')])).tell(order('changed', {}, [line('BOLT', '45')]))
    expect(run.open).toEqual([])
    expect(asked(run, 'post_goods_receipt')).toHaveLength(1)
  })

  test('a receipt that is taken back makes the question moot', () => {
    const run = begun(issued, receipt('posted', [line('BOLT', '45')])).tell(receipt('reversed'))
    expect([run.state('receipt/R1'), run.open]).toEqual(['reversed', []])
  })
})

describe('goods that nobody ordered', () => {
  const unplanned = (): ProcessRun => begun(receipt('posted', [line('BOLT', '40')], { purchaseOrderNumber: undefined }))
  test('are for a person at once', () => expect(unplanned().open).toEqual(['unplanned-arrival']))
  test.each([
    ['attach', 'posting', '77'],
    ['quarantine', 'posting', undefined],
    ['refuse', 'refused', undefined],
  ])('%s', (decision, state, number) => {
    const run = unplanned().answer(
      'unplanned-arrival',
      decision,
      decision === 'attach' ? { purchaseOrderNumber: '77' } : undefined,
    )
    expect(run.state('receipt/R1')).toBe(state)
    const [posted] = asked(run, 'post_goods_receipt')
    expect((posted?.payload as { purchaseOrderNumber?: string } | undefined)?.purchaseOrderNumber).toBe(number)
  })
  test('an order that nobody names is asked for again', () =>
    expect(unplanned().answer('unplanned-arrival', 'attach').open).toEqual(['unplanned-arrival']))
  test('an order that comes late is waited for, and then they are booked without a question', () => {
    const run = begun(receipt())
    expect(run.state('receipt/R1')).toBe('counting')
    expect(asked(run.tell(issued), 'post_goods_receipt')).toHaveLength(1)
  })
  test('an order that does not come in time makes them a case for a person, who need not decide when it comes after all', () => {
    const run = begun(receipt()).fire('order-known')
    expect(run.open).toEqual(['unplanned-arrival'])
    run.tell(issued)
    expect([run.open, run.state()]).toEqual([[], 'in_fulfilment'])
    expect(asked(run, 'post_goods_receipt')).toHaveLength(1)
  })
  test('where the tenant does not want to be asked they are booked', () => {
    const run = new ProcessRun(procureToReceive, { policy: { unplannedReceipts: 'post' } }).tell(
      receipt('posted', [line('BOLT', '40')], { purchaseOrderNumber: undefined }),
    )
    expect(asked(run, 'post_goods_receipt')).toHaveLength(1)
  })
})

const refusedLine = (quantity: string, answer: string): Told => {
  const said = line('BOLT', quantity, { price: '2.50', answers: [{ answer, quantity }] })
  return order('changed', { answers: { A1: { answer: 'accepted', lines: [said] } } })
}

describe('the answer of the supplier', () => {
  test.each([
    ['fewer', answered('30', 'changed')],
    ['at another price', answered('40', 'accepted', '2.75')],
    ['a refusal', answered('40', 'rejected')],
    ['a line that is refused at the quantity that was ordered', refusedLine('40', 'rejected')],
    ['a line that is struck out', refusedLine('40', 'deleted')],
  ])('%s is for a buyer', (_, answer) => expect(begun(issued, answer).open).toEqual(['ack-differs']))
  test.each([
    ['accept', 'change_purchase_order', 'in_fulfilment'],
    ['cancel_line', 'change_purchase_order', 'in_fulfilment'],
    ['refuse', 'refuse_acknowledgement', 'awaiting_ack'],
  ])('%s', (decision, command, state) => {
    const run = begun(issued, answered('30', 'changed')).answer('ack-differs', decision)
    expect(asked(run, command)).toHaveLength(1)
    expect(run.fire('answer-confirm').outcome(command, 'applied').state()).toBe(state)
    expect(run.open).toEqual([])
  })
  test('of lines that are cancelled the ERP gets those that differ, as it knows them', () => {
    const both = [line('BOLT', '40', { price: '2.50' }), line('NUT', '10', { line: '2' })]
    const said = [line('NUT', '10', { line: '1' }), line('BOLT', '30', { line: '2' }), line('GLUE', '1', { line: '3' })]
    const changed = (answer: string) => order('changed', { answers: { A1: { answer, lines: said } } }, both)
    const taken = (answer: string): unknown =>
      asked(
        begun(order('issued', {}, both), changed(answer)).answer('ack-differs', 'cancel_line'),
        'change_purchase_order',
      ).map(({ payload }) => (payload as { readonly lines: unknown }).lines)
    expect(taken('changed')).toMatchObject([[{ line: '1', sku: 'BOLT', quantity: '40' }]])
    expect(taken('rejected')).toMatchObject([[{ sku: 'BOLT' }, { sku: 'NUT' }]])
  })
  test('a line that he accepts needs no decision', () => {
    expect(begun(issued, refusedLine('40', 'accepted')).open).toEqual([])
  })
  test('an order that is changed to what he says needs no decision', () => {
    const run = begun(issued, answered('30', 'changed')).tell(
      order('changed', {}, [line('BOLT', '30', { price: '2.50' })]),
    )
    expect([run.state(), run.open]).toEqual(['in_fulfilment', []])
  })
  test('without one he is reminded, then a buyer calls him', () => {
    const run = begun(issued).fire('po-ack')
    expect(run.asked).toEqual(['remind_supplier 4500000001:acknowledgement'])
    expect(run.open).toEqual([])
    run.fire('po-unacknowledged')
    expect(run.open).toEqual(['po-unacknowledged'])
    expect(run.tell(answered('40')).open).toEqual([])
  })
  test.each([
    ['confirmed', 'in_fulfilment'],
    ['cancel', 'cancelling'],
  ])('a buyer who called him says %s', (decision, state) => {
    expect(begun(issued).fire('po-unacknowledged').answer('po-unacknowledged', decision).state()).toBe(state)
  })
})

test('tenants who have set no policy do not have the process', () => {
  expect(new ProcessRun(procureToReceive).tell(issued).instance).toBeUndefined()
})

processPromises(
  procureToReceive,
  {
    'an order as it should be': [
      issued,
      answered('40'),
      notice(),
      appointment('confirmed'),
      appointment('checked_in'),
      receipt('opened'),
      receipt(),
      stowed,
    ],
    'trouble everywhere': [
      issued,
      answered('30', 'changed'),
      notice('45', { packages: ['123456789012345678'] }),
      appointment('confirmed'),
      receipt('posted', [line('BOLT', '45'), line('BOLT', '1', { status: 'quality_hold' })]),
      receipt('reversed'),
      order('cancelled'),
      stowed,
    ],
  },
  policy,
)
