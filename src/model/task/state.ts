import type { Instant } from '../../base/instant.ts'
import type { TaskDecision, TaskRequest, TaskWithdrawal } from './report.ts'

/** `open` waits for a person · `completed` was decided · `obsolete` need not be decided any more. */
export type TaskStatus = 'open' | 'completed' | 'obsolete'

/** Something that a person has to decide. Undefined status: nobody asked yet, and something was said about it already. */
export interface TaskState {
  readonly status?: TaskStatus
  readonly request?: TaskRequest
  readonly openedAt?: Instant
  readonly assignee?: string
  /** How often somebody said who has it: what is said about the same number was said at the same moment. Absent: never, or from before that was counted. */
  readonly claims?: number
  /** When it was not decided in time. */
  readonly overdueAt?: Instant
  /** First halves of decisions that need two people. */
  readonly approvals: readonly (TaskDecision & { readonly at: Instant })[]
  /** What was said before the question came, in order; it counts when that comes. */
  readonly early: readonly EarlyWord[]
  readonly outcome?: TaskOutcome
  /** Newest last. */
  readonly history: readonly TaskEntry[]
}

/** A decision or withdrawal that overtook its question; it counts when that comes. */
export type EarlyWord =
  | { readonly said: 'decided'; readonly data: TaskDecision }
  | { readonly said: 'withdrawn'; readonly data: TaskWithdrawal }

/** How it ended. A task that became needless ends with the decision `obsolete`. */
export interface TaskOutcome extends Omit<TaskDecision, 'by'> {
  readonly by: string
  readonly at: Instant
}

/** One thing that was done with a task, for the audit. */
export interface TaskEntry {
  readonly at: Instant
  readonly by: string
  readonly did: 'approved' | 'assigned' | 'decided' | 'noted' | 'overdue' | 'refused' | 'withdrawn'
  readonly text: string
}

/** A task before its first fact. */
export const unheardTask: TaskState = { approvals: [], early: [], history: [] }

/** Entries that are kept of one task. */
export const historyMax = 100
