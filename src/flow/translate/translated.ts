import { isErased } from '../../backbone/erased.ts'
import type { Message } from '../../backbone/step.ts'
import { InterlineError } from '../../base/errors.ts'
import type { Translation } from '../../connectors/kit/connector.ts'
import type { Assertion } from '../../model/fact.ts'
import type { Connection } from '../connection.ts'
import { announcedProblem } from '../intake/announcement.ts'
import { isDivisible } from '../intake/divisible.ts'
import { type DocumentReading, readDocument } from '../intake/document.ts'
import { assertsHeader, conflictHeader, correctionHeader, partHeader, repetitionHeader } from '../intake/received.ts'
import { correlationKeys } from './correlate.ts'
import { mapFailure } from './part-translation.ts'

/** A message after its connector's map, before anybody knows which objects it is about. */
export interface Translated extends Meaning {
  readonly message: Message
  readonly connection: Connection | undefined
  /** Keys of codes that nobody knows: the message waits for them, and what is asserted all the same counts. */
  readonly waitsFor?: readonly string[]
}

/** What a message means. */
export interface Meaning {
  readonly translation: Translation | { readonly failure: InterlineError } | { readonly corrects: string }
  /** What is said about the transmission itself; counts whatever becomes of the message. */
  readonly receipts?: readonly Assertion[]
  /** Tells the facts of a receipt that is made again after a release from the first ones. */
  readonly attempt?: number
}

/** What is at hand besides the bytes, and what is wanted. */
export interface TranslationWishes {
  readonly reading?: DocumentReading | undefined
  /** False where the sender must not be answered again: replays, corrections, decisions. */
  readonly receipts?: boolean
  readonly attempt?: number
  /** What is large and can be cut is not read here, but fed in parts: it fails as TAKEN_IN_PARTS. */
  readonly inParts?: boolean
}

/** Runs the connector's map over one message. Never throws for anything in the message; a fault of the map itself parks it as a bug. */
export function translateMessage(
  message: Message,
  connection: Connection | undefined,
  wishes: TranslationWishes = {},
): Translated {
  return { message, connection, ...meaningOf(message, connection, wishes) }
}

/** As `translateMessage`, with no more of the connection than it takes to read. */
export function meaningOf(
  message: Message,
  connection: Pick<Connection, 'id' | 'connector' | 'settings'> | undefined,
  { reading, receipts: wanted = true, attempt = 0, inParts = false }: TranslationWishes = {},
): Meaning {
  if (isErased(message)) return { translation: { ignored: 'Erased: it told of somebody.' } }
  // What the hub itself says needs no connector that reads it.
  if (message.headers[assertsHeader] !== undefined)
    return { translation: { assertions: JSON.parse(new TextDecoder().decode(message.body)) as Assertion[] } }
  if (connection?.connector.inbound === undefined)
    return { translation: { failure: new InterlineError('CONNECTION_UNKNOWN', { connection: message.connection }) } }
  const corrects = message.headers[correctionHeader]
  if (corrects !== undefined) return { translation: { corrects } }
  const part = message.headers[partHeader]
  const { inbound } = connection.connector
  const first = message.headers[conflictHeader]
  const reused = first === undefined ? undefined : new InterlineError('IDENTITY_REUSED', { message: first })
  if (reused !== undefined && inbound.receipt === undefined) return { translation: { failure: reused } }
  const { document, failure } = reading ?? readDocument(connection, message)
  if (failure !== undefined) return { translation: { failure: reused ?? failure } }
  const context = {
    settings: connection.settings,
    connection: connection.id,
    receivedAt: message.receivedAt,
    messageId: message.id,
  }
  let receipts: readonly Assertion[] = []
  try {
    // The receipt of a file in parts is about all of it, and is told when all of it is stored.
    if (wanted && part === undefined) receipts = inbound.receipt?.(document, context) ?? []
    if (reused !== undefined) throw reused
    const problem = part === 'announcement' ? announcedProblem(message.body) : undefined
    if (problem !== undefined) throw problem
    if (part === 'announcement' || part === 'refused') return { translation: { ignored: partNotes[part] } }
    const repeated = message.headers[repetitionHeader]
    const isCut = inParts && part === undefined && repeated === undefined && isDivisible(connection, message, document)
    if (isCut) throw new InterlineError('TAKEN_IN_PARTS')
    const translation =
      repeated === undefined ? inbound.translate(document, context) : { ignored: `repeats ${repeated}` }
    const meaning = { translation, receipts, attempt }
    return isUnderstood(translation) ? meaning : advised(meaning)
  } catch (error) {
    return advised({ translation: { failure: mapFailure(error, inbound) }, receipts, attempt })
  }

  function advised(meaning: Meaning): Meaning {
    return wanted && connection !== undefined ? { ...meaning, ...adviceOn(message, connection, meaning) } : meaning
  }
}

/**
 * A part of a large file that could not be understood, or not all of it, with what its sender hears of it: the receipt of the file said
 * that it was well-formed, and came from one who did not look at what it means.
 */
export function withAdvice(translated: Translated): Translated {
  const { message, connection } = translated
  return connection === undefined ? translated : { ...translated, ...adviceOn(message, connection, translated) }
}

function adviceOn(
  message: Message,
  connection: Pick<Connection, 'id' | 'connector' | 'settings'>,
  { translation }: Meaning,
): Pick<Meaning, 'receipts'> {
  const { id, settings, connector } = connection
  const advice = connector.inbound?.large?.advice
  if (advice === undefined || message.headers[partHeader] !== 'content' || isUnderstood(translation)) return {}
  const { document, failure } = readDocument(connection, message)
  if (failure !== undefined) return {}
  const { receivedAt, id: messageId } = message
  return { receipts: advice(document, { settings, connection: id, receivedAt, messageId }) }
}

/** All of it. */
function isUnderstood(translation: Meaning['translation']): boolean {
  return !('failure' in translation || ('rest' in translation && translation.rest !== undefined))
}

const partNotes = {
  announcement: 'Announces a document that comes in parts.',
  refused: 'This part of the document was refused.',
}

/** Every identifier key that correlating these messages may ask for. */
export function keysOf(translated: readonly Translated[]): string[] {
  const keys = new Set<string>()
  for (const { message, translation, receipts = [] } of translated) {
    const assertions = 'assertions' in translation ? translation.assertions : []
    for (const { about } of [...receipts, ...assertions])
      for (const key of correlationKeys(about, message.tenant)) keys.add(key)
  }
  return [...keys]
}
