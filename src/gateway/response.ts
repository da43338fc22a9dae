import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { InterlineError } from '../base/errors.ts'
import { type Problem, problemOf } from './problem.ts'
import type { Answer, Route } from './route.ts'
import { etag } from './route.ts'

/** On every answer: nothing in here is a page, and nothing may be kept, framed, sniffed or loaded by another site. */
export const ownHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** Answers a declared route. */
export async function sendAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  { route, answer }: { readonly route: Route; readonly answer: Answer },
): Promise<FastifyReply> {
  const tag = answer.headers?.etag
  reply
    .headers(ownHeaders)
    .type(route.answer.mediaType ?? 'application/json')
    .headers(answer.headers ?? {})
  if (tag !== undefined && request.method !== 'POST' && isKnown(request.headers['if-none-match'], tag))
    return reply.code(304).removeHeader('content-type').send()
  reply.code(answer.status ?? route.answer.status)
  if (answer.stream !== undefined) {
    sendStream(request, reply, answer.stream)
    return reply
  }
  if (answer.bytes !== undefined) return reply.send(Buffer.from(answer.bytes))
  if (answer.body === undefined || answer.body === '') return reply.removeHeader('content-type').send()
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
  if (text.length < compressFrom || !acceptsGzip(request.headers['accept-encoding'])) return reply.send(text)
  return reply
    .header('content-encoding', 'gzip')
    .header('vary', 'accept-encoding')
    .send(await compress(text))
}

/** Sends the headers at once; what follows them is not the framework's business any more. */
function sendStream(request: FastifyRequest, reply: FastifyReply, stream: NonNullable<Answer['stream']>): void {
  reply.hijack()
  reply.raw.writeHead(reply.statusCode, reply.getHeaders() as OutgoingHttpHeaders)
  reply.raw.flushHeaders()
  if (request.method === 'HEAD') reply.raw.end()
  else stream(request.raw, reply.raw)
}

/** Headers that belong to an error besides its body. */
export function problemHeaders(error: unknown, problem: Problem): Record<string, string> {
  const values = error instanceof InterlineError ? error.values : {}
  return {
    ...ownHeaders,
    'content-type': 'application/problem+json',
    ...(problem.code === 'METHOD_NOT_ALLOWED' ? { allow: String(values.allowed) } : {}),
    ...(problem.code === 'AUTHENTICATION_REQUIRED' || problem.code === 'SIGNATURE_INVALID'
      ? { 'www-authenticate': values.given === undefined ? 'Bearer' : 'Bearer error="invalid_token"' }
      : {}),
    ...(problem.code === 'SCOPE_MISSING'
      ? { 'www-authenticate': `Bearer error="insufficient_scope", scope="${values.scope}"` }
      : {}),
    ...(problem.code === 'VERSION_STALE' ? { etag: etag(Number(values.version)) } : {}),
    ...([429, 503].includes(problem.status) || problem.code === 'IDEMPOTENCY_KEY_RUNNING'
      ? { 'retry-after': String(values.seconds ?? 1) }
      : {}),
  }
}

/** Answers with a problem where there is no framework. `others` are headers that the answer has whatever becomes of the request. */
export function answerProblem(
  response: ServerResponse,
  error: unknown,
  { requestId, others = {} }: { readonly requestId: string; readonly others?: Readonly<Record<string, string>> },
): void {
  const problem = problemOf(error, requestId)
  const body = JSON.stringify(problem)
  response.writeHead(problem.status, {
    ...others,
    ...problemHeaders(error, problem),
    'x-request-id': requestId,
    'content-length': Buffer.byteLength(body),
    // What was not read to the end cannot be followed by another request.
    ...(response.req.complete ? {} : { connection: 'close' }),
  })
  response.write(body)
  endGently(response)
}

/**
 * Ends an answer. One that was given before the request was read whole is complete for who waits for it, but ends only when nothing
 * more comes: its end closes the connection, and many senders, who are still busy sending, would then never see it. So what comes is
 * dropped for a moment.
 */
export function endGently(response: ServerResponse): void {
  const { req: request } = response
  if (request.complete || request.destroyed) {
    response.end()
    return
  }
  const end = (): void => {
    clearTimeout(timer)
    response.end()
  }
  const timer = setTimeout(() => {
    end()
    // Also when nobody reads: no connection stays for the sake of an answer.
    request.destroy()
  }, lingerMs)
  request.removeAllListeners('data').once('end', end).once('close', end).resume()
}

const lingerMs = 2000
/** Below this a compressed answer is hardly smaller. */
const compressFrom = 2048
const compress = promisify(gzip)

function acceptsGzip(header: string | string[] | undefined): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(header ?? ''))
}

/** If-None-Match: any of a list, compared weakly, or `*`. */
function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag)
}
