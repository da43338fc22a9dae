import { type ErrorCode, errors, InterlineError } from '../../base/errors.ts'

/** A failure of the table as plain data, for the log and for another thread. */
export type WrittenError = Pick<InterlineError, 'code' | 'values'>

/** A failure without its stack, which means nothing elsewhere. */
export function writeError({ code, values }: WrittenError): WrittenError {
  return { code, values }
}

/** The failure that `writeError` wrote; INTERNAL where another release wrote it, with a code that this one does not know. */
export function readError({
  code,
  values,
}: {
  readonly code: string
  readonly values: WrittenError['values']
}): InterlineError {
  return Object.hasOwn(errors, code)
    ? new InterlineError(code as ErrorCode, values)
    : new InterlineError('INTERNAL', { trace: code })
}
