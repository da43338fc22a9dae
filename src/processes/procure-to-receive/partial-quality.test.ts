import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { add, compare, subtract } from '../../base/decimal.ts'
import type { Instance } from '../engine/instance.ts'
import { procureToReceive } from './process.ts'
import { asked, begun, issued, line, order, receipt, stowed } from './told.contract.ts'

interface Part {
  readonly line: string
  readonly lot?: string
  readonly quantity: string
}
const held = (quantity: string, more: object = {}) => line('BOLT', quantity, { status: 'quality_hold', ...more })
const waiting = (...lines: object[]): ProcessRun =>
  begun(order('issued', {}, [line('BOLT', '100')]), receipt('posted', lines)).outcome('post_goods_receipt', 'applied')
const told = (run: ProcessRun, command: string) =>
  asked(run, command).map(({ businessKey, payload }) => [
    businessKey,
    (payload as { readonly lines: readonly Part[] }).lines.map((one) => one.quantity),
  ])
const left = (run: ProcessRun) => {
  const [task] = [...run.tasks.values()].filter(({ name }) => name === 'quality-decision')
  return ((task?.['evidence'] as { held: readonly Part[] } | undefined)?.held ?? []).map(
    ({ line: number, lot, quantity }) => [number, lot ?? '', quantity].join(' '),
  )
}

