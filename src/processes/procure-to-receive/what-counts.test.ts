import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import type { Fact } from '../../model/fact.ts'
import type { Instance } from '../engine/instance.ts'
import { procureToReceive } from './process.ts'
import { answered, asked, begun, issued, line, notice, order, receipt, stowed } from './told.contract.ts'

const damaged = line('BOLT', '10', { status: 'damaged' })
const second = (quantity: string, more: object = {}): Told => ({
  ...receipt('posted', [line('BOLT', quantity)], { receiptNumber: 'R2', receivedAt: '2026-04-12T08:30:00Z', ...more }),
  subject: 'grn_2',
})
const stowedSecond: Told = {
  ...stowed,
  data: { ...(stowed.data as object), document: { system: 'wms', kind: 'goods_receipt', id: 'R2' } },
}
const announced = (number: string, quantity: string, more: object = {}): Told => ({
  ...notice(quantity, { asnNumber: number, ...more }),
  subject: `asn_${number}`,
})
/** Booked by the ERP, what goes back is on its way, and the rest is in its bins. */
const through = (run: ProcessRun): ProcessRun => {
  for (const { command, status } of Object.values(run.instance?.effects ?? {}))
    if (status === 'wanted') run.outcome(command, 'applied')
  return run.tell(stowed)
}
const posted = (run: ProcessRun) =>
  asked(run, 'post_goods_receipt').map(({ payload }) =>
    (payload as { readonly lines: readonly { readonly quantity: string }[] }).lines.map(({ quantity }) => quantity),
  )

describe('what does not stay does not count as received', () => {
  test.each([
    ['return', [['30', '10']]],
    ['refuse_quantity', [['30']]],
  ])('damaged at the dock, %s: the order waits for what replaces it, which is not too much', (decision, booked) => {
    const run = begun(issued, receipt('posted', [line('BOLT', '30'), damaged]))
    through(run.answer('receipt-discrepancy', decision))
    expect([posted(run), run.state('receipt/R1'), run.state()]).toEqual([booked, 'done', 'in_fulfilment'])
    run.tell(second('10'))
    expect([run.open, posted(run).at(-1)]).toEqual([[], ['10']])
    through(run).tell(stowedSecond)
    expect([run.state('receipt/R2'), run.state()]).toEqual(['done', 'received'])
  })
  test.each(['accept', 'claim'])('what is kept although it is damaged does: %s', (decision) => {
    const run = begun(issued, receipt('posted', [line('BOLT', '30'), damaged]))
    expect(through(run.answer('receipt-discrepancy', decision)).state()).toBe('received')
  })
  test.each(['return', 'scrap'])('what quality does not release: %s', (decision) => {
    const run = begun(issued, receipt('posted', [line('BOLT', '30'), line('BOLT', '10', { status: 'quality_hold' })]))
    through(through(run).answer('quality-decision', decision))
    expect([run.state('receipt/R1'), run.state()]).toEqual(['done', 'in_fulfilment'])
    expect(run.tell(second('10')).open).toEqual([])
  })
  test('what is of another order', () => {
    const run = begun(issued, answered('40'), receipt('posted', [line('BOLT', '45')]))
    through(run.answer('receipt-discrepancy', 'other_order', { purchaseOrderNumber: '77' }))
    expect([run.state('receipt/R1'), run.state()]).toEqual(['done', 'in_fulfilment'])
    expect(run.tell(second('40')).open).toEqual([])
  })
  test.each([
    ['77', 'in_fulfilment'],
    ['4500000001', 'received'],
  ])('what a person has attached to an order, but to that one: %s', (purchaseOrderNumber, state) => {
    const run = begun(receipt()).fire('order-known').answer('unplanned-arrival', 'attach', { purchaseOrderNumber })
    expect(through(run.tell(issued)).state()).toBe(state)
  })
  test('what was refused at the dock because nobody had ordered it, when the order comes after all', () => {
    const run = begun(receipt()).fire('order-known').answer('unplanned-arrival', 'refuse').tell(issued)
    expect([run.state('receipt/R1'), run.state()]).toEqual(['refused', 'in_fulfilment'])
    expect(run.tell(second('40')).open).toEqual([])
  })
  test('what the warehouse took back after it was booked: what is counted anew is not too much', () => {
    const run = through(begun(issued, receipt())).tell(receipt('reversed')).tell(second('40'))
    expect([run.state('receipt/R1'), run.state('receipt/R2')]).toEqual(['taken_back', 'posting'])
  })
  test('and makes another receipt fit that was too much beside it', () => {
    const run = begun(issued, receipt('posted', [line('BOLT', '30'), damaged]), second('10'))
    expect(run.open).toEqual(['receipt-discrepancy', 'receipt-discrepancy'])
    const [id] = [...run.tasks].find(([, { question }]) => String(question).includes('R1')) ?? []
    for (const other of [...run.tasks.keys()]) if (other !== id) run.tasks.delete(other)
    expect(run.answer('receipt-discrepancy', 'return').state('receipt/R2')).toBe('posting')
  })
  test('what version 2 has refused counts as it did', () => {
    const run = begun(issued, receipt('posted', [line('BOLT', '45')])).answer('receipt-discrepancy', 'refuse_quantity')
    const { instance } = through(run)
    const at = Object.entries(instance?.at ?? {}).map(([name, stay]) => {
      const { chosen: _, ...rest } = stay
      return [name, rest] as const
    })
    const old = { ...instance, version: 2, at: Object.fromEntries(at) } as unknown as Instance
    const later = ProcessRun.resumed(procureToReceive, old).tell(order('changed'))
    expect([later.instance?.version, later.state()]).toEqual([procureToReceive.version, 'received'])
  })
})

