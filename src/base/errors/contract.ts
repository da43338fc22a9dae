import { defineErrors } from './row.ts'

/** What can be wrong with the use of a contract, and with a decision about one. */
export const contractErrors = defineErrors({
  CONTRACT_SUNSET: {
    title: 'Not served any more',
    message: ({ contract, since, successor }) =>
      `${contract} has not been served since ${since}${successor === '' ? '.' : `; ${successor} takes its place.`}`,
    flow: 'refuse',
    status: 410,
    hint: 'Change to the successor that the Link header names. Whoever keeps contracts can give more time: interline contracts show.',
  },
  CONTRACT_TRANSITION: {
    title: 'Contract cannot become that',
    message: ({ contract, problem }) => `${contract} cannot be changed like that: ${problem}.`,
    flow: 'refuse',
    status: 422,
    hint: 'The contract lists what it can become next. A deprecation needs a beginning, and an end that is still to come.',
  },
})
