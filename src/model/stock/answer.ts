import type { Derived } from '../fact.ts'
import type { TaskAnswer } from '../task/report.ts'
import { countNotPossible, orderCount } from './count-order.ts'
import { decided } from './counted.ts'
import { differenceDecided } from './difference.ts'
import type { Draft } from './draft.ts'
import { taskId } from './question.ts'
import { readStockKey } from './state.ts'

/** Folds the answer to a question about the stock of this item. What is not asked any more is answered in vain. */
export function answered(draft: Draft, answer: TaskAnswer): Derived[] {
  switch (answer.name) {
    case 'approve-variance':
      return varianceAnswered(draft, answer)
    case 'count-stock': {
      const n = Object.keys(draft.countOrders).find((one) => taskId(draft, 'count-stock', one) === answer.task)
      return n === undefined ? [] : countNotPossible(draft, n)
    }
    case 'stock-difference': {
      const key = Object.entries(draft.differences).find(
        ([one, { n }]) => taskId(draft, 'stock-difference', `${one}#${n}`) === answer.task,
      )?.[0]
      return key === undefined ? [] : differenceDecided(draft, key, answer)
    }
    default:
      return []
  }
}

/** The variance is posted, or it is as if nobody had counted; where the count is not believed, somebody counts again. */
function varianceAnswered(draft: Draft, { task, decision, reason }: TaskAnswer): Derived[] {
  const assertion = Object.keys(draft.held).find((id) => taskId(draft, 'approve-variance', id) === task)
  if (assertion === undefined) return []
  const { location, status, lot } = readStockKey(draft.held[assertion]?.key ?? '')
  const facts = decided(draft, { assertion, approved: decision === 'post' }, true)
  if (decision !== 'recount') return facts
  return [
    ...facts,
    ...orderCount(draft, { location, status, lot }, reason === '' ? 'The count was not believed.' : reason),
  ]
}
