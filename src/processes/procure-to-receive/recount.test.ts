import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import type { Instance } from '../engine/instance.ts'
import { procureToReceive } from './process.ts'
import { asked, begun, issued, line, notice, policy, receipt, stowed } from './told.contract.ts'

/** The warehouse tells the receipt again under its number: its status is the same, its lines are not. */
const recount = (...lines: object[]): Told => {
  const { data, ...rest } = receipt('changed', lines)
  return { ...rest, data: { ...(data as object), status: 'posted', changed: ['lines'] } }
}
const lines = (run: ProcessRun) =>
  asked(run, 'post_goods_receipt').map(
    ({ payload }) => (payload as { lines: readonly { quantity: string }[] }).lines[0]?.quantity,
  )
const booked = (): ProcessRun => begun(issued, receipt()).outcome('post_goods_receipt', 'applied')

describe('a receipt that the warehouse counts anew under its number', () => {
  test('before anybody decided about it is booked as it was counted last', () => {
    const run = begun(issued, notice('40'), receipt('posted', [line('BOLT', '38')]))
    expect(run.open).toEqual(['receipt-discrepancy'])
    run.tell(recount(line('BOLT', '40')))
    expect([run.open, lines(run)]).toEqual([[], ['40']])
  })
  test('and that does not fit either is asked about with what was counted last', () => {
    const run = begun(issued, receipt('posted', [line('BOLT', '45')])).tell(recount(line('BOLT', '43')))
    const [task] = [...run.tasks.values()]
    expect([run.open, task?.['evidence']]).toMatchObject([['receipt-discrepancy'], { received: [{ quantity: '43' }] }])
    expect(lines(run.answer('receipt-discrepancy', 'accept'))).toEqual(['43'])
  })
  test.each(['corrected', 'leave'])(
    'after it was booked is for a person, once, and counts as it was counted last: %s',
    (decision) => {
      const run = booked().tell(stowed)
      expect(run.state()).toBe('received')
      run.tell(recount(line('BOLT', '30')))
      const [task] = [...run.tasks.values()]
      expect([run.open, run.state(), task?.['evidence']]).toMatchObject([
        ['counted-anew'],
        'in_fulfilment',
        { booked: [{ quantity: '40' }], counted: [{ quantity: '30' }] },
      ])
      run.answer('counted-anew', decision).tell(recount(line('BOLT', '30')))
      expect([run.open, run.state('receipt/R1'), run.state(), lines(run)]).toEqual([
        [],
        'done',
        'in_fulfilment',
        ['40'],
      ])
      run.tell({ ...receipt('posted', [line('BOLT', '10')], { receiptNumber: 'R2' }), subject: 'grn_2' })
      expect(run.open).toEqual([])
    },
  )
  test('after it was booked, with the same lines in another order, is no question', () => {
    const [bolts, nuts] = [line('BOLT', '40'), { ...line('NUT', '5'), line: '2' }]
    const order = {
      ...issued,
      data: { object: { ...(issued.data as { object: object }).object, lines: [bolts, nuts] } },
    }
    const run = begun(order, receipt('posted', [bolts, nuts])).outcome('post_goods_receipt', 'applied')
    expect([run.state('receipt/R1'), run.open]).toEqual(['putting_away', []])
    run.tell(recount(nuts, bolts))
    expect([run.state('receipt/R1'), run.open]).toEqual(['putting_away', []])
  })
  test('and then as it was booked is no question any more', () => {
    const run = booked()
      .tell(recount(line('BOLT', '30')))
      .tell(recount(line('BOLT', '40')))
    expect([run.open, run.state('receipt/R1')]).toEqual([[], 'putting_away'])
  })
  test('that version 4 has booked is as it was counted then', () => {
    const { instance } = booked()
    const { 'receipt/R1': stay, ...at } = instance?.at ?? {}
    const { count: _, counted: __, ...chosen } = stay?.chosen ?? {}
    expect(stay?.state).toBe('putting_away')
    const old = { ...instance, version: 4, at: { ...at, 'receipt/R1': { ...stay, chosen } } } as unknown as Instance
    const run = ProcessRun.resumed(procureToReceive, old).tell(stowed)
    expect([run.open, run.state('receipt/R1')]).toEqual([[], 'done'])
  })
})

processPromises(
  procureToReceive,
  {
    'a receipt that is counted anew': [
      issued,
      receipt('posted', [line('BOLT', '38')]),
      recount(line('BOLT', '45')),
      recount(line('BOLT', '30', { status: 'quality_hold' }), line('BOLT', '10')),
      recount(line('BOLT', '40')),
      stowed,
      receipt('reversed'),
    ],
  },
  policy,
)
