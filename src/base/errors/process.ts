import { defineErrors } from './row.ts'

/** What can be wrong with the wish of a person about a process. */
export const processErrors = defineErrors({
  PROCESS_WISH_REFUSED: {
    title: 'Process cannot do this now',
    message: ({ action, problem }) => `It cannot ${action}: ${problem}.`,
    flow: 'refuse',
    status: 409,
    hint: 'Read the instance again; its page in the reference says what is possible in which state.',
  },
})
