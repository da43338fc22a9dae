import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Compile } from 'typebox/compile'
import { InterlineError } from '../base/errors.ts'
import { limits } from '../base/limits.ts'
import { demand, type Principal } from './access/principal.ts'
import { Privacy } from './access/privacy.ts'
import { principalOf } from './access/session.ts'
import { routes as allRoutes } from './all.ts'
import { answerId, answerOnce, idempotencyKeyOf } from './answers.ts'
import { obeyContract } from './contract/contract-obeyed.ts'
import { documentAsked, sendDocument } from './documentation.ts'
import { Arriving } from './door/arriving.ts'
import { type ConnectionRoom, guardRoom } from './door/connection-room.ts'
import { ingest, isIngest } from './door/ingest.ts'
import { createListener, refuseSocket, type TlsOptions, turnAway } from './door/listener.ts'
import { PlainDoor } from './door/plain-door.ts'
import type { Gateway } from './gateway.ts'
import { crossOriginHeaders, preflightHeaders } from './origin.ts'
import { answerPage } from './pages.ts'
import { problemOf } from './problem.ts'
import { bytesMaxOf, demandAcceptable, isGzip, readBody, readQuery, readVersion } from './request.ts'
import { answerProblem, ownHeaders, problemHeaders, sendAnswer } from './response.ts'
import type { Call, Route } from './route.ts'
import { CsvExports, isList, wantsCsv } from './shown/csv-export.ts'
import { openTrackingDoor } from './tracking/door.ts'

/** What a port serves, to how many at once. */
export interface GatewayOptions {
  readonly room: ConnectionRoom
  readonly routes?: readonly Route[]
  readonly tls?: TlsOptions
}

/** The HTTP side of the hub. The hot route is served before the router; everything else is a declared route. */
export function createGateway(gateway: Gateway, { room, routes = allRoutes, tls }: GatewayOptions): FastifyInstance {
  const arriving = new Arriving()
  const takesInput = routes.some(({ operationId }) => operationId === 'acceptInbound')
  const app = fastify({
    logger: false,
    bodyLimit: limits.batchBodyBytes,
    routerOptions: { caseSensitive: true, maxParamLength: 512 },
    frameworkErrors: (error, request, reply) => {
      requestIds.set(request, gateway.traces.next())
      sendProblem(gateway, { error: foreign(error), request, reply })
    },
    clientErrorHandler: (error, socket) => refuseSocket(gateway, arriving, { error, socket }),
    serverFactory: (handler) =>
      createListener(gateway, { arriving, room, tls }, (request, response) => {
        if (takesInput && isIngest(request.url))
          void ingest(gateway, arriving, { request, response }).catch((error: unknown) => {
            gateway.refused(undefined, error)
            response.destroy()
          })
        else handler(request, response)
      }),
  })
  // Bytes of TLS are nothing that the plain door could read.
  if (takesInput && tls === undefined) {
    const cutShort = (socket: Socket): void =>
      refuseSocket(gateway, arriving, { error: { code: 'HPE_INVALID_EOF_STATE' }, socket })
    const door = new PlainDoor(app.server, gateway, { arriving, room, cutShort })
    app.addHook('preClose', async () => door.close())
  }
  guardRoom(app.server, room, (socket) => turnAway(gateway, socket, tls === undefined))
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', async (request, reply) => {
    const requestId = gateway.traces.next()
    requestIds.set(request, requestId)
    reply.header('x-request-id', requestId)
    const { parent } = gateway.traces
    if (parent !== undefined) reply.header('traceparent', parent(requestId))
    reply.headers(crossOriginHeaders(gateway.allowedOrigins, request.headers.origin))
    isGzip(request.headers['content-encoding'])
  })
  app.addHook('preValidation', async (request) => arriving.done(request.raw))
  app.setErrorHandler((error, request, reply) => {
    const known = foreign(error)
    if (known instanceof InterlineError && known.code === 'BODY_TOO_LARGE' && !request.raw.complete)
      return refuseBody(gateway, arriving, { error: known, request, reply })
    return sendProblem(gateway, { error: known, request, reply })
  })
  app.setNotFoundHandler((request, reply) => answerOther(gateway, routes, { request, reply }))
  for (const route of routes) register(app, gateway, route)
  if (takesInput) openTrackingDoor(app, gateway)
  return app
}

const requestIds = new WeakMap<FastifyRequest, string>()
const csvExports = new CsvExports()

function register(app: FastifyInstance, gateway: Gateway, route: Route): void {
  if (route.form === undefined) registerHere(app, gateway, route)
  // A form is left to its handler as it comes.
  else
    void app.register(async (apart) => {
      apart.removeAllContentTypeParsers()
      apart.addContentTypeParser('*', (_request, _payload, done) => done(null))
      registerHere(apart, gateway, route)
    })
}