describe('where nothing is left to be booked', () => {
  test('all of it is refused: it ends, and the order waits', () => {
    const run = begun(issued, receipt('posted', [line('NUT', '5')])).answer('receipt-discrepancy', 'refuse_quantity')
    expect([
      run.state('receipt/R1'),
      run.state(),
      posted(run),
      run.timers.has('procure-to-receive.post-confirm/R1'),
    ]).toEqual(['refused', 'in_fulfilment', [], false])
  })
  test('nothing was counted', () => {
    const run = begun(issued, receipt('posted', []))
    expect([run.state('receipt/R1'), posted(run)]).toEqual(['refused', []])
  })
  test('an instance of version 2 that waits for it for ever ends when it is moved', () => {
    const { instance } = begun(issued, receipt('posted', [line('NUT', '5')])).answer('receipt-discrepancy', 'accept')
    const { 'receipt/R1': stay, ...at } = instance?.at ?? {}
    const hung = { ...stay, chosen: { decision: 'refuse_quantity', discrepancies: [] } }
    const old = {
      ...instance,
      version: 2,
      effects: {},
      armed: {},
      at: { ...at, 'receipt/R1': hung },
    } as unknown as Instance
    expect(ProcessRun.resumed(procureToReceive, old).decide({ action: 'migrate' }).state('receipt/R1')).toBe('refused')
  })
})

test('only what is booked and kept is held for quality', () => {
  const policy = { inspectedItems: ['BOLT'] }
  const run = [issued, receipt('posted', [line('BOLT', '45')])].reduce(
    (one, fact) => one.tell(fact),
    new ProcessRun(procureToReceive, { policy }),
  )
  run
    .answer('receipt-discrepancy', 'return')
    .outcome('post_goods_receipt', 'applied')
    .outcome('return_to_vendor', 'applied')
  expect(run.said('quality_hold.reported')).toMatchObject([{ object: { lines: [{ quantity: '40' }] } }])
  run.answer('quality-decision', 'scrap')
  expect(asked(run, 'scrap_stock')).toMatchObject([{ payload: { lines: [{ quantity: '40' }] } }])
})

describe('a hold that the warehouse ends', () => {
  const held = [line('BOLT', '30'), line('BOLT', '10', { status: 'quality_hold' })]
  const ends = (happened: string, subject: string, quantity?: string): Told => ({
    type: `quality_hold.${happened}`,
    subject,
    data: {
      object: {
        ...{ receiptNumber: 'R1', purchaseOrderNumber: '4500000001' },
        ...(quantity === undefined ? {} : { lines: [line('BOLT', quantity)] }),
      },
    },
  })
  const waiting = (): ProcessRun => begun(issued, receipt('posted', held)).outcome('post_goods_receipt', 'applied')
  test('in part leaves the rest to quality', () => {
    const run = waiting().tell(ends('released', 'qhd_1', '7'))
    expect([run.open, run.state('receipt/R1')]).toEqual([['quality-decision'], 'quality'])
    expect(run.tell(ends('released', 'qhd_2', '3')).state('receipt/R1')).toBe('putting_away')
  })
  test('one way for some and another way for others releases nothing that failed', () => {
    const run = waiting()
      .tell(ends('released', 'qhd_1', '7'))
      .tell(ends('rejected', 'qhd_2', '3'))
    expect([run.open, run.state('receipt/R1')]).toEqual([['quality-decision'], 'quality'])
    const unsaid = waiting()
      .tell(ends('released', 'qhd_1', '7'))
      .tell(ends('rejected', 'qhd_2'))
    expect(unsaid.state('receipt/R1')).toBe('quality')
  })
})

