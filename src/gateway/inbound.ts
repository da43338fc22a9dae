import { InterlineError } from '../base/errors.ts'
import { readJson } from '../base/json.ts'
import { limits } from '../base/limits.ts'
import type { Connection } from '../flow/connection.ts'
import type { Arrival } from '../flow/intake.ts'

/** What a request carries: one message, or many that are accepted or refused each on its own. */
export interface Inbound {
  readonly batch: boolean
  readonly arrivals: readonly Pick<Arrival, 'body' | 'contentType' | 'headers' | 'identity'>[]
}

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
])

/**
 * Finds the messages in a request (CloudEvents binary, structured and batch, NDJSON, or any bytes). Throws CLOUDEVENT_INVALID,
 * CLOUDEVENT_MODE_UNKNOWN, BATCH_TOO_LARGE. Nothing else about the content is judged here.
 */
export function readInbound(body: Uint8Array, contentType: string, headers: Readonly<Record<string, string>>): Inbound {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const common = { contentType, headers: keptHeaders(headers) }
  if (type === 'application/x-ndjson')
    return {
      batch: true,
      arrivals: lines(body).map((line) => ({ ...common, contentType: 'application/json', body: line })),
    }
  if (type === 'application/cloudevents-batch+json')
    return { batch: true, arrivals: cloudEventBatch(body, common.headers) }
  if (type === 'application/cloudevents+json')
    return { batch: false, arrivals: [{ ...common, ...identityOfEvent(readJson(body)), body }] }
  if (type.startsWith('application/cloudevents')) throw new InterlineError('CLOUDEVENT_MODE_UNKNOWN', { type })
  const binary = headers['ce-id']
  if (binary === undefined) return { batch: false, arrivals: [{ ...common, body }] }
  const identity = identityOf({
    id: decode(binary),
    source: decode(headers['ce-source'] ?? ''),
    specversion: headers['ce-specversion'] ?? '',
  })
  return { batch: false, arrivals: [{ ...common, identity, body }] }
}

/** The lane that a connection's declaration and the caller's wish come to: a caller may only go to a slower one. */
export function laneOf(connection: Connection, wished: string | undefined): Arrival['lane'] {
  return wished === 'bulk' ? 'bulk' : connection.lane
}

function cloudEventBatch(body: Uint8Array, headers: Readonly<Record<string, string>>): Inbound['arrivals'] {
  const events = readJson(body)
  if (!Array.isArray(events)) throw new InterlineError('CLOUDEVENT_INVALID', { problem: 'a batch must be a list' })
  if (events.length > limits.batchItems)
    throw new InterlineError('BATCH_TOO_LARGE', { items: events.length, itemsMax: limits.batchItems })
  return events.map((event: unknown) => ({
    contentType: 'application/cloudevents+json',
    headers,
    ...identityOfEvent(event),
    body: new TextEncoder().encode(JSON.stringify(event)),
  }))
}

function identityOfEvent(event: unknown): { identity: string } {
  if (typeof event !== 'object' || event === null)
    throw new InterlineError('CLOUDEVENT_INVALID', { problem: 'it is not an object' })
  const { id, source, specversion } = event as Record<string, unknown>
  return { identity: identityOf({ id, source, specversion }) }
}

/** `source` and `id` together are unique: the natural key for deduplication. */
function identityOf({ id, source, specversion }: { id: unknown; source: unknown; specversion: unknown }): string {
  if (typeof id !== 'string' || id === '') throw new InterlineError('CLOUDEVENT_INVALID', { problem: 'there is no id' })
  if (typeof source !== 'string' || source === '')
    throw new InterlineError('CLOUDEVENT_INVALID', { problem: 'there is no source' })
  if (specversion !== '1.0') throw new InterlineError('CLOUDEVENT_INVALID', { problem: 'specversion is not 1.0' })
  return `ce:${source} ${id}`
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
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => kept.has(name))
      .map(([name, value]) => [name, value.slice(0, 1024)]),
  )
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    throw new InterlineError('CLOUDEVENT_INVALID', { problem: 'a header is not percent-encoded UTF-8' })
  }
}