function registerHere(app: FastifyInstance, gateway: Gateway, route: Route): void {
  const exportsRows = isList(route)
  const privacy = new Privacy(route)
  const query = route.query === undefined ? undefined : Compile(route.query)
  const body = route.body === undefined ? undefined : Compile(route.body)
  app.route({
    method: route.method,
    url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    bodyLimit: bytesMaxOf(route),
    handler: async (request, reply) => {
      const caller = await authorize(gateway, route, { request, reply })
      obeyContract(gateway, route, { caller, reply })
      const principal = gateway.firstWall(caller)
      const asCsv = exportsRows && wantsCsv(request.headers.accept)
      if (route.form === undefined && !asCsv)
        demandAcceptable(request.headers.accept, route.answer.mediaType ?? 'application/json')
      const key = idempotencyKeyOf(route, request.headers)
      const call: Call = {
        // Behind the second wall, which is raised by who calls and not by what the route asks for.
        gateway: route.scope === 'public' ? gateway : gateway.within(caller),
        principal,
        path: route.path,
        params: request.params as Record<string, string>,
        query: readQuery(route, query, request.query),
        body: body === undefined ? undefined : await readBody(gateway, body, { request, bytesMax: bytesMaxOf(route) }),
        ifMatch: route.conditional === true ? readVersion(request.headers['if-match']) : undefined,
        trace: requestIds.get(request) ?? '',
        address: gateway.peers.addressOf(request.raw),
        exchange: { request: request.raw, take: () => leave(reply) },
        once: onceOf(route, principal, key ?? requestIds.get(request) ?? ''),
        randomBytes: gateway.randomBytes,
      }
      if (call.body !== undefined) privacy.demandUnmasked(principal, call.body)
      const answer = asCsv
        ? await csvExports.answer(privacy.guarded, call)
        : key === undefined
          ? await route.handle(call)
          : await answerOnce(route, call, key)
      return reply.sent ? reply : sendAnswer(request, reply, { route, answer: privacy.shown(principal, answer) })
    },
  })
}

/** Reads do without: it costs as much as many of them. No getter either, whose closure would keep the request until a full collection. */
function onceOf(route: Route, principal: Principal, name: string): string {
  return route.method === 'GET' ? name : answerId(route, principal, name)
}

/** To the handler: from here on the answer is its own, with our headers on it. */
function leave(reply: FastifyReply): ServerResponse {
  reply.headers(ownHeaders).hijack()
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value)
  return reply.raw
}

async function authorize(
  gateway: Gateway,
  route: Route,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<Principal> {
  if (route.scope === 'public') return { key: '', tenant: '', name: '', scopes: [] }
  const principal = await principalOf(gateway, request)
  const quota = gateway.quotas.take({ tenant: principal.tenant, client: principal.key })
  for (const [name, value] of Object.entries(quota.headers)) reply.header(name, value)
  if (!quota.granted) {
    const { tenant, key: client, partner } = principal
    const { operationId: operation } = route
    gateway.quotaRefused({ tenant, client, operation, ...(partner === undefined ? {} : { partner }) })
    throw new InterlineError('QUOTA_EXCEEDED', { policy: 'client', seconds: quota.retryAfterSeconds })
  }
  if (route.scope !== 'signed-in') demand(principal, route.scope)
  if (route.personal === true) demand(principal, 'personal:read')
  if (principal.partner !== undefined && route.partners !== true) throw new InterlineError('PARTNER_REFUSED')
  return principal
}

/** A path without a route, or with another method: what OPTIONS asks for is answered, the rest is a problem that says what there is. */
function answerOther(
  gateway: Gateway,
  routes: readonly Route[],
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): FastifyReply | Promise<FastifyReply> {
  const path = request.url.split('?', 1)[0] ?? ''
  const methods = routes
    .filter((route) => new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
    .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  if (methods.length === 0) {
    const document = documentAsked(gateway.documentation, request)
    if (document !== undefined) return sendDocument(document, request, reply)
    if (answerPage(gateway.pages, gateway.randomBytes, { request, reply })) return reply
    return sendProblem(gateway, { error: new InterlineError('NOT_FOUND', { what: 'such route' }), request, reply })
  }
  const allowed = [...methods, 'OPTIONS'].join(', ')
  if (request.method !== 'OPTIONS') {
    const error = new InterlineError('METHOD_NOT_ALLOWED', { method: request.method, allowed })
    return sendProblem(gateway, { error, request, reply })
  }
  const preflight = preflightHeaders(gateway.allowedOrigins, request.headers.origin, allowed)
  return reply
    .code(204)
    .headers({ ...ownHeaders, allow: allowed, ...preflight })
    .send()
}

/** Errors of the framework in the terms of our table. */
function foreign(error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  if (typeof code !== 'string') return error
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new InterlineError('BODY_TOO_LARGE', { bytesMax: limitOf(error) })
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') return new InterlineError('URL_TOO_LONG', { charactersMax: 512 })
  if (code === 'FST_ERR_BAD_URL')
    return new InterlineError('REQUEST_MALFORMED', { problem: 'the URL is not percent-encoded UTF-8' })
  if (code.startsWith('FST_ERR_CTP'))
    return new InterlineError('BODY_MALFORMED', { problem: 'its content type or length does not fit' })
  return error
}

function limitOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'bytesMax' in error && typeof error.bytesMax === 'number'
    ? error.bytesMax
    : limits.typedBodyBytes
}

/** A body that is still on its way: the framework would close the connection before its sender looks for an answer. */
function refuseBody(
  gateway: Gateway,
  arriving: Arriving,
  { error, request, reply }: { error: InterlineError; request: FastifyRequest; reply: FastifyReply },
): FastifyReply {
  // What still comes of it may end in the middle: that is no second refusal.
  arriving.refused.add(request.raw.socket)
  arriving.done(request.raw)
  gateway.refused(undefined, error)
  const others = reply.getHeaders() as Record<string, string>
  answerProblem(reply.hijack().raw, error, { requestId: requestIds.get(request) ?? '', others })
  return reply
}

function sendProblem(
  gateway: Gateway,
  { error, request, reply }: { error: unknown; request: FastifyRequest; reply: FastifyReply },
): FastifyReply {
  const requestId = requestIds.get(request) ?? ''
  const problem = problemOf(error, requestId)
  gateway.refused(undefined, error)
  return reply
    .code(problem.status)
    .headers({ 'x-request-id': requestId, ...problemHeaders(error, problem) })
    .send(JSON.stringify(problem))
}
