import type { Effect } from '../backbone/ledger.ts'
import { InterlineError } from '../base/errors.ts'
import { readJson } from '../base/json.ts'
import { traceparentOf } from '../base/traceparent.ts'
import type {
  Ask,
  Authentication,
  Idempotency,
  Operation,
  OperationRequest,
  ReadBack,
  Reading,
  Reply,
} from '../connectors/kit/connector.ts'
import { encodeText } from '../edi/flat/encoding.ts'
import type { HttpRequest, HttpResult } from '../transports/http/request.ts'
import { readRetryAfter } from './backoff.ts'
import type { Connection } from './connection.ts'
import type { Clock, Outbound, WebhookSigner } from './ports.ts'
import type { StageStory } from './stage.ts'

/**
 * One exchange with an outside system: the request that the connector asks for, authenticated and signed, through the guarded
 * client, and what the answer means. Knows nothing of retries, lanes or states.
 */
export interface ExchangePorts {
  readonly outbound: Outbound
  readonly signer: WebhookSigner
  readonly clock: Clock
}

/** How an attempt ended. `wire` says whether a byte can have left; everything unclear after that is `unknown`. */
export interface AttemptEnd {
  readonly end: 'applied' | 'accepted' | 'refused' | 'retry' | 'gone' | 'unknown' | 'login_refused'
  readonly wire: boolean
  readonly reason: string
  readonly status?: number
  readonly documentReference?: string
  readonly afterMs?: number
}

/** Finds the operation that carries out a command. Throws OPERATION_UNKNOWN. */
export function operationFor(connection: Connection, command: string): Operation<Readonly<Record<string, unknown>>> {
  const operation = Object.values(connection.connector.operations ?? {}).find((one) => one.command === command)
  if (operation === undefined)
    throw new InterlineError('OPERATION_UNKNOWN', { command, connector: connection.connector.id })
  return operation
}

/** What the connector declares, with the processing time that this very system is known for. */
export function idempotencyOf(connection: Connection, command: string): Idempotency {
  const declared = operationFor(connection, command).idempotency ?? { strategy: 'none' }
  const { processingSeconds } = connection.outbound
  if (processingSeconds === undefined || declared.strategy !== 'read-back') return declared
  return { ...declared, horizonSeconds: processingSeconds }
}

/** Sends the effect. `startBefore` is the local monotonic limit that follows from the committed intent. */
export async function attempt(
  ports: ExchangePorts,
  input: {
    readonly connection: Connection
    readonly effect: Effect
    readonly attempt: number
    readonly startBefore: number
  },
): Promise<AttemptEnd> {
  const { connection, effect } = input
  const operation = operationFor(connection, effect.command)
  const request = requestOf(effect, input.attempt)
  const ask = operation.ask(request, connection.settings)
  const result = await ports.outbound.send({
    ...outboundRequest(ports, connection, ask, effect.trace),
    startBefore: input.startBefore,
  })
  if (result.outcome === 'not_sent') return { end: 'retry', wire: false, reason: result.code }
  if (result.outcome === 'no_answer') return { end: 'unknown', wire: true, reason: result.code }
  return judge({ result, operation, request, connection, now: ports.clock.wall() })
}

/** What is asked of a system without changing anything there. */
export interface Question {
  readonly connection: Connection
  /** Name of an operation that does not write. */
  readonly operation: string
  readonly payload: unknown
  /** Trace id that goes along. */
  readonly trace: string
}

/** Asks a plain question, which changes nothing, and says what the answer means. Throws OPERATION_UNKNOWN. */
export async function question(ports: ExchangePorts, input: Question): Promise<Reading> {
  return (await inquire(ports, input)).reading
}

/** The same with the bytes of the answer: what a carrier says is kept as it came. */
export async function inquire(ports: ExchangePorts, input: Question): Promise<Inquiry> {
  const { connection, operation: name, payload, trace } = input
  const operation = connection.connector.operations?.[name]
  if (operation === undefined || operation.write)
    throw new InterlineError('OPERATION_UNKNOWN', { command: name, connector: connection.connector.id })
  const request: OperationRequest = { payload, externalReference: '', attempt: 1 }
  const result = await ports.outbound.send(
    outboundRequest(ports, connection, operation.ask(request, connection.settings), trace),
  )
  if (result.outcome !== 'answer') return { reading: { outcome: 'unclear', reason: result.code } }
  const { status, body, headers } = result
  const afterMs = readRetryAfter(headers['retry-after'], ports.clock.wall())
  const after = afterMs === undefined ? {} : { afterMs }
  return { status, body, ...after, reading: operation.read(reply(result), request, connection.settings) }
}