describe('a clerk decides about a part of what is held', () => {
  test('80 of 100 are fine, 20 go back: the warehouse hears just that, and 80 count as received', () => {
    const run = waiting(held('100')).answer('quality-decision', 'release', { quantity: '80' })
    expect([run.state('receipt/R1'), run.open, left(run)]).toEqual(['quality', ['quality-decision'], ['1  20']])
    expect([told(run, 'release_hold'), told(run, 'return_to_vendor')]).toEqual([[['R1:1', ['80']]], []])
    run.answer('quality-decision', 'return')
    expect(told(run, 'return_to_vendor')).toEqual([['R1:quality:2', ['20']]])
    expect(told(run, 'release_hold')).toHaveLength(1)
    expect(run.said('claim.reported')).toMatchObject([
      { object: { claimNumber: 'GR-R1:quality:2', lines: [{ quantity: '20' }] } },
    ])
    run.outcome('release_hold', 'applied').outcome('return_to_vendor', 'applied').tell(stowed)
    expect([run.state('receipt/R1'), run.state()]).toEqual(['done', 'in_fulfilment'])
    const second = receipt('posted', [line('BOLT', '20')], { receiptNumber: 'R2', receivedAt: '2026-04-12T08:30:00Z' })
    expect(run.tell({ ...second, subject: 'grn_2' }).open).toEqual([])
  })
  test('20 go back first and the claim is opened at once; the rest may be used', () => {
    const run = waiting(held('100')).answer('quality-decision', 'return', { quantity: '20' })
    expect(run.said('claim.reported')).toMatchObject([{ object: { lines: [{ quantity: '20' }] } }])
    run.answer('quality-decision', 'release')
    expect(run.said('claim.reported')).toHaveLength(1)
    expect(told(run, 'release_hold')).toEqual([['R1:2', ['80']]])
    run.outcome('return_to_vendor', 'applied').outcome('release_hold', 'applied').tell(stowed)
    expect(run.state('receipt/R1')).toBe('done')
  })
  test('the holds add up: what was decided apart is a hold of its own that is over, the first is about the rest', () => {
    const run = waiting(held('100')).answer('quality-decision', 'release', { quantity: '80' })
    run.answer('quality-decision', 'return')
    const holds = new Map<string, { status?: string; quantity?: string }>()
    for (const { type, subject = '', data } of run.facts) {
      if (type !== 'quality_hold.reported') continue
      const { status, object } = data as { status?: string; object: { lines?: readonly Part[] } }
      const before = holds.get(subject)
      const quantity = object.lines?.[0]?.quantity
      holds.set(subject, {
        ...before,
        ...(status === undefined ? {} : { status }),
        ...(quantity === undefined ? {} : { quantity }),
      })
    }
    expect([...holds.values()]).toEqual([
      { status: 'returned_to_vendor', quantity: '20' },
      { status: 'released', quantity: '80' },
    ])
  })
  test('by line and by lot', () => {
    const lines = [
      held('50', { line: '1', lot: 'A' }),
      held('30', { line: '1', lot: 'B' }),
      held('20', { line: '2', lot: 'B' }),
    ]
    const run = waiting(...lines).answer('quality-decision', 'release', { line: '1', lot: 'B', quantity: '10.5' })
    expect(left(run)).toEqual(['1 A 50', '1 B 19.5', '2 B 20'])
    run.answer('quality-decision', 'return', { lot: 'B' })
    expect([left(run), told(run, 'return_to_vendor')]).toEqual([['1 A 50'], [['R1:quality:2', ['19.5', '20']]]])
    expect(asked(run, 'return_to_vendor')).toMatchObject([{ payload: { lines: [{ lot: 'B' }, { lot: 'B' }] } }])
  })
  test.each([
    ['more than is held', { line: '1', quantity: '60.5' }],
    ['a line that is not held', { line: '7' }],
    ['so much of two lines together', { quantity: '5' }],
    ['nothing', { line: '1', quantity: '0' }],
  ])('%s is asked for again, and nobody is told anything', (_, data) => {
    const run = waiting(held('60'), held('40', { line: '2' })).answer('quality-decision', 'release', data)
    expect([run.open, told(run, 'release_hold'), left(run)]).toEqual([['quality-decision'], [], ['1  60', '2  40']])
    expect([...run.tasks.values()][0]?.['question']).toContain('more of receipt R1 than is held')
    expect(run.said('quality_hold.reported')).toHaveLength(1)
  })
  test('what the process says of a part itself is no word of the warehouse, and its answer to a part ends no more than that', () => {
    const run = waiting(held('100')).answer('quality-decision', 'release', { quantity: '80' })
    const object = { receiptNumber: 'R1', purchaseOrderNumber: '4500000001' }
    const released = (subject: string, lines?: object[]): Told => ({
      type: 'quality_hold.released',
      subject,
      data: { object: { ...object, ...(lines === undefined ? {} : { lines }) } },
    })
    const own = run.facts.filter(({ type }) => type === 'quality_hold.reported').map(({ subject = '' }) => subject)
    for (const subject of new Set(own)) run.tell(released(subject, [line('BOLT', '100')]))
    run.tell(released('qhd_w', [line('BOLT', '80')])).tell(released('qhd_x'))
    expect([run.state('receipt/R1'), left(run)]).toEqual(['quality', ['1  20']])
  })
  test('whatever is decided in whatever parts: released, refused and still held are what was held', () => {
    const decision = fc.tuple(
      fc.constantFrom('release', 'return', 'scrap'),
      fc.constantFrom('1', '2'),
      fc.bigInt({ min: 0n, max: 120n }),
    )
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 8 }), (decisions) => {
        const run = waiting(held('60.5'), held('39.5', { line: '2' }))
        for (const [name, number, tenths] of decisions)
          if (run.open.includes('quality-decision'))
            run.answer('quality-decision', name, { line: number, quantity: `${tenths / 2n}.${(tenths % 2n) * 5n}` })
        const gone = ['release_hold', 'return_to_vendor', 'scrap_stock'].flatMap((command) =>
          asked(run, command).flatMap(({ payload }) => (payload as { readonly lines: readonly Part[] }).lines),
        )
        for (const [number, all] of [
          ['1', '60.5'],
          ['2', '39.5'],
        ] as const) {
          const out = gone.filter((one) => one.line === number).reduce((sum, { quantity }) => add(sum, quantity), '0')
          const rest =
            left(run)
              .find((one) => one.startsWith(`${number} `))
              ?.split(' ')
              .at(-1) ?? '0'
          expect([number, compare(subtract(all, out), rest)]).toEqual([number, 0])
        }
      }),
      { numRuns: 60 },
    )
  })
})

test('an instance of version 3 whose goods go back ends as it was decided', () => {
  const run = begun(issued, receipt('posted', [line('BOLT', '30'), held('10')])).outcome(
    'post_goods_receipt',
    'applied',
  )
  const { instance } = run.answer('quality-decision', 'return')
  const { 'receipt/R1': stay, ...at } = instance?.at ?? {}
  const { parts: _, ...chosen } = (stay?.chosen ?? {}) as Record<string, unknown>
  const old = {
    ...instance,
    version: 3,
    at: { ...at, 'receipt/R1': { ...stay, chosen: { ...chosen, quality: 'return' } } },
  } as unknown as Instance
  const later = ProcessRun.resumed(procureToReceive, old).outcome('return_to_vendor', 'applied').tell(stowed)
  expect([later.state('receipt/R1'), later.state(), later.asked]).toEqual(['done', 'in_fulfilment', []])
})
