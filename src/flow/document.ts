import { readCsv } from '../base/csv.ts'
import { InterlineError } from '../base/errors.ts'
import { readJson } from '../base/json.ts'
import type { Document } from '../connectors/kit/connector.ts'
import type { Connection } from './connection.ts'

/** What intake and translate know of received bytes: the document, or why it cannot be read. */
export type DocumentReading = { readonly document: Document; readonly failure?: InterlineError }

/**
 * Reads bytes as the connector's format says. A CloudEvent in structured mode is unwrapped: its data, of the type that it says, is the
 * content. Never throws:
 * a document that cannot be read is stored all the same and parked by translate.
 */
export function readDocument(
  connection: Connection,
  received: {
    readonly body: Uint8Array
    readonly contentType: string
    readonly headers: Readonly<Record<string, string>>
  },
): DocumentReading {
  const { body, contentType, headers } = received
  const bare = { bytes: body, contentType, headers }
  try {
    if (connection.connector.inbound?.format === 'edi')
      return {
        document: { ...bare, bytes: isCloudEvent(contentType) ? bytesOf(readJson(body)) : body, content: undefined },
      }
    const read = (bytes: Uint8Array, type: string): unknown =>
      (connection.connector.inbound?.format ?? 'json') === 'json' || !isCsv(type) ? readJson(bytes) : readCsv(bytes)
    const content = isCloudEvent(contentType) ? dataOf(readJson(body), read) : read(body, contentType)
    return { document: { ...bare, content } }
  } catch (error) {
    if (!(error instanceof InterlineError)) throw error
    return { document: { ...bare, content: undefined }, failure: error }
  }
}

function isCsv(contentType: string): boolean {
  return /^(text\/csv|application\/csv|text\/comma-separated-values)\b/i.test(contentType)
}

function isCloudEvent(contentType: string): boolean {
  return contentType.startsWith('application/cloudevents+json')
}

function dataOf(event: unknown, read: (bytes: Uint8Array, type: string) => unknown): unknown {
  const { data, data_base64: packed, datacontenttype } = (event ?? {}) as Record<string, unknown>
  const type = typeof datacontenttype === 'string' ? datacontenttype : 'application/json'
  if (typeof packed === 'string') return read(fromBase64(packed), type)
  if (data === undefined) throw new InterlineError('CLOUDEVENT_INVALID', { problem: 'there is no data member' })
  // JSON is in the event as it is; anything else is in it as text.
  return typeof data === 'string' && isCsv(type) ? read(new TextEncoder().encode(data), type) : data
}

/** The bytes that an event carries; text stands for its UTF-8. */
function bytesOf(event: unknown): Uint8Array {
  const { data, data_base64: packed } = (event ?? {}) as Record<string, unknown>
  if (typeof packed === 'string') return fromBase64(packed)
  if (typeof data === 'string') return new TextEncoder().encode(data)
  throw new InterlineError('CLOUDEVENT_INVALID', { problem: 'data is no text and data_base64 is missing' })
}

function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    throw new InterlineError('CLOUDEVENT_INVALID', { problem: 'data_base64 is not base 64' })
  }
}
