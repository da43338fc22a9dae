import type { FastifyRequest } from 'fastify'
import type { Validator } from 'typebox/compile'
import { InterlineError } from '../base/errors.ts'
import { readJson } from '../base/json.ts'
import { limits } from '../base/limits.ts'
import type { Gateway } from './gateway.ts'
import { InvalidRequest } from './problem.ts'
import type { Route } from './route.ts'

/** The query as it was declared. Throws PARAMETER_UNKNOWN, REQUEST_INVALID. */
export function readQuery(route: Route, check: Validator | undefined, query: unknown): Record<string, unknown> {
  const given = query as Record<string, unknown>
  const known = Object.keys(route.query?.properties ?? {})
  const isOpen =
    route.query !== undefined && 'additionalProperties' in route.query && route.query.additionalProperties === true
  const unknown = Object.keys(given).filter((name) => !known.includes(name))
  if (unknown.length > 0 && !isOpen)
    throw new InterlineError('PARAMETER_UNKNOWN', {
      parameters: unknown.join(', ').slice(0, 200),
      known: known.join(', ') || 'none',
    })
  return valid(check, given) as Record<string, unknown>
}

/** The body as it was declared: JSON, read strictly. Throws CONTENT_TYPE_UNSUPPORTED, CODING_UNSUPPORTED, BODY_*, REQUEST_INVALID. */
export async function readBody(
  gateway: Gateway,
  check: Validator,
  { request, bytesMax }: { readonly request: FastifyRequest; readonly bytesMax: number },
): Promise<unknown> {
  const { 'content-type': type = 'application/json', 'content-encoding': coding } = request.headers
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type))
    throw new InterlineError('CONTENT_TYPE_UNSUPPORTED', { type: type.slice(0, 100), expected: 'application/json' })
  if (!(request.body instanceof Uint8Array) || request.body.length === 0)
    throw new InterlineError('BODY_MALFORMED', { problem: 'there is none' })
  const plain = isGzip(coding) ? await gateway.inflate(request.body, bytesMax) : request.body
  // Twice: the strict reader refuses what it must; the other reads numbers, which the schemas declare, as numbers.
  readJsonBody(plain)
  return valid(check, JSON.parse(Buffer.from(plain).toString('utf8')))
}

/** JSON that cannot be stored for a person to look at, so it is refused. Throws BODY_MALFORMED. */
export function readJsonBody(bytes: Uint8Array): unknown {
  try {
    return readJson(bytes)
  } catch (error) {
    if (error instanceof InterlineError)
      throw new InterlineError('BODY_MALFORMED', { problem: error.message.replace(/\.$/, '') })
    throw error
  }
}

/** Whether a body is gzip. Throws CODING_UNSUPPORTED for anything but that and identity: one coding, no chains. */
export function isGzip(header: string | undefined): boolean {
  const coding = header?.trim().toLowerCase() ?? 'identity'
  if (coding === 'gzip' || coding === 'x-gzip') return true
  if (coding === 'identity' || coding === '') return false
  throw new InterlineError('CODING_UNSUPPORTED', { coding: coding.slice(0, 40) })
}

/** Throws NOT_ACCEPTABLE when the caller takes nothing of the media type that the route offers. */
export function demandAcceptable(accept: string | undefined, offered: string): void {
  if (accept === undefined || accept.trim() === '') return
  const type = offered.split(';', 1)[0] ?? offered
  const [main] = type.split('/')
  const fits = accept.split(',').some((one) => {
    const [range = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase())
    const excluded = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
    return !excluded && (range === '*/*' || range === `${main}/*` || range === type)
  })
  if (!fits) throw new InterlineError('NOT_ACCEPTABLE', { offered: type })
}

/** The version in If-Match; -1 for one that cannot be ours. Throws VERSION_REQUIRED. */
export function readVersion(header: string | undefined): number {
  if (header === undefined) throw new InterlineError('VERSION_REQUIRED')
  return Number(/^"v(\d{1,15})"$/.exec(header.trim())?.[1] ?? -1)
}

/** Bodies of declared routes; those that carry a whole document may be larger. */
export function bytesMaxOf(route: Route): number {
  return route.bytesMax ?? limits.typedBodyBytes
}

function valid(check: Validator | undefined, value: unknown): unknown {
  if (check === undefined || check.Check(value)) return value
  const violations = check.Errors(value).map(({ instancePath, message, keyword, params }) =>
    // What the schema library says of a member that is not declared: its schema is false.
    keyword === 'boolean'
      ? { pointer: `#${instancePath}`, detail: 'is not known here', code: 'unknown' }
      : { pointer: `#${instancePath}`, detail: detailOf(message, params), code: keyword },
  )
  const named = violations.filter(({ code }) => code !== 'additionalProperties')
  throw new InvalidRequest(named.length > 0 ? named : violations)
}

/** What the schema library says, with the values that there are: whoever mistyped one sees the right one at once. */
function detailOf(message: string, params: object): string {
  const allowed = 'allowedValues' in params && Array.isArray(params.allowedValues) ? params.allowedValues : []
  return allowed.length === 0 ? message : `${message}: ${allowed.join(', ')}`
}
