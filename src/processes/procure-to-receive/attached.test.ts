import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import type { Fact } from '../../model/fact.ts'
import { procureToReceive } from './process.ts'
import { asked, line, notice, order, policy, receipt, stowed } from './told.contract.ts'

const other = order('issued', {}, [line('BOLT', '40')])
/** What the log tells of a receipt after the process has said so: the document with what was added. */
const changed = (run: ProcessRun, happened = 'changed', of: Told = unordered): Told => {
  const last = run.said('goods_receipt.reported').findLast(({ object }) => Object.hasOwn(object as object, 'attached'))
  const { object } = of.data as { readonly object: object }
  return {
    ...of,
    type: `goods_receipt.${happened}`,
    data: { object: { ...object, ...(last?.['object'] as object | undefined) } },
  }
}
const unordered = receipt('posted', [line('BOLT', '40')], { purchaseOrderNumber: undefined })
const ofOrder = (): ProcessRun => new ProcessRun(procureToReceive, { policy, key: '4500000001' })
const alone = (): ProcessRun => new ProcessRun(procureToReceive, { policy, key: 'receipt R1' })
const away: Told = { ...stowed, data: { ...(stowed.data as object), references: [] } }
const attach = (lines?: object[]): ProcessRun =>
  alone()
    .tell(lines === undefined ? unordered : receipt('posted', lines, { purchaseOrderNumber: undefined }))
    .answer('unplanned-arrival', 'attach', { purchaseOrderNumber: '0004500000001' })
    .outcome('post_goods_receipt', 'applied')

describe('goods that a person attached to an order', () => {
  test('are told to it when they are booked, and complete it when they are in their bins', () => {
    const run = attach()
    const to = ofOrder().tell(other).tell(changed(run))
    expect([to.state(), to.state('receipt/R1'), asked(to, 'post_goods_receipt')]).toEqual([
      'in_fulfilment',
      undefined,
      [],
    ])
    run.tell(away)
    expect(run.state('receipt/R1')).toBe('done')
    expect(to.tell(changed(run)).state()).toBe('received')
  })
  test('count before the order is told, too', () => {
    const run = attach().tell(away)
    expect(ofOrder().tell(changed(run)).tell(other).state()).toBe('received')
  })
  test('make what comes besides too much', () => {
    const to = ofOrder().tell(other).tell(changed(attach()))
    to.tell({
      ...receipt('posted', [line('BOLT', '5')], { receiptNumber: 'R2', receivedAt: '2026-04-12T08:30:00Z' }),
      subject: 'grn_2',
    })
    expect(to.open).toEqual(['receipt-discrepancy'])
  })
  test('are those of the notice that was awaited', () => {
    const to = ofOrder().tell(other).tell(notice())
    expect(to.state('notice/N1')).toBe('awaiting_arrival')
    expect(to.tell(changed(attach())).state('notice/N1')).toBe('done')
  })
  test('count as far as quality lets them', () => {
    const run = attach([line('BOLT', '30'), line('BOLT', '10', { status: 'quality_hold' })])
    run.answer('quality-decision', 'scrap').outcome('scrap_stock', 'applied').tell(away)
    const to = ofOrder().tell(other).tell(changed(run))
    expect(to.state()).toBe('in_fulfilment')
    to.tell({ ...receipt('posted', [line('BOLT', '10')], { receiptNumber: 'R2' }), subject: 'grn_2' })
    expect(to.open).toEqual([])
  })
  test('that the warehouse takes back open the order again', () => {
    const run = attach().tell(away)
    const to = ofOrder().tell(other).tell(changed(run)).tell(changed(run, 'reversed'))
    expect([to.state(), to.state('receipt/R1')]).toEqual(['in_fulfilment', undefined])
    expect(run.tell(changed(run, 'reversed')).open).toEqual(['reversed-after-posting'])
  })
  test('from another order are told to the one that they are of', () => {
    const of = receipt('posted', [line('BOLT', '40')], { purchaseOrderNumber: '77' })
    const first = order('issued', { purchaseOrderNumber: '77' }, [line('BOLT', '5')])
    const run = new ProcessRun(procureToReceive, { policy, key: '77' })
      .tell(first)
      .tell(of)
      .answer('receipt-discrepancy', 'other_order', { purchaseOrderNumber: '4500000001' })
      .outcome('post_goods_receipt', 'applied')
      .tell({
        ...stowed,
        data: { ...(stowed.data as object), references: [{ scheme: 'purchase_order', value: '77' }] },
      })
    expect([run.state('receipt/R1'), run.state()]).toEqual(['done', 'in_fulfilment'])
    expect(
      ofOrder()
        .tell(other)
        .tell(changed(run, 'changed', of))
        .state(),
    ).toBe('received')
  })
  test('and to that one alone, whose number may be written with zeros', () => {
    const { keys } = procureToReceive.subscribes['goods_receipt.changed'] ?? {}
    const told = changed(attach())
    expect(keys?.(told as unknown as Fact, undefined)).toEqual(['4500000001'])
    expect(keys?.({ ...unordered } as unknown as Fact, undefined)).toEqual([])
  })
})

