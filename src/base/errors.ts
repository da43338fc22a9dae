import { accessErrors } from './errors/access.ts'
import { contractErrors } from './errors/contract.ts'
import { ediErrors } from './errors/edi.ts'
import { hubErrors } from './errors/hub.ts'
import { inputErrors } from './errors/input.ts'
import { manifestErrors } from './errors/manifest.ts'
import { processErrors } from './errors/process.ts'
import { requestErrors } from './errors/request.ts'
import type { ErrorRow } from './errors/row.ts'
import { stockErrors } from './errors/stock.ts'
import { taskErrors } from './errors/task.ts'

export type { ErrorRow }

/**
 * The table of everything that can go wrong: one row per code. `flow` says what the engine does; documentation and problem
 * pages are generated from it, and a test compares them in both directions.
 */
export const errors = {
  ...accessErrors,
  ...contractErrors,
  ...ediErrors,
  ...hubErrors,
  ...inputErrors,
  ...manifestErrors,
  ...requestErrors,
  ...stockErrors,
  ...processErrors,
  ...taskErrors,
}

/** A code of the table, such as `DATABASE_UNAVAILABLE`; one that is not in it does not compile. */
export type ErrorCode = keyof typeof errors

/** A failure with a code from the table. The engine obeys `errors[code].flow`; the cause is kept for the log of the place that threw. */
export class InterlineError extends Error {
  readonly code: ErrorCode
  readonly values: Readonly<Record<string, string | number>>

  constructor(code: ErrorCode, values: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
    super(errors[code].message(values), cause === undefined ? undefined : { cause })
    this.name = 'InterlineError'
    this.code = code
    this.values = values
  }

  get flow(): ErrorRow['flow'] {
    return errors[this.code].flow
  }
}
