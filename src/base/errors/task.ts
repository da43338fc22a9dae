import { defineErrors } from './row.ts'

/** What can be wrong with a decision of a person. */
export const taskErrors = defineErrors({
  TASK_CLOSED: {
    title: 'Task is closed',
    message: ({ decision, by }) => `The task was closed with the decision ${decision} by ${by}.`,
    flow: 'refuse',
    status: 409,
    hint: 'Read the task again. What was decided is undone at the object that it was about, not here.',
  },
  TASK_DATA_INVALID: {
    title: 'Decision not understood',
    message: ({ decision, member, expected }) => `${member} of the decision ${decision} has to be ${expected}.`,
    flow: 'refuse',
    status: 422,
    hint: 'The fields of the decision say how each member of data is written.',
  },
  TASK_DATA_MISSING: {
    title: 'Decision not complete',
    message: ({ decision, missing }) => `The decision ${decision} also needs ${missing}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Send it as a member of data, as text.',
  },
  TASK_DECISION_UNKNOWN: {
    title: 'Not one of the decisions',
    message: ({ decision, possible }) => `The task has no decision ${decision}; it has ${possible}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Choose one of the decisions that the task lists.',
  },
  TASK_REASON_MISSING: {
    title: 'Reason missing',
    message: ({ decision }) => `The decision ${decision} needs a reason.`,
    flow: 'refuse',
    status: 422,
    hint: 'Say in your own words why you decide so; it is kept for the audit.',
  },
  TASK_SAME_PERSON: {
    title: 'A second person is needed',
    message: ({ decision, by }) =>
      `The decision ${decision} needs two people, and ${by} is the one who approved it already.`,
    flow: 'refuse',
    status: 409,
    hint: 'Let somebody else decide. A key that several people use says with "by" who it is each time.',
  },
  TASK_TAKEN: {
    title: 'Somebody else has it',
    message: ({ assignee }) => `${assignee} has taken the task.`,
    flow: 'refuse',
    status: 409,
    hint: 'Ask whoever has it to give it back. With the scope tasks:reassign it can be taken from them.',
  },
})