describe('an order that a person attached goods to and that nobody knows', () => {
  const waiting = (): ProcessRun => ofOrder().tell(changed(attach()))
  test('is asked about when it does not come in time, and again when a person waits for it', () => {
    const to = waiting()
    expect([to.state(), to.open]).toEqual(['awaiting_order', []])
    to.fire('order-known')
    expect([to.state(), to.open]).toEqual(['in_question', ['unknown-order']])
    const [task] = [...to.tasks.values()]
    expect(task).toMatchObject({
      question: 'Receipt R1 was attached to order 4500000001, which is not known here. Is the number right?',
      objects: ['grn_1'],
      role: 'receiving',
    })
    to.answer('unknown-order', 'wait')
    expect([to.state(), to.fire('order-known').open]).toEqual(['awaiting_order', ['unknown-order']])
  })
  test('counts the goods when it comes at last, and asks nobody any more', () => {
    const to = waiting().fire('order-known').tell(other)
    expect([to.state(), to.open]).toEqual(['in_fulfilment', []])
    expect(to.tell(changed(attach().tell(away))).state()).toBe('received')
  })
  test('is not asked about again when a person has corrected it, but for other goods it is', () => {
    const to = waiting()
      .fire('order-known')
      .answer('unknown-order', 'corrected')
      .tell(changed(attach().tell(away)))
    expect([to.state(), to.open]).toEqual(['unordered', []])
    const second = changed(attach())
    const { object } = second.data as { readonly object: object }
    to.tell({ ...second, subject: 'grn_2', data: { object: { ...object, receiptNumber: 'R2' } } })
    expect(to.open).toEqual(['unknown-order'])
    expect(to.tell(other).open).toEqual([])
  })
  test('is not asked about when the warehouse takes the goods back', () => {
    const run = attach()
    const to = ofOrder().tell(changed(run)).fire('order-known').tell(changed(run, 'reversed'))
    expect([to.state(), to.open]).toEqual(['unordered', []])
  })
})

describe('a putaway that names the order that the goods were attached to', () => {
  const named = (document: object): Told => ({
    ...stowed,
    data: { ...(stowed.data as object), document, references: [{ scheme: 'purchase_order', value: '4500000001' }] },
  })
  const told = (to: ProcessRun): Told => {
    const last = to.said('goods_receipt.reported').findLast(({ object }) => Object.hasOwn(object as object, 'stowedAt'))
    const { object } = changed(attach()).data as { readonly object: object }
    return { ...changed(attach()), data: { object: { ...object, ...(last?.['object'] as object | undefined) } } }
  }
  test.each([
    ['and the receipt', stowed],
    ['alone', { ...named({ system: 'wms', kind: 'purchase_order', id: '0004500000001' }), minutes: 20_000 }],
  ])('%s ends the receipt where it is followed, whichever is told first', (_, putaway) => {
    for (const isFirst of [true, false]) {
      const run = attach()
      const facts = isFirst ? [putaway, changed(run)] : [changed(run), putaway]
      const to = [other, ...facts].reduce((one, fact) => one.tell(fact), ofOrder())
      run.tell(putaway)
      expect(run.state('receipt/R1')).toBe('putting_away')
      run.tell(told(to))
      expect([run.state('receipt/R1'), run.timers.size, run.open]).toEqual(['done', 0, []])
      expect(to.tell(changed(run)).state()).toBe('received')
    }
  })
  test('is told once', () => {
    const to = ofOrder().tell(other).tell(changed(attach())).tell(stowed).tell(stowed)
    expect(to.tell(told(to)).said('goods_receipt.reported')).toHaveLength(1)
  })
})

processPromises(
  procureToReceive,
  {
    'goods that were attached': [
      other,
      notice(),
      changed(attach()),
      changed(attach().tell(away)),
      changed(attach().tell(away), 'reversed'),
    ],
    'goods that were attached and put away there': [changed(attach()), stowed, other, changed(attach().tell(away))],
  },
  policy,
)
