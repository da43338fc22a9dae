import type { Instant } from '../../base/instant.ts'
import type { DecisionField } from './field.ts'
import type { TaskRole } from './roles.ts'

/** Data of `task.requested`: somebody has to decide something. Its subject is `taskSubject` of tenant, origin, name and number. */
export interface TaskRequest {
  /** kebab-case, what kind of task it is: `resolve-refusal`. */
  readonly name: string
  /** Hub id of who asks and is told the answer; absent where nobody waits for it but people. */
  readonly origin?: string
  /** Hub ids of the objects that it is about. */
  readonly objects: readonly string[]
  readonly role: TaskRole
  readonly question: string
  /** What is known, for whoever decides. Shown as it is. */
  readonly evidence: Readonly<Record<string, unknown>>
  /** There are no others. */
  readonly decisions: readonly TaskChoice[]
  readonly dueAt?: Instant
  /** Who has to look at it when it is not decided in time. */
  readonly escalateTo?: TaskRole
}

/** One of the decisions that are possible. */
export interface TaskChoice {
  /** snake_case or kebab-case. */
  readonly name: string
  readonly label: string
  /** What happens then. */
  readonly consequence: string
  /** Two different people have to decide the same. */
  readonly fourEyes?: boolean
  readonly reasonRequired?: boolean
  /** What belongs to it, as people fill it in. */
  readonly fields?: readonly DecisionField[]
  /** Members of its data that must be there, as text that is not empty: short for fields that are called by their names. */
  readonly needs?: readonly string[]
}

/** Data of `task.withdrawn`: it need not be decided any more. */
export interface TaskWithdrawal {
  readonly reason: string
}

/** Data of `task.decided`: a person chose. */
export interface TaskDecision {
  readonly decision: string
  readonly by: Actor
  /** Empty where nothing was said. */
  readonly reason: string
  /** What belongs to the decision: a number, a code. Shown to the second person, and handed to who asked. */
  readonly data?: Readonly<Record<string, unknown>>
}

/** Data of `task.assigned`: somebody takes it, or is given it; without `assignee` nobody has it any more. */
export interface TaskAssignment {
  readonly assignee?: string
  readonly by: Actor
}

/** Data of `task.noted`: a remark for whoever has the task; it decides nothing. */
export interface TaskNote {
  readonly text: string
  readonly by: Actor
}

/** Data of `task.answered`, for the object that asked. */
export interface TaskAnswer extends Omit<TaskDecision, 'by'> {
  readonly task: string
  readonly name: string
  readonly origin?: string
  readonly by: string
}

/** Who acts: a key, and the person that it names where several people use it. */
export interface Actor {
  readonly key: string
  readonly person?: string
}