describe('an order that is over', () => {
  const over = (happened: string) =>
    begun(issued, answered('40'), receipt('posted', [line('BOLT', '30')]), order(happened))
  test.each(['closed', 'cancelled'])(
    '%s: what comes after that is for a person, also where less has come than was ordered',
    (happened) => {
      const run = over(happened).tell(second('10'))
      expect([run.state('receipt/R2'), run.open]).toEqual(['discrepant', ['receipt-discrepancy']])
      expect(run.said('goods_receipt.discrepancy_detected')).toMatchObject([
        { differences: [{ kind: 'over', expected: '30', said: '40' }] },
      ])
      expect(run.answer('receipt-discrepancy', 'refuse_quantity').state('receipt/R2')).toBe('refused')
    },
  )
  test('what had come before that is booked, whenever it is told', () => {
    const run = over('closed').tell({ ...second('10'), minutes: 1 })
    expect(run.state('receipt/R2')).toBe('posting')
  })
  test('a notice that had come before that is not refused for it', () => {
    const run = begun(
      issued,
      answered('40'),
      { ...order('closed'), minutes: 50 },
      { ...announced('N1', '40'), minutes: 20 },
    )
    expect(run.state('notice/N1')).toBe('awaiting_arrival')
  })
  test('a notice for it is refused', () => {
    const run = over('closed').tell(announced('N2', '10'))
    expect(asked(run, 'send_application_advice')).toMatchObject([
      { payload: { faults: [expect.stringContaining('order_over')] } },
    ])
  })
})

describe('a second notice for an order', () => {
  const faults = (run: ProcessRun) =>
    asked(run, 'send_application_advice').flatMap(
      ({ payload }) => (payload as { readonly faults: readonly string[] }).faults,
    )
  test('for the rest of it fits', () => {
    const run = begun(issued, announced('N1', '25'), announced('N2', '15'))
    expect([run.state('notice/N2'), faults(run)]).toEqual(['awaiting_arrival', []])
  })
  test('for all of it again is refused with how much is open, and is not when the first one is taken back', () => {
    const run = begun(issued, announced('N1', '25'), announced('N2', '40'))
    expect(faults(run)).toEqual(['too_much: BOLT, 40 are announced and 15 are open'])
    run.outcome('send_application_advice', 'applied')
    expect(run.tell({ ...announced('N1', '25', { cancelled: true }), type: 'asn.changed' }).state('notice/N2')).toBe(
      'awaiting_arrival',
    )
  })
  test('may announce as much more as the tolerance allows', () => {
    const tolerant = (quantity: string) =>
      [issued, announced('N1', '25'), announced('N2', quantity)].reduce(
        (run, fact) => run.tell(fact),
        new ProcessRun(procureToReceive, { policy: { overTolerancePercent: '5' } }),
      )
    expect([tolerant('17').state('notice/N2'), faults(tolerant('18'))]).toEqual([
      'awaiting_arrival',
      ['too_much: BOLT, 18 are announced and 15 are open'],
    ])
  })
  test('is not held against one that was refused', () => {
    const bad = announced('N1', '40', { packages: ['123456789012345678'] })
    const run = begun(issued, bad).outcome('send_application_advice', 'applied').tell(announced('N2', '40'))
    expect([run.state('notice/N1'), run.state('notice/N2')]).toEqual(['rejected', 'awaiting_arrival'])
  })
  test('is matched in turn, where receipts name none', () => {
    const run = begun(
      issued,
      announced('N1', '25'),
      announced('N2', '15'),
      receipt('posted', [line('BOLT', '25')]),
      second('15'),
    )
    expect([run.state('notice/N1'), run.state('notice/N2'), run.open]).toEqual(['done', 'done', []])
  })
  test('for what replaces damaged goods fits', () => {
    const run = begun(
      issued,
      announced('N1', '40'),
      receipt('posted', [line('BOLT', '30'), damaged], { asnNumber: 'N1' }),
    )
    run.answer('receipt-discrepancy', 'return').tell(announced('N2', '10'))
    expect([run.state('notice/N2'), faults(run)]).toEqual(['awaiting_arrival', []])
  })
  test('for the rest is awaited, not taken for that of the goods that came without one', () => {
    const run = begun(issued, receipt('posted', [line('BOLT', '25')]), announced('N2', '15'))
    expect(run.state('notice/N2')).toBe('awaiting_arrival')
    expect(run.tell(second('15')).state('notice/N2')).toBe('done')
  })
  test('in another unit than was ordered is refused', () => {
    expect(faults(begun(issued, notice('4', { lines: [line('BOLT', '4', { uom: 'CS' })] })))).toEqual([
      expect.stringMatching(/^unit: line 1/),
    ])
  })
  test('each is matched with its own goods: a receipt that was taken back takes none', () => {
    const run = begun(issued, announced('N1', '25'), receipt('posted', [line('BOLT', '20')]))
    expect(run.open).toEqual(['receipt-discrepancy'])
    run.tell(receipt('reversed', [line('BOLT', '20')])).tell(second('20'))
    expect([run.state('receipt/R2'), run.open]).toEqual(['discrepant', ['receipt-discrepancy']])
  })
  test('goods of another item are not taken for it', () => {
    const both = order('issued', {}, [line('BOLT', '40'), line('NUT', '5')])
    const nuts = receipt('posted', [line('NUT', '5')], { receiptNumber: 'R0', receivedAt: '2026-04-01T08:30:00Z' })
    const run = begun(both, notice('40'), nuts, receipt())
    expect(run.state('notice/N1')).toBe('done')
  })
})

