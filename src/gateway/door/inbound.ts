import { InterlineError } from '../../base/errors.ts'
import { jsonElements } from '../../base/json-elements.ts'
import { limits } from '../../base/limits.ts'
import type { Connection } from '../../flow/connection.ts'
import type { Arrival } from '../../flow/intake/arrival.ts'
import { readJsonBody } from '../request.ts'

/** What a request carries: one message, or many that are accepted or refused each on its own. */
export type Inbound =
  | { readonly batch: false; readonly item: InboundItem }
  | { readonly batch: true; readonly items: readonly InboundItem[] }

/** A message, or why an event of a batch is none. */
export type InboundItem = Pick<Arrival, 'body' | 'contentType' | 'headers' | 'identity'> | InterlineError

const kept = new Set([
  'ce-id',
  'ce-source',
  'ce-type',
  'ce-time',
  'ce-subject',
  'ce-specversion',
  'user-agent',
  'x-webhook-id',
  'webhook-id',
  'traceparent',
])

/**
 * Finds the messages in a request (CloudEvents binary, structured and batch, NDJSON, or any bytes). Throws CLOUDEVENT_INVALID,
 * CLOUDEVENT_MODE_UNKNOWN, BODY_MALFORMED, BATCH_TOO_LARGE. Nothing else about the content is judged here.
 */
export function readInbound(body: Uint8Array, contentType: string, headers: Readonly<Record<string, string>>): Inbound {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const common = { contentType, headers: keptHeaders(headers) }
  if (type === 'application/x-ndjson') {
    const one = { ...common, contentType: 'application/json' }
    return { batch: true, items: lines(body).map((line) => ({ ...one, body: line })) }
  }
  if (type === 'application/cloudevents-batch+json')
    return { batch: true, items: cloudEventBatch(body, common.headers) }
  if (type === 'application/cloudevents+json')
    return { batch: false, item: { ...common, identity: identityOfEvent(readJsonBody(body)), body } }
  if (type.startsWith('application/cloudevents')) throw new InterlineError('CLOUDEVENT_MODE_UNKNOWN', { type })
  const id = headers['ce-id']
  if (id === undefined) return { batch: false, item: { ...common, body } }
  const { 'ce-source': source = '', 'ce-specversion': specversion, 'ce-type': eventType = '' } = headers
  const identity = identityOf({ id: decode(id), source: decode(source), specversion, type: decode(eventType) })
  return { batch: false, item: { ...common, identity, body } }
}

/** The lane that a connection's declaration and the caller's wish come to: a caller may only go to a slower one. */
export function laneOf(connection: Connection, wished: string | undefined): Arrival['lane'] {
  return wished === 'bulk' ? 'bulk' : connection.lane
}

function cloudEventBatch(body: Uint8Array, headers: Readonly<Record<string, string>>): readonly InboundItem[] {
  const events = readJsonBody(body)
  if (!Array.isArray(events)) throw new InterlineError('CLOUDEVENT_INVALID', { problem: 'a batch must be a list' })
  if (events.length > limits.batchItems)
    throw new InterlineError('BATCH_TOO_LARGE', { items: events.length, itemsMax: limits.batchItems })
  return jsonElements(body).map((element, index) => {
    try {
      const identity = identityOfEvent(events[index])
      return { contentType: 'application/cloudevents+json', headers, identity, body: element }
    } catch (error) {
      if (error instanceof InterlineError) return error
      throw error
    }
  })
}

function identityOfEvent(event: unknown): string {
  if (typeof event !== 'object' || event === null)
    throw new InterlineError('CLOUDEVENT_INVALID', { problem: 'it is not an object' })
  const { id, source, specversion, type } = event as Record<string, unknown>
  return identityOf({ id, source, specversion, type })
}

/** `source` and `id` together are unique: the natural key for deduplication. */
function identityOf(attributes: Readonly<Record<'id' | 'source' | 'specversion' | 'type', unknown>>): string {
  const { id, source, specversion, type } = attributes
  for (const [name, value] of Object.entries({ id, source, type }))
    if (typeof value !== 'string' || value === '')
      throw new InterlineError('CLOUDEVENT_INVALID', { problem: `there is no ${name}` })
  if (specversion !== '1.0') throw new InterlineError('CLOUDEVENT_INVALID', { problem: 'specversion is not 1.0' })
  return `ce:${String(source)} ${String(id)}`
}

function lines(body: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = []
  let from = 0
  for (let at = 0; at <= body.length; at++) {
    if (at < body.length && body[at] !== 0x0a) continue
    const end = at > from && body[at - 1] === 0x0d ? at - 1 : at
    if (end > from) found.push(body.subarray(from, end))
    from = at + 1
    if (found.length > limits.batchItems)
      throw new InterlineError('BATCH_TOO_LARGE', { items: found.length, itemsMax: limits.batchItems })
  }
  return found
}

function keptHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name in headers) if (kept.has(name)) found[name] = headers[name]?.slice(0, 1024) ?? ''
  return found
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    throw new InterlineError('CLOUDEVENT_INVALID', { problem: 'a header is not percent-encoded UTF-8' })
  }
}
