import { createServer } from 'node:http'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Compile } from 'typebox/compile'
import { InterlineError } from '../base/errors.ts'
import { readJson } from '../base/json.ts'
import { limits } from '../base/limits.ts'
import { routes } from './all.ts'
import { answerOnce } from './answers.ts'
import type { Gateway } from './gateway.ts'
import { ingest, isIngest } from './ingest.ts'
import { demand, type Principal } from './principal.ts'
import { InvalidRequest, problemOf } from './problem.ts'
import type { Answer, Call, Route } from './route.ts'

/** The HTTP side of the hub. The hot route is served before the router; everything else is a declared route. */
export function createGateway(gateway: Gateway): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: limits.batchBodyBytes,
    routerOptions: { caseSensitive: true, maxParamLength: 512 },
    serverFactory: (handler) =>
      createServer(
        {
          maxHeaderSize: limits.headerBytes,
          headersTimeout: 10_000,
          requestTimeout: 300_000,
          keepAliveTimeout: 72_000,
        },
        (request, response) => {
          if (isIngest(request.url)) void ingest(gateway, request, response).catch(() => response.destroy())
          else handler(request, response)
        },
      ),
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.decorateRequest('trace', '')
  app.addHook('onRequest', async (request, reply) => {
    const traceparent = request.headers.traceparent
    const trace = gateway.traces.of(typeof traceparent === 'string' ? traceparent : undefined)
    traces.set(request, trace)
    reply.header('x-request-id', trace)
  })
  app.setErrorHandler((error, request, reply) => sendProblem(gateway, { error: foreign(error), request, reply }))
  app.setNotFoundHandler((request, reply) => sendProblem(gateway, { error: missing(request), request, reply }))
  for (const route of routes) register(app, gateway, route)
  return app
}

const traces = new WeakMap<FastifyRequest, string>()

function register(app: FastifyInstance, gateway: Gateway, route: Route): void {
  const query = route.query === undefined ? undefined : Compile(route.query)
  const body = route.body === undefined ? undefined : Compile(route.body)
  app.route({
    method: route.method,
    url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    handler: async (request, reply) => {
      const principal = await authorize(gateway, route, { request, reply })
      const trace = traces.get(request) ?? ''
      const call: Call = {
        gateway,
        principal,
        params: request.params as Record<string, string>,
        query: valid(query, request.query, '') as Record<string, unknown>,
        body: body === undefined ? undefined : valid(body, readBody(request.body), '#'),
        ifMatch: route.conditional === true ? versionOf(request.headers['if-match']) : undefined,
        ifNoneMatch: request.headers['if-none-match'],
        trace,
      }
      const key = request.headers['idempotency-key']
      const answer =
        route.idempotent === true
          ? await answerOnce(route, call, { key, handle: () => route.handle(call) })
          : await route.handle(call)
      return sendAnswer(reply, route, { answer, ifNoneMatch: call.ifNoneMatch })
    },
  })
}

async function authorize(
  gateway: Gateway,
  route: Route,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<Principal> {
  if (route.scope === 'public') return { key: '', tenant: '', name: '', scopes: [] }
  const principal = await gateway.keys.principal(request.headers, gateway.now())
  const quota = gateway.quotas.take(`key:${principal.key}`)
  for (const [name, value] of Object.entries(quota.headers)) reply.header(name, value)
  if (!quota.granted)
    throw new InterlineError('QUOTA_EXCEEDED', { policy: principal.name, seconds: quota.retryAfterSeconds })
  demand(principal, route.scope)
  return principal
}

function sendAnswer(
  reply: FastifyReply,
  route: Route,
  { answer, ifNoneMatch }: { answer: Answer; ifNoneMatch: string | undefined },
): FastifyReply {
  reply.header('cache-control', 'no-store').headers(answer.headers ?? {})
  const tag = answer.headers?.etag
  if (tag !== undefined && ifNoneMatch === tag) return reply.code(304).send()
  reply.code(answer.status ?? route.answer.status)
  if (answer.bytes !== undefined) return reply.send(Buffer.from(answer.bytes))
  if (answer.body === undefined) return reply.send()
  reply.type(route.answer.mediaType ?? 'application/json')
  return reply.send(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
}

function valid(check: ReturnType<typeof Compile> | undefined, value: unknown, root: string): unknown {
  if (check === undefined || check.Check(value)) return value
  throw new InvalidRequest(
    check
      .Errors(value)
      .map((error) => ({ pointer: `${root}${error.instancePath}`, detail: error.message, code: error.keyword })),
  )
}

/** Own API: JSON only, read strictly; numbers that the schemas declare as such are read as numbers. */
function readBody(body: unknown): unknown {
  if (!(body instanceof Uint8Array) || body.length === 0)
    throw new InterlineError('BODY_MALFORMED', { problem: 'there is none' })
  readJson(body)
  return JSON.parse(Buffer.from(body).toString('utf8'))
}

function versionOf(header: string | undefined): number {
  if (header === undefined) throw new InterlineError('VERSION_REQUIRED')
  return Number(/^"v(\d{1,15})"$/.exec(header)?.[1] ?? Number.NaN)
}

/** Errors of the framework in the terms of our table. */
function foreign(error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new InterlineError('BODY_TOO_LARGE', { bytesMax: limits.batchBodyBytes })
  if (typeof code === 'string' && code.startsWith('FST_ERR_CTP'))
    return new InterlineError('BODY_MALFORMED', { problem: 'its content type or length does not fit' })
  if (error instanceof InterlineError && error.code.startsWith('JSON_'))
    return new InterlineError('BODY_MALFORMED', { problem: error.message })
  return error
}

function missing(request: FastifyRequest): InterlineError {
  const path = request.url.split('?', 1)[0] ?? ''
  const others = routes
    .filter((route) => new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
    .map(({ method }) => method)
  if (others.length > 0)
    return new InterlineError('METHOD_NOT_ALLOWED', { method: request.method, allowed: others.join(', ') })
  return new InterlineError('NOT_FOUND', { what: 'such route' })
}

function sendProblem(
  gateway: Gateway,
  { error, request, reply }: { error: unknown; request: FastifyRequest; reply: FastifyReply },
): FastifyReply {
  const problem = problemOf(error, traces.get(request) ?? '')
  gateway.refused(undefined, error)
  if (error instanceof InterlineError) {
    if (error.code === 'METHOD_NOT_ALLOWED') reply.header('allow', String(error.values.allowed))
    if (error.code === 'AUTHENTICATION_REQUIRED') reply.header('www-authenticate', 'Bearer')
    if (error.code === 'SCOPE_MISSING')
      reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${error.values.scope}"`)
    if (problem.status === 429 || problem.status === 503) reply.header('retry-after', String(error.values.seconds ?? 1))
  }
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}