/** What a question came to. Without a status nobody answered. */
export interface Inquiry {
  readonly reading: Reading
  readonly status?: number
  readonly body?: Uint8Array
  readonly afterMs?: number
}

/** An attempt, for whoever follows the trace. */
export function attemptStory({ trace, target, id, correlation }: Effect, { end }: Pick<AttemptEnd, 'end'>): StageStory {
  const done = end === 'applied' || end === 'accepted'
  const told = { stage: 'dispatch', trace, destination: target, message: id, correlation } as const
  return done ? told : { ...told, error: end }
}

/** Looks the effect up at the target by our reference. `unclear` when the question itself failed. */
export async function readBack(ports: ExchangePorts, connection: Connection, effect: Effect): Promise<ReadBack> {
  const operation = operationFor(connection, effect.command)
  if (operation.readBack === undefined) return { found: 'unclear', reason: 'The target offers no way to look it up.' }
  const request = requestOf(effect, effect.attempt)
  const result = await ports.outbound.send(
    outboundRequest(ports, connection, operation.readBack.ask(request, connection.settings), effect.trace),
  )
  if (result.outcome !== 'answer') return { found: 'unclear', reason: result.code }
  return operation.readBack.read(reply(result), request, connection.settings)
}

function judge(input: {
  readonly result: HttpResult & { outcome: 'answer' }
  readonly operation: Operation<Readonly<Record<string, unknown>>>
  readonly request: OperationRequest
  readonly connection: Connection
  readonly now: number
}): AttemptEnd {
  const { result, operation, request, connection } = input
  const { status } = result
  const base = { wire: true, status } as const
  const afterMs = readRetryAfter(result.headers['retry-after'], input.now)
  const after = afterMs === undefined ? {} : { afterMs }
  if (status === 401 && connection.connector.kind !== 'subscriber')
    return { ...base, end: 'login_refused', reason: 'The target refused the credentials (401).' }
  if (status === 429 || operation.definitive?.notDone?.includes(status) === true) {
    return { ...base, ...after, end: 'retry', reason: `The target did not take it (${status}).` }
  }
  const reading = operation.read(reply(result), request, connection.settings)
  switch (reading.outcome) {
    case 'applied':
      return {
        ...base,
        end: 'applied',
        reason: 'applied',
        ...(reading.documentReference === undefined ? {} : { documentReference: reading.documentReference }),
      }
    case 'accepted':
      return {
        ...base,
        end: 'accepted',
        reason: 'accepted',
        ...(reading.reference === undefined ? {} : { documentReference: reading.reference }),
        ...(reading.lookAfterSeconds === undefined ? {} : { afterMs: reading.lookAfterSeconds * 1000 }),
      }
    case 'refused':
      return { ...base, end: 'refused', reason: reading.reason }
    case 'gone':
      return { ...base, end: 'gone', reason: reading.reason }
    case 'retry':
      return {
        ...base,
        ...after,
        ...(reading.afterSeconds === undefined ? {} : { afterMs: reading.afterSeconds * 1000 }),
        end: 'retry',
        reason: reading.reason,
      }
    case 'unclear':
      return { ...base, end: 'unknown', reason: reading.reason }
  }
}

function requestOf(effect: Effect, attempt: number): OperationRequest {
  return { payload: JSON.parse(effect.payload), externalReference: effect.externalReference, attempt }
}

function outboundRequest(ports: ExchangePorts, connection: Connection, ask: Ask, trace: string): HttpRequest {
  const { connector, settings, outbound } = connection
  const { charset, byteOrderMark } = ask.encoding ?? { charset: 'utf-8', byteOrderMark: false }
  const body = ask.body === undefined ? undefined : encodeText(ask.body, charset, byteOrderMark)
  const url = ask.url ?? `${connector.baseUrl?.(settings) ?? ''}${ask.path ?? ''}`
  const timestampSeconds = Math.floor(ports.clock.wall() / 1000)
  const headers: Record<string, string> = {
    ...ask.headers,
    ...(ask.contentType === undefined ? {} : { 'content-type': ask.contentType }),
    ...authorization(connector.authenticate?.(settings)),
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
    timeoutMs: outbound.timeoutMs,
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
      return {
        authorization: `Basic ${Buffer.from(`${authentication.user}:${authentication.password}`).toString('base64')}`,
      }
    case 'header':
      return { [authentication.name]: authentication.value }
    case 'none':
    case undefined:
      return {}
  }
}

function reply(result: HttpResult & { outcome: 'answer' }): Reply {
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
