import type { Effect } from '../../backbone/ledger.ts'
import { InterlineError } from '../../base/errors.ts'
import type { Idempotency, Operation, OperationRequest, ReadBack, Reading } from '../../connectors/kit/connector.ts'
import type { Procedure } from '../../connectors/kit/procedure.ts'
import type { HttpResult } from '../../transports/http/request.ts'
import type { Connection } from '../connection.ts'
import type { StageStory } from '../stage.ts'
import { readRetryAfter } from './backoff.ts'
import { converse } from './converse.ts'
import { type OutgoingPorts, replyOf, send } from './outgoing.ts'

/**
 * One exchange with an outside system: the request that the connector asks for, or the several of a procedure, through the guarded
 * client, and what the answer means. Knows nothing of retries, lanes or states.
 */

/** What an exchange needs to reach the outside. */
export type ExchangePorts = OutgoingPorts

/** How an attempt ended. `wire` says whether a byte can have left; everything unclear after that is `unknown`. */
export interface AttemptEnd {
  readonly end: 'applied' | 'accepted' | 'refused' | 'retry' | 'gone' | 'unknown' | 'login_refused'
  readonly wire: boolean
  readonly reason: string
  readonly status?: number
  readonly documentReference?: string
  readonly afterMs?: number
  /** What the process that asked for it learns of it. */
  readonly answer?: Readonly<Record<string, unknown>>
}

/** Finds the operation that carries out a command. Throws OPERATION_UNKNOWN. */
export function operationFor({ connector }: Connection, command: string): Operation<Settings> | Procedure<Settings> {
  const all = [...Object.values(connector.operations ?? {}), ...Object.values(connector.procedures ?? {})]
  const operation = all.find((one) => one.command === command)
  if (operation === undefined) throw new InterlineError('OPERATION_UNKNOWN', { command, connector: connector.id })
  return operation
}

type Settings = Readonly<Record<string, unknown>>

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
    /** For what takes more than one request. */
    readonly pace?: (until: number) => Promise<boolean>
  },
): Promise<AttemptEnd> {
  const { connection, effect } = input
  const operation = operationFor(connection, effect.command)
  const request = requestOf(effect, input.attempt)
  const { startBefore, pace } = input
  if ('converse' in operation)
    return attemptProcedure(ports, { connection, effect, operation, request, startBefore, pace })
  const ask = operation.ask(request, connection.settings)
  const result = await send(ports, { connection, ask, trace: effect.trace, startBefore })
  if (result.outcome === 'not_sent') return { end: 'retry', wire: false, reason: result.code }
  if (result.outcome === 'no_answer') return { end: 'unknown', wire: true, reason: result.code }
  return judge({ result, operation, request, connection, now: ports.clock.wall() })
}

/** A procedure, in one attempt: it takes no longer than a single request may, so that the same quarantine covers its last request. */
async function attemptProcedure(
  ports: ExchangePorts,
  input: {
    readonly connection: Connection
    readonly effect: Effect
    readonly operation: Procedure<Settings>
    readonly request: OperationRequest
    readonly startBefore: number
    readonly pace: ((until: number) => Promise<boolean>) | undefined
  },
): Promise<AttemptEnd> {
  const { connection, effect, operation, request, startBefore, pace } = input
  const about = { connection, trace: effect.trace, startBefore, pace, notDone: operation.definitive?.notDone ?? [] }
  const ending = await converse(ports, about, () => operation.converse(request, connection.settings))
  if ('broken' in ending) return ending.broken
  const { wire, result } = ending
  return endOf(result, { wire, ...(ending.status === undefined ? {} : { status: ending.status }) }, {})
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
  const result = await send(ports, { connection, ask: operation.ask(request, connection.settings), trace })
  if (result.outcome !== 'answer') return { reading: { outcome: 'unclear', reason: result.code } }
  const { status, body, headers } = result
  const afterMs = readRetryAfter(headers['retry-after'], ports.clock.wall())
  const after = afterMs === undefined ? {} : { afterMs }
  return { status, body, ...after, reading: operation.read(replyOf(result), request, connection.settings) }
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

/** What looking it up came to; `impossible` where the target offers no way to. */
export type LookedUp = ReadBack | { readonly found: 'impossible' }

/** Looks the effect up at the target by our reference. `unclear` when the question itself failed. */
export async function readBack(ports: ExchangePorts, connection: Connection, effect: Effect): Promise<LookedUp> {
  const operation = operationFor(connection, effect.command)
  const request = requestOf(effect, effect.attempt)
  const { trace } = effect
  if ('converse' in operation) {
    const ending = await converse(ports, { connection, trace }, () =>
      operation.readBack.converse(request, connection.settings),
    )
    return 'broken' in ending ? { found: 'unclear', reason: ending.broken.reason } : ending.result
  }
  if (operation.readBack === undefined) return { found: 'impossible' }
  const result = await send(ports, { connection, ask: operation.readBack.ask(request, connection.settings), trace })
  if (result.outcome !== 'answer') return { found: 'unclear', reason: result.code }
  return operation.readBack.read(replyOf(result), request, connection.settings)
}

function judge(input: {
  readonly result: HttpResult & { outcome: 'answer' }
  readonly operation: Operation<Settings>
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
  return endOf(operation.read(replyOf(result), request, connection.settings), base, after)
}

function endOf(
  reading: Reading,
  base: Pick<AttemptEnd, 'wire' | 'status'>,
  after: Pick<AttemptEnd, 'afterMs'>,
): AttemptEnd {
  switch (reading.outcome) {
    case 'applied':
      return {
        ...base,
        end: 'applied',
        reason: 'applied',
        ...(reading.documentReference === undefined ? {} : { documentReference: reading.documentReference }),
        ...(reading.answer === undefined ? {} : { answer: reading.answer }),
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
