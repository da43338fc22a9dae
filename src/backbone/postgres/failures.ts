import { InterlineError } from '../../base/errors.ts'
import { OutcomeUnknown, RowRefused } from '../backbone.ts'

/** SQLSTATE of an error that the server sent; undefined when it comes from the connection. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Raised by the functions of the migrations. */
export const raised = {
  fenced: 'IL001',
  duplicate: 'IL002',
  offset: 'IL003',
  partition: 'IL004',
  identifier: 'IL005',
  claim: 'IL006',
} as const

/** Rolled back through no fault of its content: the same transaction may be tried again. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error)
  return state === '40001' || state === '40P01' || state === '55P03'
}

/**
 * What a failed write means to the caller, by class of SQLSTATE (promises 4.5). An error without one, and those of a server that
 * goes down, leave open whether the work was committed.
 */
export function writeFailure(error: unknown): Error {
  if (error instanceof InterlineError || error instanceof OutcomeUnknown || error instanceof RowRefused) return error
  const state = sqlState(error)
  const cause = { cause: error }
  if (
    state === undefined ||
    state.startsWith('08') ||
    state.startsWith('57P') ||
    state === '57014' ||
    // The server ended a transaction, and with it the connection, because it took or idled too long.
    state === '25P03' ||
    state === '25P04' ||
    state === '58030'
  ) {
    return new OutcomeUnknown(messageOf(error), cause)
  }
  if (state.startsWith('22') || state.startsWith('23')) return new RowRefused(`${state} ${messageOf(error)}`, cause)
  return answered(state, error)
}

/** What a failed read means: nothing can have changed, so it may always be tried again later. */
export function readFailure(error: unknown): Error {
  if (error instanceof InterlineError) return error
  const state = sqlState(error)
  if (
    state === undefined ||
    state.startsWith('08') ||
    state.startsWith('57P') ||
    state === '57014' ||
    state === '25P03' ||
    state === '25P04' ||
    state === '58030'
  ) {
    return new InterlineError('DATABASE_UNAVAILABLE', { state: state ?? 'connection' }, error)
  }
  return answered(state, error)
}

function answered(state: string, error: unknown): Error {
  if (state === '53100') return new InterlineError('DATABASE_FULL', { state }, error)
  if (state.startsWith('53') || state.startsWith('40') || state === '55P03')
    return new InterlineError('DATABASE_UNAVAILABLE', { state }, error)
  return new InterlineError('DATABASE_FAULT', { state }, error)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
