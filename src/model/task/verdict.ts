import type { ErrorCode } from '../../base/errors.ts'
import { actorText, isSamePerson } from './actor.ts'
import { expectedOf, fieldsOf, isUnsaid } from './field.ts'
import type { TaskDecision } from './report.ts'
import type { TaskState } from './state.ts'

/** What a decision comes to: it closes the task, is the first of two, says again what was said, or is not possible. */
export type TaskVerdict =
  | { readonly outcome: 'completes' | 'approves' | 'repeats' }
  | { readonly outcome: 'refused'; readonly code: TaskErrorCode; readonly values: Readonly<Record<string, string>> }

type TaskErrorCode = ErrorCode & `TASK_${string}`

/** Judges a decision against the task as it stands. Whoever asks first is told the same as the log says afterwards. */
export function judgeDecision(
  { status, request, approvals, outcome }: TaskState,
  { decision, by, reason, data }: TaskDecision,
): TaskVerdict {
  const refuse = (code: TaskErrorCode, values: Readonly<Record<string, string>>): TaskVerdict => ({
    outcome: 'refused',
    code,
    values: { decision, ...values },
  })
  if (status !== 'open' || request === undefined) {
    if (outcome?.decision === decision && outcome.by === actorText(by) && sameData(outcome.data, data))
      return { outcome: 'repeats' }
    return refuse('TASK_CLOSED', { decision: outcome?.decision ?? 'obsolete', by: outcome?.by ?? 'the hub' })
  }
  const choice = request.decisions.find(({ name }) => name === decision)
  if (choice === undefined)
    return refuse('TASK_DECISION_UNKNOWN', { possible: request.decisions.map(({ name }) => name).join(', ') })
  if (choice.reasonRequired === true && reason.trim() === '') return refuse('TASK_REASON_MISSING', {})
  const fields = fieldsOf(choice)
  const missing = fields.filter(({ name, isOptional = false }) => !isOptional && isUnsaid(data?.[name]))
  if (missing.length > 0) return refuse('TASK_DATA_MISSING', { missing: missing.map(({ name }) => name).join(', ') })
  for (const field of fields) {
    const said = data?.[field.name]
    const expected = isUnsaid(said) ? undefined : expectedOf(field, said)
    if (expected !== undefined) return refuse('TASK_DATA_INVALID', { member: field.name, expected })
  }
  if (choice.fourEyes !== true) return { outcome: 'completes' }
  const same = approvals.filter((one) => one.decision === decision && sameData(one.data, data))
  const own = same.find((one) => isSamePerson(one.by, by))
  if (own !== undefined) return refuse('TASK_SAME_PERSON', { by: actorText(own.by) })
  return { outcome: same.length === 0 ? 'approves' : 'completes' }
}

function sameData(one: TaskDecision['data'], other: TaskDecision['data']): boolean {
  return JSON.stringify(one ?? {}) === JSON.stringify(other ?? {})
}
