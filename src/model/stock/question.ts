import { writeInstant } from '../../base/instant.ts'
import type { Derived } from '../fact.ts'
import type { TaskChoice, TaskRequest } from '../task/report.ts'
import type { TaskRole } from '../task/roles.ts'
import { taskSubject } from '../task/subject.ts'
import type { Draft } from './draft.ts'

/** What a person is asked about the stock of an item. `n` tells questions of one kind apart. */
export interface StockQuestion {
  readonly name: 'approve-variance' | 'count-stock' | 'stock-difference'
  readonly n: string
  readonly role: TaskRole
  readonly escalateTo?: TaskRole
  readonly question: string
  readonly evidence: Readonly<Record<string, unknown>>
  readonly decisions: readonly TaskChoice[]
}

const dueMs = 24 * 3_600_000

/** Opens the task. Asked again with the same number it is the same one. */
export function ask(draft: Draft, { n, ...question }: StockQuestion): Derived {
  const data: TaskRequest = {
    ...question,
    origin: draft.subject,
    objects: [draft.subject],
    dueAt: writeInstant(draft.nowMs + dueMs),
  }
  return { rule: `ask-${question.name}-${n}`, type: 'task.requested', subject: taskId(draft, question.name, n), data }
}

/** Nobody has to decide any more: `reason` is for whoever has the question before him. */
export function takeBackQuestion(draft: Draft, name: StockQuestion['name'], n: string, reason: string): Derived {
  return { rule: `moot-${name}-${n}`, type: 'task.withdrawn', subject: taskId(draft, name, n), data: { reason } }
}

/** Hub id of the task of a question. */
export function taskId({ tenant, subject }: Draft, name: StockQuestion['name'], n: string): string {
  return taskSubject({ tenant, origin: subject, name, n })
}
