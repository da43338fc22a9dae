import { InterlineError } from '../../base/errors.ts'
import { readJson } from '../../base/json.ts'
import { traceparentOf } from '../../base/traceparent.ts'
import type { Ask, Authentication, OpenedSession, Reply } from '../../connectors/kit/connector.ts'
import { encodeText } from '../../edi/flat/encoding.ts'
import type { HttpRequest, HttpResult } from '../../transports/http/request.ts'
import type { Connection } from '../connection.ts'
import type { Clock, Outbound, WebhookSigner } from '../ports.ts'
import type { Sessions } from './sessions.ts'

/** What a request needs to leave. */
export interface OutgoingPorts {
  readonly outbound: Outbound
  readonly signer: WebhookSigner
  readonly clock: Clock
  readonly sessions: Sessions<HttpResult>
}

/** One request of ours to a connection. */
export interface Outgoing {
  readonly connection: Connection
  readonly ask: Ask
  readonly trace: string
  /** Local monotonic instant from which on nothing may start to leave. */
  readonly startBefore?: number
  /** Local monotonic instant by which it must be over; by default the time-out of the connection from now. */
  readonly until?: number
}

/** Through the guarded client, authenticated and signed; in a session where the system wants one. */
export async function send(ports: OutgoingPorts, outgoing: Outgoing): Promise<HttpResult> {
  const { connector, settings } = outgoing.connection
  const authentication = connector.authenticate?.(settings)
  if (authentication?.scheme !== 'session')
    return ports.outbound.send(outboundRequest(ports, outgoing, authorization(authentication)))
  const first = await inSession(ports, outgoing, authentication)
  // The system says that it did not run: the session was over.
  if (first.session === undefined || !isSessionOver(first.result, authentication)) return first.result
  await ports.sessions.end(outgoing.connection, first.session)
  return (await inSession(ports, outgoing, authentication)).result
}

function isSessionOver(result: HttpResult, { isOver }: Extract<Authentication, { scheme: 'session' }>): boolean {
  if (result.outcome !== 'answer') return false
  return result.status === 401 || isOver?.(replyOf(result)) === true
}

async function inSession(
  ports: OutgoingPorts,
  outgoing: Outgoing,
  authentication: Extract<Authentication, { scheme: 'session' }>,
): Promise<{ readonly result: HttpResult; readonly session?: OpenedSession }> {
  const session = await ports.sessions.get(outgoing.connection, () => login(ports, outgoing, authentication))
  if ('failed' in session) return { result: session.failed }
  if ('refused' in session) return { result: refusedLogin }
  return {
    result: await ports.outbound.send(outboundRequest(ports, outgoing, { authorization: shown(session) })),
    session,
  }
}

/** Whatever becomes of a login, the request itself has not left. */
async function login(
  ports: OutgoingPorts,
  outgoing: Outgoing,
  { login: ask, opened }: Extract<Authentication, { scheme: 'session' }>,
): Promise<OpenedSession | { readonly failed: HttpResult }> {
  const { startBefore: _, ...others } = outgoing
  const result = await ports.outbound.send(outboundRequest(ports, { ...others, ask }, {}))
  if (result.outcome !== 'answer') return { failed: { outcome: 'not_sent', wire: false, code: result.code } }
  if (result.status === 401 || result.status === 429) return { failed: result }
  if (result.status >= 400) return { failed: { outcome: 'not_sent', wire: false, code: `LOGIN_${result.status}` } }
  return opened(replyOf(result))
}

function shown(session: Exclude<OpenedSession, { readonly refused: string }>): string {
  return 'token' in session ? `Bearer ${session.token}` : encoded(session.word, session.credentials)
}

/** As a system would say it by itself: somebody has to look at the credentials. */
const refusedLogin: HttpResult = { outcome: 'answer', wire: true, status: 401, headers: {}, body: new Uint8Array(0) }

function outboundRequest(
  ports: OutgoingPorts,
  { connection, ask, trace, startBefore, until }: Outgoing,
  authorized: Readonly<Record<string, string>>,
): HttpRequest {
  const { connector, settings, outbound } = connection
  const { charset, byteOrderMark } = ask.encoding ?? { charset: 'utf-8', byteOrderMark: false }
  const body = ask.body === undefined ? undefined : encodeText(ask.body, charset, byteOrderMark)
  const url = ask.url ?? `${connector.baseUrl?.(settings) ?? ''}${ask.path ?? ''}`
  const timestampSeconds = Math.floor(ports.clock.wall() / 1000)
  const headers: Record<string, string> = {
    ...ask.headers,
    ...(ask.contentType === undefined ? {} : { 'content-type': ask.contentType }),
    ...authorized,
    traceparent: traceparentOf(trace),
  }
  if (ask.sign !== undefined && body !== undefined) {
    headers['webhook-id'] = ask.sign.id
    headers['webhook-timestamp'] = String(timestampSeconds)
    headers['webhook-signature'] = ports.signer.sign({
      id: ask.sign.id,
      timestampSeconds,
      body,
      secrets: ask.sign.secrets,
    })
  }
  return {
    url,
    method: ask.method,
    headers,
    ...(body === undefined ? {} : { body }),
    timeoutMs: until === undefined ? outbound.timeoutMs : Math.max(until - ports.clock.mono(), 1),
    ...(startBefore === undefined ? {} : { startBefore }),
    maxResponseBytes: 1024 * 1024,
    pool: connection.id,
    concurrency: outbound.concurrent,
    allowHttp: outbound.allowHttp,
    allowedCidrs: outbound.allowedCidrs,
    ...(outbound.allowedPorts === undefined ? {} : { allowedPorts: outbound.allowedPorts }),
    ...(outbound.authorities === undefined ? {} : { authorities: outbound.authorities }),
    ...(outbound.certificate === undefined ? {} : { certificate: outbound.certificate }),
  }
}

function authorization(authentication: Authentication | undefined): Record<string, string> {
  switch (authentication?.scheme) {
    case 'bearer':
      return { authorization: `Bearer ${authentication.token}` }
    case 'basic':
      return { authorization: encoded('Basic', `${authentication.user}:${authentication.password}`) }
    case 'header':
      return { [authentication.name]: authentication.value }
    case 'none':
    case 'session':
    case undefined:
      return {}
  }
}

/** The answer as connectors read it. */
export function replyOf(result: HttpResult & { outcome: 'answer' }): Reply {
  return { status: result.status, headers: result.headers, body: result.body, json: jsonOf(result.body) }
}

/** The body as JSON where it is JSON; undefined otherwise: `read` decides what that means. */
function jsonOf(body: Uint8Array): unknown {
  if (body.length === 0) return undefined
  try {
    return readJson(body)
  } catch (error) {
    if (error instanceof InterlineError) return undefined
    throw error
  }
}

function encoded(word: string, credentials: string): string {
  return `${word} ${Buffer.from(credentials).toString('base64')}`
}