test('goods that are put away for an order with leading zeros are of that order', () => {
  const { keys } = procureToReceive.subscribes['inventory.movement_posted'] ?? {}
  const data = { type: 'putaway', document: { system: 'wms', kind: 'purchase_order', id: '0004500000001' } }
  expect(keys?.({ data } as Fact, undefined)).toEqual(['4500000001'])
})

test('an order of which no line is known is not received before anything has come', () => {
  expect(begun(order('issued', {}, []), order('acknowledged', {}, [])).state()).toBe('in_fulfilment')
})

test('a receipt that a person gave up counts when the warehouse finishes it after all', () => {
  const run = begun(issued, receipt('opened')).fire('counted/R1').answer('counted', 'drop')
  expect(run.state('receipt/R1')).toBe('reversed')
  expect(posted(run.tell(receipt()))).toEqual([['40']])
})

test('what is whole is put away although other goods of the receipt failed', () => {
  const run = begun(issued, receipt('posted', [line('BOLT', '30'), line('BOLT', '10', { status: 'quality_hold' })]))
  run.outcome('post_goods_receipt', 'applied').answer('quality-decision', 'scrap').outcome('scrap_stock', 'applied')
  expect(run.state('receipt/R1')).toBe('putting_away')
  expect(run.said('quality_hold.reported').map(({ status }) => status)).toEqual(['placed', 'inspecting', 'scrapped'])
  expect(run.tell(stowed).state('receipt/R1')).toBe('done')
})

describe('an answer of the supplier', () => {
  const lines = (...quantities: string[]) =>
    quantities.map((quantity, at) => line('BOLT', quantity, { line: `${at + 1}0`, price: '2.50' }))
  const answer = (name: string, ...quantities: string[]) =>
    order('changed', { answers: { [name]: { answer: 'accepted', lines: lines(...quantities) } } }, lines('10', '30'))
  test('to an order with two lines of an item is compared line by line', () => {
    expect(begun(order('issued', {}, lines('10', '30')), answer('A1', '10', '30')).open).toEqual([])
    expect(begun(order('issued', {}, lines('10', '30')), answer('A1', '30', '30')).open).toEqual(['ack-differs'])
  })
  test('that came last counts, whatever its number is', () => {
    const run = begun(order('issued', {}, lines('10', '30')), answer('A9', '10', '20'))
    expect(run.open).toEqual(['ack-differs'])
    expect(run.tell(answer('A10', '10', '30')).open).toEqual([])
  })
})

test('goods that are kept apart are booked without the order that nobody knows', () => {
  const run = begun(receipt()).fire('order-known').answer('unplanned-arrival', 'quarantine')
  const [{ payload } = { payload: {} }] = asked(run, 'post_goods_receipt')
  expect(payload).not.toHaveProperty('purchaseOrderNumber')
  expect(payload).toMatchObject({ stockStatus: 'blocked' })
})

processPromises(
  procureToReceive,
  {
    'goods that go back and are replaced': [
      issued,
      announced('N1', '40'),
      receipt('posted', [line('BOLT', '30'), damaged], { asnNumber: 'N1' }),
      announced('N2', '10'),
      second('10', { asnNumber: 'N2' }),
      stowed,
      stowedSecond,
    ],
    'an order that is closed while goods come': [
      issued,
      receipt('opened', []),
      receipt('posted', [line('BOLT', '30'), line('BOLT', '10', { status: 'quality_hold' })]),
      order('closed'),
      second('5'),
      receipt('reversed'),
    ],
  },
  {},
)
