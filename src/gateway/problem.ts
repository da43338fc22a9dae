import { type ErrorCode, errors, InterlineError } from '../base/errors.ts'

/** RFC 9457. Every error of every route has this form; `type` is a page that the hub serves from the error table. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly code: string
  readonly traceId: string
  readonly retryable: boolean
  readonly nextAction: string
  /** Names of the quotas that are used up. */
  readonly 'violated-policies'?: readonly string[]
  readonly errors?: readonly { readonly pointer: string; readonly detail: string; readonly code: string }[]
}

const iana = 'https://iana.org/assignments/http-problem-types#'
const registered: Partial<Record<ErrorCode, string>> = {
  QUOTA_EXCEEDED: `${iana}quota-exceeded`,
  HUB_BUSY: `${iana}temporary-reduced-capacity`,
}

/** Anything that is not from the error table becomes INTERNAL: no stack, no path, no SQL leaves the hub. */
export function problemOf(error: unknown, trace: string): Problem {
  const known = error instanceof InterlineError ? error : new InterlineError('INTERNAL', { trace })
  const row = errors[known.code]
  return {
    type: registered[known.code] ?? `/problems/${known.code.toLowerCase().replaceAll('_', '-')}`,
    title: row.title,
    status: row.status,
    detail: known.message,
    instance: `urn:trace:${trace}`,
    code: known.code,
    traceId: trace,
    retryable: row.flow === 'retry',
    nextAction: row.hint,
    ...(known instanceof InvalidRequest ? { errors: known.violations } : {}),
    ...(known.code === 'QUOTA_EXCEEDED' ? { 'violated-policies': [String(known.values.policy)] } : {}),
  }
}

/** What a person does about a code that was stored; the table may have changed since. */
export function nextActionOf(code: string): string {
  return Object.hasOwn(errors, code) ? errors[code as ErrorCode].hint : 'Look at the message and decide.'
}

/** A request that can be parsed and is wrong: every violation with its place, at most a hundred. */
export class InvalidRequest extends InterlineError {
  readonly violations: readonly { readonly pointer: string; readonly detail: string; readonly code: string }[]

  constructor(violations: readonly { readonly pointer: string; readonly detail: string; readonly code: string }[]) {
    super('REQUEST_INVALID', { count: violations.length, first: violations[0]?.detail ?? '' })
    this.violations = violations.slice(0, 100)
  }
}
