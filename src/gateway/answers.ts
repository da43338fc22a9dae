import { createHash, hkdfSync } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { AnswerKey } from '../backbone/stores.ts'
import { InterlineError } from '../base/errors.ts'
import { keyNameOf } from '../registry/sealed-text.ts'
import type { SealedPlace } from '../registry/sealing.ts'
import type { Principal } from './access/principal.ts'
import { problemOf } from './problem.ts'
import type { Answer, Call, Route } from './route.ts'

/**
 * Idempotency-Key (IETF draft): the first answer to a key is kept and given again; another request with the same key is refused.
 * Application errors of the 4xx class are final answers too.
 */
export async function answerOnce(route: Route, call: Call, key: string): Promise<Answer> {
  const { answers } = call.gateway.backbone.stores
  const name = {
    tenant: call.principal.tenant,
    client: call.principal.key,
    route: routeName(route),
    key,
  }
  const seed = await sealedSeed(call, name)
  const begin = await answers.begin(name, { fingerprint: fingerprint(call), seed, holdSeconds: 60 })
  if (begin.outcome === 'answered') {
    const { status, headers } = begin.answer
    const body = await opened(call, name, begin.answer.body)
    return { status, headers: { ...headers, 'idempotency-replayed': 'true' }, body }
  }
  if (begin.outcome !== 'begun')
    throw new InterlineError(begin.outcome === 'running' ? 'IDEMPOTENCY_KEY_RUNNING' : 'IDEMPOTENCY_KEY_REUSED')
  try {
    const answer = await route.handle({ ...call, randomBytes: await drawsOf(call, name, begin.seed) })
    const body = await sealed(call, name, answer.body)
    await answers.finish(name, { status: answer.status ?? route.answer.status, headers: { ...answer.headers }, body })
    return answer
  } catch (error) {
    const problem = problemOf(error, call.trace)
    const final = problem.status >= 400 && problem.status < 500 && ![401, 403, 429].includes(problem.status)
    if (final)
      await answers.finish(name, {
        status: problem.status,
        headers: { 'content-type': 'application/problem+json' },
        body: await sealed(call, name, problem),
      })
    else await answers.abandon(name)
    throw error
  }
}

/** What is random in the work, new: of use only when nobody began before. */
function sealedSeed({ gateway }: Call, name: AnswerKey): Promise<string> {
  return gateway.sealing.seal(Buffer.from(gateway.randomBytes(32)).toString('base64url'), placeOf(name, 'seed'))
}

/** Bytes that follow from a seed. Throws SECRET_UNREADABLE. */
async function drawsOf({ gateway }: Call, name: AnswerKey, seed: string): Promise<Call['randomBytes']> {
  const opened = await gateway.sealing.open(seed, placeOf(name, 'seed'))
  if (opened === undefined) throw new InterlineError('SECRET_UNREADABLE', { what: 'what this request began with' })
  let draws = 0
  return (count) => new Uint8Array(hkdfSync('sha256', opened, '', `draw ${draws++}`, count))
}

/** Answers show secrets that are shown once, and what people are called: nothing of them lies in the database as it is. */
async function sealed({ gateway }: Call, name: AnswerKey, body: unknown): Promise<string> {
  return body === undefined ? '' : gateway.sealing.seal(JSON.stringify(body), placeOf(name, 'body'))
}

/** Throws SECRET_UNREADABLE. */
async function opened({ gateway }: Call, name: AnswerKey, body: string): Promise<string> {
  // Of a release that did not seal them.
  if (keyNameOf(body) === undefined) return body
  const text = await gateway.sealing.open(body, placeOf(name, 'body'))
  if (text === undefined) throw new InterlineError('SECRET_UNREADABLE', { what: 'the first answer to this request' })
  return text
}

function placeOf({ tenant, client, route, key }: AnswerKey, column: 'body' | 'seed'): SealedPlace {
  return { tenant, table: 'answer', column, ids: [client, route, key] }
}

/**
 * 26 characters that the same request comes to again: the id of what it creates. A repetition after a crash between the work and
 * the keeping of its answer meets what was made, and makes nothing twice.
 */
export function answerId(route: Route, principal: Principal, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([principal.tenant, principal.key, routeName(route), key]))
    .digest('hex')
    .slice(0, 26)
}

/** The key of a request to a route that takes one. Throws IDEMPOTENCY_KEY_REQUIRED. */
export function idempotencyKeyOf(route: Route, headers: IncomingHttpHeaders): string | undefined {
  const header = headers['idempotency-key']
  if (route.idempotent === true) return readIdempotencyKey(header)
  return route.repeatable === 'sets' && header !== undefined ? readIdempotencyKey(header) : undefined
}

/** A structured-field string (`"…"`) or, as most clients send it, a bare token; 1 to 255 characters. Throws IDEMPOTENCY_KEY_REQUIRED. */
function readIdempotencyKey(header: string | string[] | undefined): string {
  if (typeof header !== 'string') throw new InterlineError('IDEMPOTENCY_KEY_REQUIRED')
  const text = header.trim()
  const quoted = /^"(.*)"$/.exec(text)?.[1]
  const key = quoted === undefined ? text : quoted.replaceAll(/\\(["\\])/g, '$1')
  if (key.length === 0 || key.length > 255) throw new InterlineError('IDEMPOTENCY_KEY_REQUIRED')
  return key
}

function routeName({ method, path }: Route): string {
  return `${method} ${path}`
}

/** The same for the same request, however its JSON is spaced and ordered. */
function fingerprint(call: Call): string {
  const version = call.ifMatch === undefined ? [] : [call.ifMatch]
  return createHash('sha256')
    .update(JSON.stringify([call.params, call.query, call.body, ...version].map(canonical)))
    .digest('hex')
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, canonical(member)]),
  )
}
