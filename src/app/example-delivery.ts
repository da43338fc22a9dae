import type { Effect } from '../backbone/ledger.ts'
import { exampleEvent } from '../connectors/webhook/example-event.ts'
import type { Connection } from '../flow/connection.ts'
import { attempt } from '../flow/dispatch/exchange.ts'
import { Sessions } from '../flow/dispatch/sessions.ts'
import type { ExampleDelivery } from '../gateway/shown/example-delivery.ts'
import type { HttpRequest, HttpResult } from '../transports/http/request.ts'
import { signWebhook } from '../transports/signature.ts'
import { systemClock } from './ports.ts'

/** How much of an answer is shown. */
const shownMost = 4000

/** Sends a subscriber one event that tells of nothing, by the way that every event goes: signed alike, guarded alike, judged alike. */
export async function sendExample(
  outbound: { send(request: HttpRequest): Promise<HttpResult> },
  connection: Connection,
  { id, trace }: { readonly id: string; readonly trace: string },
): Promise<ExampleDelivery> {
  const seen: { request?: HttpRequest; result?: HttpResult } = {}
  const watched = {
    send: async (request: HttpRequest): Promise<HttpResult> => {
      seen.request = request
      seen.result = await outbound.send(request)
      return seen.result
    },
  }
  const begun = systemClock.mono()
  const ports = {
    outbound: watched,
    signer: { sign: signWebhook },
    clock: systemClock,
    sessions: new Sessions<HttpResult>(),
  }
  const payload = exampleEvent({ id, trace, tenant: connection.tenant, at: systemClock.wall() })
  const end = await attempt(ports, {
    connection,
    effect: effectOf(connection, { id, trace, payload }),
    attempt: 1,
    startBefore: begun + connection.outbound.timeoutMs,
  })
  const { request, result } = seen
  const answer = result?.outcome === 'answer' ? result : undefined
  return {
    delivered: end.end === 'applied',
    reason: end.reason,
    milliseconds: Math.round(systemClock.mono() - begun),
    request: {
      url: request?.url ?? '',
      headers: request?.headers ?? {},
      body: Buffer.from(request?.body ?? new Uint8Array(0)).toString('utf8'),
    },
    ...(answer === undefined
      ? {}
      : {
          answer: {
            status: answer.status,
            headers: answer.headers,
            body: Buffer.from(answer.body).toString('utf8').slice(0, shownMost),
          },
        }),
  }
}

/** It is in no ledger: whoever wants to see it again sends another one. */
function effectOf(
  { id: target, tenant }: Connection,
  { id, trace, payload }: { readonly id: string; readonly trace: string; readonly payload: string },
): Effect {
  return {
    id,
    tenant,
    target,
    payload,
    trace,
    naturalKey: id,
    key: id,
    causation: id,
    correlation: id,
    command: 'deliver',
    externalReference: id,
    lane: 'realtime',
    priority: 5,
    state: 'sending',
    seq: 0,
    attempt: 1,
    ambiguous: 0,
    processDeaths: 0,
    createdAt: 0,
    updatedAt: 0,
  }
}
