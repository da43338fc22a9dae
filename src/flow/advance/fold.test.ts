import { expect, test } from 'vitest'
import type { Fact } from '../../model/fact.ts'
import { fold } from './fold.ts'

function fact(id: string, subject: string, type: string, data: unknown): Fact {
  const about = { source: 'erp', causation: id, correlation: subject, trace: '0'.repeat(32) }
  return { id, type, subject, tenant: 'main', recordedAt: '2026-04-01T10:00:00Z', ...about, data }
}

test('a fact that cannot be folded is named on the log and stops nobody, also as the first one of its object', () => {
  const order = { status: 'received', object: { number: '1' } }
  const folding = fold(
    [
      fact('f1', 'ord_1', 'order.reported', null),
      fact('f2', 'xyz_1', 'order.reported', order),
      fact('f3', 'ord_2', 'order.reported', order),
      fact('f4', 'ord_1', 'order.reported', order),
    ],
    {
      held: () => ({ version: 0, state: undefined }),
      routes: [],
      connections: new Map(),
      partitions: 1,
      at: 0,
      foldDerived: true,
    },
  )
  const failed = folding.facts.filter(({ fact: { type } }) => type === 'hub.fold_failed')
  expect(failed.map(({ fact: { data } }) => (data as { fact: string }).fact)).toEqual(['f1', 'f2'])
  const orders = folding.states.filter(({ subject }) => subject.startsWith('ord_') || subject.startsWith('xyz_'))
  expect(orders.map(({ subject, version }) => [subject, version])).toEqual([
    ['ord_2', 1],
    ['ord_1', 1],
  ])
})
