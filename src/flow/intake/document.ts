import { InterlineError } from '../../base/errors.ts'
import { readJson } from '../../base/json.ts'
import type { Document } from '../../connectors/kit/connector.ts'
import type { Connection } from '../connection.ts'

/** What intake and translate know of received bytes: the document, or why it cannot be read. */
export type DocumentReading = { readonly document: Document; readonly failure?: InterlineError }

/**
 * Reads bytes as the connector's format says. A CloudEvent in structured mode is unwrapped: its data, of the type that it says, is the
 * content. Never throws:
 * a document that cannot be read is stored all the same and parked by translate.
 */
export function readDocument(
  connection: Pick<Connection, 'connector'>,
  received: {
    readonly body: Uint8Array
    readonly contentType: string
    readonly headers: Readonly<Record<string, string>>
  },
): DocumentReading {
  const { body, contentType, headers } = received
  const bare = { bytes: body, contentType, headers }
  const format = connection.connector.inbound?.format ?? 'json'
  const isFile = (type: string): boolean =>
    format === 'edi' || format === 'file' || (format === 'json-or-file' && isFileType(type))
  try {
    if (!isCloudEvent(contentType))
      return { document: { ...bare, content: isFile(contentType) ? undefined : readJson(body) } }
    const event = readJson(body)
    const { datacontenttype } = (event ?? {}) as Record<string, unknown>
    const type = typeof datacontenttype === 'string' ? datacontenttype : 'application/json'
    if (!isFile(type)) return { document: { ...bare, content: dataOf(event) } }
    return { document: { ...bare, contentType: type, bytes: bytesOf(event), content: undefined } }
  } catch (error) {
    if (!(error instanceof InterlineError)) throw error
    return { document: { ...bare, content: undefined }, failure: error }
  }
}

/** Whether what arrives says nothing but answers to what was sent over the connection. */
export function isAnswerToUs(
  received: Parameters<typeof readDocument>[1] & { readonly connection: Pick<Connection, 'connector' | 'settings'> },
): boolean {
  const { connection } = received
  const answers = connection.connector.inbound?.answers
  if (answers === undefined) return false
  const { document, failure } = readDocument(connection, received)
  return failure === undefined && answers(document, connection.settings)
}

/** Tables, and mails as they came. */
function isFileType(contentType: string): boolean {
  return /^(text\/csv|application\/csv|text\/comma-separated-values|message\/rfc822|multipart\/report)\b/i.test(
    contentType,
  )
}

function isCloudEvent(contentType: string): boolean {
  return contentType.startsWith('application/cloudevents+json')
}

function dataOf(event: unknown): unknown {
  const { data, data_base64: packed } = (event ?? {}) as Record<string, unknown>
  if (typeof packed === 'string') return readJson(fromBase64(packed))
  if (data === undefined) throw new InterlineError('CLOUDEVENT_INVALID', { problem: 'there is no data member' })
  return data
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
