import { defineErrors } from './row.ts'

/** What can be wrong with stock that somebody wants. */
export const stockErrors = defineErrors({
  COMPARISON_RUNNING: {
    title: 'Comparison is running',
    message: ({ connection }) => `The stock of ${connection} is being compared.`,
    flow: 'refuse',
    status: 409,
    hint: 'Read its outcome when it is done; another one can be started then.',
  },
  RESERVATION_OVER: {
    title: 'Reservation is over',
    message: ({ reservation, outcome }) => `The reservation ${reservation} is ${outcome}; nothing is held by it.`,
    flow: 'refuse',
    status: 409,
    hint: 'Ask for the stock again under another name.',
  },
  RESERVATION_REFUSED: {
    title: 'Stock not reserved',
    message: ({ reservation, reason }) => `Nothing is held by the reservation ${reservation}: ${reason}.`,
    flow: 'refuse',
    status: 409,
    hint: 'Ask for less, at other locations, or with wait; a refused request may be repeated with a higher revision.',
  },
})
