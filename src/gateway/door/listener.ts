import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { InterlineError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Gateway } from '../gateway.ts'
import { problemOf } from '../problem.ts'
import { answerProblem, endGently, problemHeaders } from '../response.ts'
import type { Arriving } from './arriving.ts'
import type { ConnectionRoom } from './connection-room.ts'
import { keepAliveSeconds } from './keep-alive.ts'

type Serve = (request: IncomingMessage, response: ServerResponse) => void

/** What a server shows of itself, and the authorities whose clients it knows. PEM. */
export interface TlsOptions {
  readonly cert: string
  readonly key: string
  readonly ca?: string
}

/** What a server lets in. */
interface ListenerOptions {
  readonly arriving: Arriving
  readonly room: ConnectionRoom
  readonly tls?: TlsOptions | undefined
}

/** A server whose limits hold before anybody looks at what is asked: headers, URL, pace of the body, and HTTP itself. */
export function createListener(gateway: Gateway, { arriving, room, tls }: ListenerOptions, serve: Serve): Server {
  const options = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headerSeconds * 1000,
    requestTimeout: requestSeconds * 1000,
    keepAliveTimeout: keepAliveSeconds * 1000,
    connectionsCheckingInterval: 1000,
    // Refused below, as a problem.
    requireHostHeader: false,
  }
  // Every client is asked for a certificate and none is turned away for having none, or one of nobody known: what it is worth is asked
  // where a token or a client is bound to one.
  const server =
    tls === undefined
      ? createServer(options)
      : createTlsServer({
          ...options,
          ...tls,
          handshakeTimeout: limits.headerSeconds * 1000,
          minVersion: 'TLSv1.2',
          requestCert: true,
          rejectUnauthorized: false,
        })
  server.maxHeadersCount = limits.headersMost
  const refuse = (error: InterlineError, request: IncomingMessage, response: ServerResponse): void => {
    arriving.refused.add(request.socket)
    gateway.refused(undefined, error)
    if (response.headersSent) endGently(response)
    else answerProblem(response, error, { requestId: gateway.traces.next() })
  }
  const receive = (request: IncomingMessage, response: ServerResponse): void => {
    const fault = faultOf(request)
    if (fault !== undefined) {
      refuse(fault, request, response)
      return
    }
    if (hasBody(request)) arriving.watch(request, (error) => refuse(error, request, response))
    serve(request, response)
  }
  server.on('request', receive)
  server.on('checkContinue', (request, response) => {
    if (Number(request.headers['content-length'] ?? 0) <= limits.rawBodyBytes) response.writeContinue()
    receive(request, response)
  })
  server.on('checkExpectation', (request, response) =>
    refuse(
      new InterlineError('EXPECTATION_UNKNOWN', { expectation: String(request.headers.expect).slice(0, 40) }),
      request,
      response,
    ),
  )
  server.on('connect', (_request, socket) => {
    const error = new InterlineError('METHOD_NOT_ALLOWED', { method: 'CONNECT', allowed: 'no proxying' })
    socket.end(problemBytes(error, gateway.traces.next()))
  })
  // A server that never came to listen is never closed: its sweeping alone must not keep the process.
  const sweeping = setInterval(() => {
    arriving.sweep()
    if (room.isCrowded) server.closeIdleConnections()
    const count = room.turnedAway()
    if (count > 0) gateway.signals.connectionsTurnedAway({ count })
  }, 1000).unref()
  server.on('close', () => clearInterval(sweeping))
  return server
}

interface Refused {
  readonly error: unknown
  readonly socket: Socket
}

/** What the parser could not read, or gave up waiting for. */
export function refuseSocket(gateway: Gateway, arriving: Arriving, { error, socket }: Refused): void {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  if (code === 'ECONNRESET' || socket.destroyed) return
  const known = parserErrors[code]?.() ?? new InterlineError('REQUEST_MALFORMED', { problem: 'it is not HTTP/1.1' })
  if (arriving.refused.has(socket)) {
    socket.destroy()
    return
  }
  arriving.refused.add(socket)
  gateway.refused(undefined, known)
  if (socket.writable) socket.end(problemBytes(known, gateway.traces.next()))
  else socket.destroy()
}

/** There is no room for it. Who would speak TLS first understands nothing that is said before. */
export function turnAway(gateway: Gateway, socket: Socket, isPlain: boolean): void {
  if (!isPlain) {
    socket.destroy()
    return
  }
  socket.on('error', () => socket.destroy())
  socket.once('end', () => socket.destroy())
  // What was on its way is read and dropped for a moment: a reset would overtake the answer.
  socket.setTimeout(turnedAwayMs, () => socket.destroy())
  socket.resume().end(problemBytes(new InterlineError('HUB_BUSY'), gateway.traces.next()))
}

const turnedAwayMs = 500
const requestSeconds = 300

const parserErrors: Readonly<Record<string, () => InterlineError>> = {
  HPE_HEADER_OVERFLOW: () => new InterlineError('HEADERS_TOO_LARGE', { bytesMax: limits.headerBytes }),
  ERR_HTTP_REQUEST_TIMEOUT: () => new InterlineError('REQUEST_TOO_SLOW', { seconds: limits.headerSeconds }),
  HPE_INVALID_EOF_STATE: () =>
    new InterlineError('REQUEST_MALFORMED', { problem: 'the connection ended before the body did' }),
  HPE_INVALID_CONTENT_LENGTH: () => new InterlineError('REQUEST_MALFORMED', { problem: 'Content-Length is no number' }),
  HPE_UNEXPECTED_CONTENT_LENGTH: () =>
    new InterlineError('REQUEST_MALFORMED', { problem: 'its length is said twice, or in two ways' }),
}

function faultOf(request: IncomingMessage): InterlineError | undefined {
  if (request.headers.host === undefined && request.httpVersion === '1.1')
    return new InterlineError('REQUEST_MALFORMED', { problem: 'the header Host is missing' })
  // Above this many the parser silently drops the rest: a signature or a key could be among them.
  if (request.rawHeaders.length >= limits.headersMost * 2)
    return new InterlineError('HEADERS_TOO_LARGE', { bytesMax: limits.headerBytes })
  const url = request.url ?? ''
  // No text in the database holds it, so nothing that is asked for by it can be there.
  if (url.includes('%00'))
    return new InterlineError('REQUEST_MALFORMED', { problem: 'the URL holds the character NUL' })
  return url.length > limits.urlBytes
    ? new InterlineError('URL_TOO_LONG', { charactersMax: limits.urlBytes })
    : undefined
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}

/** A whole answer for a socket that no request object belongs to. */
function problemBytes(error: InterlineError, requestId: string): string {
  const problem = problemOf(error, requestId)
  const { status } = problem
  const body = JSON.stringify(problem)
  const headers = {
    ...problemHeaders(error, problem),
    'x-request-id': requestId,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n')
}
