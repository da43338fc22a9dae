import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AppendResult } from '../../backbone/step.ts'
import { InterlineError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Connection } from '../../flow/connection.ts'
import { demand, type Principal } from '../access/principal.ts'
import type { Gateway } from '../gateway.ts'
import { problemOf } from '../problem.ts'
import { isGzip } from '../request.ts'
import { answerProblem, endGently, ownHeaders } from '../response.ts'
import type { Arriving } from './arriving.ts'
import type { BlockWriter } from './blocks.ts'
import { collect, largeBytes, largePackedBytes, whole } from './body.ts'
import { type InboundItem, laneOf, readInbound } from './inbound.ts'

const path = '/v1/inbound/'

/** Whether a request is for the hot door. */
export function isIngest(url: string | undefined): boolean {
  return url?.startsWith(path) === true
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/**
 * `POST /v1/inbound/{connection}`: the one hot route, kept off the router. Authentication, size, coding and rate are judged before
 * anything is stored; the content is not. `202` is sent after the bytes are durable.
 */
export async function ingest(gateway: Gateway, arriving: Arriving, exchange: Exchange): Promise<void> {
  const { request, response } = exchange
  const trace = gateway.traces.next()
  const said = greeting(gateway, trace)
  let connection: Connection | undefined
  try {
    const target = request.url ?? '/'
    connection = connectionOf(gateway, target)
    if (request.method !== 'POST') {
      answerOther(request, response, said)
      return
    }
    const headers = flatten(request)
    const { body, isProven } = await readBody(gateway, arriving, { request, connection, headers })
    const certificate = (): string | undefined => gateway.peers.certificateOf(request)?.thumbprint
    const text = await take(gateway, { connection, target, headers, certificate, body, isProven, said, trace })
    // Ids and codes, and what a problem says of them: a batch may hold any text.
    said['content-length'] = String(Buffer.byteLength(text))
    response.writeHead(202, said)
    response.end(text)
  } catch (error) {
    if (arriving.refused.has(request.socket)) return
    // What still comes of the body may end in the middle: that is no second refusal.
    if (!request.complete) arriving.refused.add(request.socket)
    gateway.refused(connection?.id, error)
    if (response.headersSent) endGently(response)
    else answerProblem(response, error, { requestId: trace, others: said })
  } finally {
    arriving.done(request)
  }
}

/** Headers that an answer has whatever becomes of the request. Collected and written at once: one by one they cost as much as a field of the message. */
export function greeting({ traces }: Gateway, trace: string): Record<string, string> {
  const said: Record<string, string> = { 'x-request-id': trace }
  if (traces.parent !== undefined) said['traceparent'] = traces.parent(trace)
  return said
}

/** A request for the hot door with its body. */
export interface Delivery {
  readonly connection: Connection
  /** Path and query. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  /** SHA-256 of the certificate of the client, in base64url. */
  readonly certificate: () => string | undefined
  readonly body: Uint8Array
  /** The proof of a large body was checked when it was unpacked. */
  readonly isProven: boolean
  /** Headers of the answer so far; what else it must say is added. */
  readonly said: Record<string, string>
  readonly trace: string
}

/** Takes in what was delivered and gives the body of the `202`. Throws what the door refuses. */
export async function take(gateway: Gateway, delivery: Delivery): Promise<string> {
  const { connection, target, headers, certificate, body, isProven, said } = delivery
  const question = target.indexOf('?')
  const query = question < 0 ? noQuery : new URLSearchParams(target.slice(question))
  // Nothing is awaited that is known already: each wait is a promise and a turn of the loop for each message.
  const proof = isProven ? undefined : authenticate(gateway, { connection, headers, certificate, query, body })
  if (proof !== undefined) await proof
  takeQuota(gateway, connection, said)
  const inbound = readInbound(body, headers['content-type'] ?? 'application/octet-stream', headers)
  const text = inbound.batch
    ? await answerEach(gateway, delivery, inbound.items)
    : answerOf(delivery, await accept(gateway, delivery, inbound.item))
  said['content-type'] = 'application/json'
  said['cache-control'] = 'no-store'
  return text
}

const noQuery = new URLSearchParams()

/** `OPTIONS` is how a CloudEvents sender asks whether it may send here; the signature is demanded of every request all the same. */
function answerOther(request: IncomingMessage, response: ServerResponse, said: Readonly<Record<string, string>>): void {
  if (request.method !== 'OPTIONS')
    throw new InterlineError('METHOD_NOT_ALLOWED', { method: request.method ?? '', allowed: 'POST, OPTIONS' })
  const origin = request.headers['webhook-request-origin']
  response.writeHead(204, {
    ...said,
    ...ownHeaders,
    allow: 'POST, OPTIONS',
    ...(typeof origin === 'string' ? { 'webhook-allowed-origin': origin, 'webhook-allowed-rate': '*' } : {}),
  })
  response.end()
}

/** After the proof of identity: nobody uses up the quota of a sender whose secret he does not know. */
function takeQuota(gateway: Gateway, connection: Connection, said: Record<string, string>): void {
  const limited = gateway.quotas.take({ tenant: connection.tenant, client: connection.id })
  Object.assign(said, limited.headers)
  if (limited.granted) return
  gateway.quotaRefused({ tenant: connection.tenant, client: connection.id, operation: 'acceptInbound' })
  throw new InterlineError('QUOTA_EXCEEDED', { policy: 'client', seconds: limited.retryAfterSeconds })
}

async function answerEach(gateway: Gateway, delivery: Delivery, items: readonly InboundItem[]): Promise<string> {
  const verdicts = await Promise.allSettled(items.map((item) => accept(gateway, delivery, item)))
  return JSON.stringify({ results: verdicts.map((one) => verdictOf(gateway, delivery, one)) })
}

function answerOf({ said }: Delivery, { id, outcome }: AppendResult): string {
  said['location'] = `/v1/messages/${id}`
  return `{"id":"${id}","status":"${outcome === 'duplicate' ? 'duplicate' : 'accepted'}"}`
}

function accept(gateway: Gateway, { connection, headers, trace }: Delivery, item: InboundItem): Promise<AppendResult> {
  if (item instanceof InterlineError) return Promise.reject(item)
  const lane = laneOf(connection, headers['interline-lane'])
  return gateway.intake.accept({ connection, ...item, trace, ...(lane === undefined ? {} : { lane }) })
}

/**
 * What became of one event of a batch. An identity that is known with other bytes is stored too, and parked for a person; the sender
 * need not care. What the hub itself could not do fails the whole request: it is repeated, and what was stored is a duplicate then.
 */
function verdictOf(
  gateway: Gateway,
  { connection, trace }: Delivery,
  verdict: PromiseSettledResult<AppendResult>,
): Record<string, unknown> {
  if (verdict.status === 'fulfilled') {
    const { id, outcome } = verdict.value
    return { id, status: outcome === 'duplicate' ? 'duplicate' : 'accepted' }
  }
  const { reason } = verdict
  if (!(reason instanceof InterlineError) || reason.flow === 'retry' || reason.flow === 'bug') throw reason
  gateway.refused(connection.id, reason)
  const { code, detail, nextAction } = problemOf(reason, trace)
  return { status: 'refused', code, detail, nextAction }
}

/** The connection that a path with or without a query names. Throws CONNECTION_UNKNOWN. */
export function connectionOf(gateway: Gateway, target: string): Connection {
  const question = target.indexOf('?')
  const id = target.slice(path.length, question < 0 ? undefined : question)
  const connection = gateway.connections().get(id)
  if (connection?.connector.inbound === undefined)
    throw new InterlineError('CONNECTION_UNKNOWN', { connection: id.slice(0, 64) })
  return connection
}

/** Throws what the door refuses. A promise only where the store must be asked. */
function authenticate(
  gateway: Gateway,
  input: {
    readonly connection: Connection
    readonly headers: Readonly<Record<string, string>>
    readonly certificate: () => string | undefined
    readonly query: URLSearchParams
    readonly body: Uint8Array
  },
): Promise<void> | undefined {
  const { connection, headers, certificate, query, body } = input
  const verification = connection.connector.inbound?.verify(connection.settings)
  if (verification === undefined) throw new InterlineError('CONNECTION_UNKNOWN', { connection: connection.id })
  if (verification.scheme === 'api-key') {
    const found = gateway.keys.principal(headers, gateway.now(), certificate)
    if (found instanceof Promise) return found.then((principal) => admit(gateway, principal, connection))
    admit(gateway, found, connection)
    return undefined
  }
  const verdict = gateway.verify(verification, { headers, query, body, nowSeconds: Math.floor(gateway.now() / 1000) })
  if (verdict !== 'ok') throw new InterlineError('SIGNATURE_INVALID', { problem: verdict })
  return undefined
}

function admit(gateway: Gateway, principal: Principal, connection: Connection): void {
  if (principal.tenant !== connection.tenant)
    throw new InterlineError('CONNECTION_UNKNOWN', { connection: connection.id })
  const { partner } = principal
  if (partner !== undefined && !gateway.connectionsOf(principal.tenant, partner).includes(connection.id))
    throw new InterlineError('CONNECTION_UNKNOWN', { connection: connection.id })
  demand(principal, 'inbound:write', connection.id)
}

interface Asked {
  readonly request: IncomingMessage
  readonly connection: Connection
  readonly headers: Readonly<Record<string, string>>
}

/** `isProven`: the proof of a large body was checked when it was unpacked. */
async function readBody(
  gateway: Gateway,
  arriving: Arriving,
  input: Asked,
): Promise<{ readonly body: Uint8Array; readonly isProven: boolean }> {
  const { request, connection } = input
  const bytesMax = Math.min(connection.bodyBytesMax, limits.rawBodyBytes)
  if (Number(request.headers['content-length'] ?? 0) > bytesMax)
    throw new InterlineError('BODY_TOO_LARGE', { bytesMax })
  const packed = isGzip(request.headers['content-encoding'])
  const collected = await collect(arriving, request, { bytesMax, largeFrom: packed ? largePackedBytes : largeBytes })
  try {
    const { large } = collected
    if (large !== undefined) return await examine(gateway, { ...input, large, packed, bytesMax })
    const body = packed ? await gateway.inflate(whole(collected), bytesMax) : whole(collected)
    return { body, isProven: false }
  } finally {
    collected.free()
  }
}

async function examine(
  gateway: Gateway,
  input: Asked & { readonly large: BlockWriter; readonly packed: boolean; readonly bytesMax: number },
): Promise<{ readonly body: Uint8Array; readonly isProven: boolean }> {
  const { request, connection, headers, large, packed, bytesMax } = input
  const verification = connection.connector.inbound?.verify(connection.settings)
  if (verification === undefined) throw new InterlineError('CONNECTION_UNKNOWN', { connection: connection.id })
  const target = request.url ?? ''
  const question = target.indexOf('?')
  const body = await gateway.examine({
    blocks: large.blocks,
    bytes: large.bytes,
    packed,
    bytesMax,
    verification,
    headers,
    query: question < 0 ? '' : target.slice(question),
    nowSeconds: Math.floor(gateway.now() / 1000),
  })
  return { body, isProven: verification.scheme !== 'api-key' }
}

function flatten(request: IncomingMessage): Record<string, string> {
  const { headers } = request
  // The only one that is a list; no sender of messages has a reason to send it.
  if (headers['set-cookie'] === undefined) return headers as Record<string, string>
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value
  return flat
}
