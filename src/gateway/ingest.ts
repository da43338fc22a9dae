import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AppendResult } from '../backbone/step.ts'
import { InterlineError } from '../base/errors.ts'
import { limits } from '../base/limits.ts'
import type { Connection } from '../flow/connection.ts'
import type { Gateway } from './gateway.ts'
import { laneOf, readInbound } from './inbound.ts'
import { demand } from './principal.ts'
import { problemOf } from './problem.ts'

const path = '/v1/inbound/'

/** Whether a request is for the hot door. */
export function isIngest(url: string | undefined): boolean {
  return url?.startsWith(path) === true
}

/**
 * `POST /v1/inbound/{connection}`: the one hot route, kept off the router. Authentication, size, coding and rate are judged before
 * anything is stored; the content is not. `202` is sent after the bytes are durable.
 */
export async function ingest(gateway: Gateway, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const trace = gateway.traces.of(headerOf(request, 'traceparent'))
  response.setHeader('x-request-id', trace)
  let connection: Connection | undefined
  try {
    if (request.method !== 'POST')
      throw new InterlineError('METHOD_NOT_ALLOWED', { method: request.method ?? '', allowed: 'POST' })
    const target = request.url ?? '/'
    const question = target.indexOf('?')
    connection = connectionOf(gateway, question < 0 ? target : target.slice(0, question))
    const limited = gateway.quotas.take(connection.id)
    for (const [name, value] of Object.entries(limited.headers)) response.setHeader(name, value)
    if (!limited.granted)
      throw new InterlineError('QUOTA_EXCEEDED', { policy: connection.id, seconds: limited.retryAfterSeconds })
    const body = await readBody(gateway, request, connection)
    const headers = flatten(request)
    await authenticate(gateway, {
      connection,
      headers,
      query: new URLSearchParams(question < 0 ? '' : target.slice(question)),
      body,
    })
    await answer(gateway, { response, connection, headers, body, trace })
  } catch (error) {
    gateway.refused(connection?.id, error)
    if (!response.headersSent) sendProblem(response, error, trace)
    if (!request.complete) request.destroy()
  }
}

async function answer(
  gateway: Gateway,
  input: {
    response: ServerResponse
    connection: Connection
    headers: Record<string, string>
    body: Uint8Array
    trace: string
  },
): Promise<void> {
  const { response, connection, headers, body, trace } = input
  const inbound = readInbound(body, headers['content-type'] ?? 'application/octet-stream', headers)
  const lane = laneOf(connection, headers['interline-lane'])
  const results = await Promise.all(
    inbound.arrivals.map((arrival) =>
      gateway.intake.accept({ connection, ...arrival, trace, ...(lane === undefined ? {} : { lane }) }),
    ),
  )
  const [only] = results
  if (inbound.batch) send(response, 202, JSON.stringify({ results: results.map(receipt) }))
  else if (only !== undefined) {
    response.setHeader('location', `/v1/messages/${only.id}`)
    send(response, 202, `{"id":"${only.id}","status":"${statusOf(only)}"}`)
  }
}

/** An identity that is known with other bytes is stored too, and parked for a person; the sender need not care. */
function statusOf(result: AppendResult): string {
  return result.outcome === 'duplicate' ? 'duplicate' : 'accepted'
}

function receipt(result: AppendResult): { id: string; status: string } {
  return { id: result.id, status: statusOf(result) }
}

function connectionOf(gateway: Gateway, pathname: string): Connection {
  const id = pathname.slice(path.length)
  const connection = gateway.connections().get(id)
  if (connection?.connector.inbound === undefined)
    throw new InterlineError('CONNECTION_UNKNOWN', { connection: id.slice(0, 64) })
  return connection
}

async function authenticate(
  gateway: Gateway,
  input: { connection: Connection; headers: Record<string, string>; query: URLSearchParams; body: Uint8Array },
): Promise<void> {
  const { connection, headers, query, body } = input
  const verification = connection.connector.inbound?.verify(connection.settings)
  if (verification === undefined) throw new InterlineError('CONNECTION_UNKNOWN', { connection: connection.id })
  if (verification.scheme === 'api-key') {
    const principal = await gateway.keys.principal(headers, gateway.now())
    if (principal.tenant !== connection.tenant)
      throw new InterlineError('CONNECTION_UNKNOWN', { connection: connection.id })
    demand(principal, 'inbound:write', connection.id)
    return
  }
  const verdict = gateway.verify(verification, { headers, query, body, nowSeconds: Math.floor(gateway.now() / 1000) })
  if (verdict !== 'ok') throw new InterlineError('SIGNATURE_INVALID', { problem: verdict })
}

async function readBody(gateway: Gateway, request: IncomingMessage, connection: Connection): Promise<Uint8Array> {
  const bytesMax = Math.min(connection.bodyBytesMax, limits.rawBodyBytes)
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > bytesMax) throw new InterlineError('BODY_TOO_LARGE', { bytesMax })
  const coding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (coding !== 'identity' && coding !== 'gzip')
    throw new InterlineError('CODING_UNSUPPORTED', { coding: coding.slice(0, 40) })
  const whole = await collect(request, bytesMax)
  return coding === 'gzip' ? gateway.inflate(whole, bytesMax) : whole
}

/** By events: an async iterator over the body costs more than the rest of the request. */
function collect(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > bytesMax) reject(new InterlineError('BODY_TOO_LARGE', { bytesMax }))
    else chunks.push(chunk)
  })
  request.on('end', () =>
    resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, bytes)),
  )
  request.on('error', () => reject(new InterlineError('BODY_MALFORMED', { problem: 'it did not arrive whole' })))
  request.on('aborted', () => reject(new InterlineError('BODY_MALFORMED', { problem: 'it did not arrive whole' })))
  return promise
}

function flatten(request: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value
  return flat
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}

function sendProblem(response: ServerResponse, error: unknown, trace: string): void {
  const problem = problemOf(error, trace)
  const body = JSON.stringify(problem)
  const retryAfter = error instanceof InterlineError ? error.values.seconds : undefined
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
    ...(problem.status === 405 ? { allow: 'POST' } : {}),
    ...(problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(problem.status === 503 || problem.status === 429 ? { 'retry-after': String(retryAfter ?? 1) } : {}),
    // What was not read to the end cannot be followed by another request.
    ...(problem.status === 413 ? { connection: 'close' } : {}),
  })
  response.end(body)
}
