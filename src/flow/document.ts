import { readCsv } from '../base/csv.ts'
import { InterlineError } from '../base/errors.ts'
import { readJson } from '../base/json.ts'
import type { Document } from '../connectors/kit/connector.ts'
import type { Connection } from './connection.ts'

/** What intake and translate know of received bytes: the document, or why it cannot be read. */
export type DocumentReading = { readonly document: Document; readonly failure?: InterlineError }

/**
 * Reads bytes as the connector's format says. A CloudEvent in structured mode is unwrapped: its data is the content. Never throws:
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
    const json = (connection.connector.inbound?.format ?? 'json') === 'json' || !isCsv(contentType)
    const content = json ? readJson(body) : readCsv(body)
    return { document: { ...bare, content: isCloudEvent(contentType) ? dataOf(content) : content } }
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

function dataOf(event: unknown): unknown {
  if (typeof event !== 'object' || event === null || !('data' in event)) {
    throw new InterlineError('CLOUDEVENT_INVALID', { problem: 'there is no data member' })
  }
  return event.data
}
