import { describe, expect, test } from 'vitest'
import { difference } from '../../../test/stock-difference.ts'
import { about, count, dataOf, fold, movement, onHand, receipt } from '../../../test/stock-reports.ts'
import { postings } from '../../processes/postings.ts'
import type { Derived, Fact } from '../fact.ts'
import type { TaskRequest } from '../task/report.ts'
import type { StockState } from './state.ts'

const asked = (facts: readonly Derived[]): (TaskRequest & { readonly task: string })[] =>
  facts
    .filter(({ type }) => type === 'task.requested')
    .map(({ data, subject = '' }) => ({ ...(data as TaskRequest), task: subject }))
const types = (facts: readonly Derived[]): string[] => facts.map(({ type }) => type)
const answer = (task: string, name: string, decision: string): Fact =>
  about('task.answered', { task, name, decision, by: 'Ann', reason: 'Seen on the shelf.' })

/** What follows when a person decides about the only open question. */
function decide(begun: { state: StockState; facts: readonly Derived[] }, decision: string) {
  const [question] = asked(begun.facts)
  if (question === undefined) throw new Error('nobody was asked')
  return fold([answer(question.task, question.name, decision)], begun.state)
}

describe('stock that another system has otherwise', () => {
  const begun = fold([receipt('10', 'r'), difference('W1', '10', '8')])

  test('is a case for a person, with both numbers and the decisions that are possible', () => {
    expect(dataOf(begun.facts, 'inventory.discrepancy_detected')).toMatchObject([
      { kind: 'system_difference', system: 'erp', location: 'W1', difference: '2' },
    ])
    expect(asked(begun.facts)).toMatchObject([
      {
        name: 'stock-difference',
        origin: 'stk_1',
        role: 'finance',
        evidence: { ours: '10', theirs: '8', cause: 'unexplained' },
      },
    ])
    const [question] = asked(begun.facts)
    expect(question?.decisions.map(({ name }) => name)).toEqual(['recount', 'post_at_erp', 'adjust_here', 'wait'])
  })

  test('is one case, however often it is found; another amount is another question', () => {
    expect(fold([difference('W1', '10', '8', { takenAt: '2026-03-03T09:00:00Z' })], begun.state).facts).toEqual([])
    const { facts } = fold([difference('W1', '10', '7', { takenAt: '2026-03-03T09:00:00Z' })], begun.state)
    expect(types(facts)).toEqual(['task.withdrawn', 'inventory.discrepancy_detected', 'task.requested'])
  })

  test('is over when the two agree again, and nobody has to decide any more', () => {
    const { state, facts } = fold([difference('W1', '10', '10', { takenAt: '2026-03-03T09:00:00Z' })], begun.state)
    expect(types(facts)).toEqual(['inventory.discrepancy_resolved', 'task.withdrawn'])
    expect(state.differences).toEqual({})
    expect(fold([difference('W1', '10', '10', { takenAt: '2026-03-04T09:00:00Z' })], state).facts).toEqual([])
  })

  test('is not opened again by a comparison that is older than the one that closed it, while it is open', () => {
    expect(fold([difference('W1', '10', '3', { takenAt: '2026-03-01T09:00:00Z' })], begun.state).facts).toEqual([])
  })

  test('is posted to that system alone when a person says that it is wrong, once', () => {
    const { facts, state } = decide(begun, 'post_at_erp')
    const ordered = facts.find(({ type }) => type === 'inventory.correction_ordered')
    const routes = ['erp', 'shop'].map((target) => ({ command: 'adjust_inventory', target, tenant: 'main' }))
    const fact = { ...about(ordered?.type ?? '', ordered?.data), tenant: 'main' }
    const intents = postings(fact, routes)
    expect(intents.map(({ target, command }) => [target, command])).toEqual([['erp', 'adjust_inventory']])
    expect(intents[0]?.payload).toMatchObject({ movementType: 'adjust_gain', lines: [{ sku: 'A-100', quantity: '2' }] })
    expect(onHand(state)).toEqual({ 'W1 available': '10' })
  })

  test('is taken over when a person says that the hub is wrong, and the other system is not told what it has', () => {
    const { facts, state } = decide(begun, 'adjust_here')
    expect(onHand(state)).toEqual({ 'W1 available': '8' })
    const posted = facts.find(({ type }) => type === 'inventory.movement_posted')
    const routes = [{ command: 'adjust_inventory', target: 'erp', tenant: 'main' }]
    expect(postings({ ...about('inventory.movement_posted', posted?.data), tenant: 'main' }, routes)).toEqual([])
  })

  test('is counted again when a person wants to know; the count ends the order', () => {
    const ordered = decide(begun, 'recount')
    expect(dataOf(ordered.facts, 'inventory.count_ordered')).toMatchObject([{ location: 'W1', status: 'available' }])
    expect(asked(ordered.facts)).toMatchObject([{ name: 'count-stock', role: 'warehouse' }])
    const early = fold([count('9', { id: 'early', minutes: 30 })], ordered.state)
    expect(Object.keys(early.state.countOrders)).toHaveLength(1)
    const done = fold([count('8', { id: 'c', minutes: 24 * 60 + 1 })], ordered.state)
    expect(done.state.countOrders).toEqual({})
    expect(types(done.facts)).toContain('task.withdrawn')
  })

  test('is asked again when a day after a decision it is still there', () => {
    const { state } = decide(begun, 'wait')
    expect(fold([difference('W1', '10', '8', { takenAt: '2026-03-03T10:00:00Z' })], state).facts).toEqual([])
    const later = fold([difference('W1', '10', '8', { takenAt: '2026-03-05T09:00:00Z' })], state)
    expect(asked(later.facts)).toHaveLength(1)
  })
})

describe('a count above the limits of its item', () => {
  const limited = about('item.reported', { object: { countLimits: { quantity: '5' } } })
  const begun = fold([limited, receipt('20', 'r'), count('10', { id: 'c', minutes: 30 })])

  test('asks the warehouse, with what was counted and what the books have', () => {
    expect(onHand(begun.state)).toEqual({ 'W1 available': '20' })
    expect(asked(begun.facts)).toMatchObject([
      { name: 'approve-variance', role: 'warehouse', evidence: { asserted: '10', booked: '20', variance: '-10' } },
    ])
  })

  test('is posted, rejected, or counted again, as the person says', () => {
    expect(onHand(decide(begun, 'post').state)).toEqual({ 'W1 available': '10' })
    expect(onHand(decide(begun, 'reject').state)).toEqual({ 'W1 available': '20' })
    const again = decide(begun, 'recount')
    expect(types(again.facts)).toEqual(['inventory.variance_withdrawn', 'inventory.count_ordered', 'task.requested'])
    expect(onHand(again.state)).toEqual({ 'W1 available': '20' })
  })

  test('is posted against the books as they are when it is decided', () => {
    const late = fold([movement('receipt', '3', { id: 'late', minutes: 10, to: { location: 'W1' } })], begun.state)
    const decided = decide({ ...begun, state: late.state }, 'post')
    expect(onHand(decided.state)).toEqual({ 'W1 available': '10' })
  })

  test('answers that come twice, or to nothing, change nothing', () => {
    const [question] = asked(begun.facts)
    const said = answer(question?.task ?? '', 'approve-variance', 'post')
    const once = fold([said], begun.state)
    expect(fold([said], once.state).facts).toEqual([])
    expect(fold([answer('tsk_none', 'stock-difference', 'wait')], once.state).facts).toEqual([])
  })
})
