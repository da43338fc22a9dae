import { InterlineError } from '../../base/errors.ts'
import type { Identity, Translation } from '../../connectors/kit/connector.ts'
import type { Connection } from '../connection.ts'
import { readDocument } from '../intake/document.ts'
import { readError, type WrittenError, writeError } from './written-error.ts'

/** What a part means, found before it has a place in the log. */
export type PartTranslation = Translation | { readonly failure: InterlineError }

type Part = {
  readonly body: Uint8Array
  readonly contentType: string
  readonly headers: Readonly<Record<string, string>>
}

/** What the connector finds in a part at the door: there it would keep others waiting. */
export function identifyPart(connection: Pick<Connection, 'connector' | 'settings'>, part: Part): Identity {
  const { document } = readDocument(connection, part)
  return connection.connector.inbound?.identify(document, connection.settings) ?? {}
}

/** Runs the connector's map over a part. It follows from the bytes and the settings: a part knows no message, and no time. */
export function translatePart(
  connection: Pick<Connection, 'id' | 'connector' | 'settings'>,
  part: Part,
): PartTranslation {
  const { inbound } = connection.connector
  if (inbound === undefined) return { failure: new InterlineError('CONNECTION_UNKNOWN', { connection: connection.id }) }
  const { document, failure } = readDocument(connection, part)
  if (failure !== undefined) return { failure }
  try {
    const context = { settings: connection.settings, connection: connection.id, receivedAt: 0, messageId: '' }
    return inbound.translate(document, context)
  } catch (error) {
    return { failure: mapFailure(error, inbound) }
  }
}

/** What a map threw, as a failure of the table: whatever is none is a fault of the map. */
export function mapFailure(error: unknown, { mapping }: { readonly mapping: string }): InterlineError {
  return error instanceof InterlineError ? error : new InterlineError('MAP_FAILED', { mapping }, error)
}

interface Written {
  readonly translation?: Omit<Translation, 'rest'>
  readonly rest?: WrittenError
  readonly failure?: WrittenError
}

/** As text: what becomes of it is text in the log, and text is read faster than a copied object. */
export function writeTranslation(translation: PartTranslation): string {
  if ('failure' in translation) return JSON.stringify({ failure: writeError(translation.failure) } satisfies Written)
  if (!('rest' in translation) || translation.rest === undefined)
    return JSON.stringify({ translation } satisfies Written)
  const { rest, ...others } = translation
  return JSON.stringify({ translation: others, rest: writeError(rest) } satisfies Written)
}

/** Reads what `writeTranslation` wrote. */
export function readTranslation(text: string): PartTranslation {
  const { translation, rest, failure } = JSON.parse(text) as Written
  if (failure !== undefined) return { failure: readError(failure) }
  return { ...translation, ...(rest === undefined ? {} : { rest: readError(rest) }) } as Translation
}
