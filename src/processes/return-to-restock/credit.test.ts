import { expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun } from '../../../test/process-run.ts'
import type { Instance } from '../engine/instance.ts'
import { returnToRestock } from './process.ts'
import { asked, back, begun, found, requested, run, unit } from './told.contract.ts'

test('a customer is credited for no more than came, whatever somebody saw of it, or was taken back since', () => {
  const lines = (one: ProcessRun) =>
    asked(one.outcome('dispose_return', 'applied'), 'issue_credit').map(
      ({ payload }) => (payload as { lines: unknown }).lines,
    )
  expect(lines(begun(requested, back('3'), found(unit('5', 'A'))))).toMatchObject([[{ sku: 'LAMP', quantity: '3' }]])
  const taken = begun(requested, back('3'), back('2', { id: 'm2' }), found(unit('5', 'A')))
  expect(lines(taken.tell(back('2', { id: 'm2', type: 'reversed' })))).toMatchObject([[{ sku: 'LAMP', quantity: '3' }]])
})

test('of a receipt that is taken back in part, the rest is credited, whichever is told first and however often', () => {
  const part = back('2', { id: 'r1', type: 'reversed', reverses: 'm1' })
  for (const facts of [
    [back('5'), part, part],
    [part, back('5'), part],
  ]) {
    const one = begun(requested, ...facts, found(unit('3', 'A'))).outcome('dispose_return', 'applied')
    expect(asked(one, 'issue_credit').map(({ payload }) => (payload as { lines: unknown }).lines)).toMatchObject([
      [{ sku: 'LAMP', quantity: '3' }],
    ])
  }
  const rest = back('3', { id: 'r2', type: 'reversed', reverses: 'm1' })
  expect(begun(requested, back('5'), part, rest).state()).toBe('cancelled')
})

test('money when the goods come is for those that came, parcel by parcel, and for no more than was allowed', () => {
  const one = run({ refundMode: 'on_receipt' }, requested, back('3')).outcome('issue_credit', 'applied')
  one
    .tell(back('4', { id: 'm2' }))
    .outcome('issue_credit', 'applied')
    .tell(back('5', { id: 'm3' }))
  const paid = () =>
    asked(one, 'issue_credit').map(({ businessKey, payload }) => [
      businessKey,
      (payload as { lines: readonly { quantity: string }[] }).lines.map(({ quantity }) => quantity),
    ])
  expect(paid()).toEqual([
    ['RM1', ['3']],
    ['RM1:received:2', ['4']],
    ['RM1:received:3', ['3']],
  ])
  // Two more than were allowed: a person accepts them, and they alone are credited after the inspection.
  one.outcome('issue_credit', 'applied').tell(found(unit('12', 'A')))
  expect(one.open).toContain('return-mismatch')
  one.answer('return-mismatch', 'accept').outcome('dispose_return', 'applied')
  expect(paid()).toHaveLength(4)
  expect(paid()[3]?.[1]).toEqual(['2'])
})
test('money when the goods come, as version 2 has paid it, is all that was announced, once', () => {
  const { instance } = run({ refundMode: 'on_receipt' }, requested, back('3'))
  const { refund, ...at } = instance?.at ?? {}
  const { chosen: _, ...stay } = refund ?? {}
  const old = { ...instance, version: 2, at: { ...at, refund: stay } } as unknown as Instance
  const one = ProcessRun.resumed(returnToRestock, old).outcome('issue_credit', 'applied')
  one
    .tell(back('4', { id: 'm2' }))
    .tell(found(unit('7', 'A')))
    .outcome('dispose_return', 'applied')
  expect(asked(one, 'issue_credit')).toEqual([])
})

processPromises(
  returnToRestock,
  {
    'parcels that are paid when they come': [
      requested,
      back('3'),
      back('9', { id: 'm2' }),
      back('3', { type: 'reversed' }),
      found(unit('12', 'A')),
    ],
  },
  { refundMode: 'on_receipt' },
)
