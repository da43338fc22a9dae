import { hash } from 'node:crypto'
import type { Message } from '../../backbone/step.ts'
import { InterlineError } from '../../base/errors.ts'
import type { DocumentReader, IdentifiedDocument, ReadBy, ReceivedBytes } from '../../flow/intake/document-reader.ts'
import { mapFailure } from '../../flow/translate/part-translation.ts'
import type { Meaning, TranslationWishes } from '../../flow/translate/translated.ts'
import { readError } from '../../flow/translate/written-error.ts'
import type { TrialRule } from '../../gateway/desks/network-desk.ts'
import { systemBreath } from '../ports.ts'
import type { Answer, Question, ToldConnection } from './document-question.ts'
import { seenByBoth } from './seen-by-both.ts'
import { DocumentThread, type ThreadLimits, TooCostly } from './thread.ts'
import { readMeaning } from './written-meaning.ts'

/**
 * Reads large documents in a thread of its own: what they cost to parse, hash and translate they cost nobody else. A document that takes
 * the thread its memory, or more time than any may, is the only one that notices: the next one is read by a new thread.
 */
export class ThreadReader implements DocumentReader {
  readonly bytesMost: number
  readonly #thread: DocumentThread

  constructor(options: { readonly bytesMost?: number } & Partial<ThreadLimits> = {}) {
    const { bytesMost = bytesAtOnce, memoryMegabytes = 384, secondsMost = 60 } = options
    this.bytesMost = bytesMost
    this.#thread = new DocumentThread({ memoryMegabytes, secondsMost })
  }

  async identify(connection: ReadBy, received: ReceivedBytes): Promise<IdentifiedDocument> {
    if (this.#thread.waiting >= waitingMost) throw new InterlineError('HUB_BUSY')
    try {
      const answer = await this.#ask(connection, { do: 'identify', received: await shared(bytesOf(received)) })
      if (!('bodyHash' in answer)) throw unexpected(answer)
      return answer
    } catch (error) {
      // Stored all the same, and parked when it is translated.
      if (error instanceof TooCostly) return { found: {}, bodyHash: hash('sha256', received.body, 'hex') }
      throw error
    }
  }

  async translate(connection: ReadBy, message: Message, wishes: Omit<TranslationWishes, 'reading'>): Promise<Meaning> {
    try {
      const answer = await this.#ask(connection, { do: 'translate', message: await shared(message), wishes })
      if (!('meaning' in answer)) throw unexpected(answer)
      return await readMeaning(answer.meaning, systemBreath())
    } catch (error) {
      if (error instanceof InterlineError && error.code === 'HUB_STOPPING') throw error
      const failure =
        error instanceof TooCostly
          ? tooCostly(error)
          : mapFailure(error, connection.connector.inbound ?? { mapping: '' })
      return { translation: { failure } }
    }
  }

  /** As `tryDocument` of the partner desk, for a document that is too large for the thread of everybody. Throws DOCUMENT_TOO_COSTLY. */
  async try(
    connection: ReadBy & { readonly bodyBytesMax: number },
    received: ReceivedBytes,
    now: number,
  ): Promise<readonly TrialRule[]> {
    if (this.#thread.waiting >= waitingMost) throw new InterlineError('HUB_BUSY')
    const { bodyBytesMax } = connection
    try {
      const answer = await this.#ask(connection, {
        do: 'try',
        received: await shared(bytesOf(received)),
        bodyBytesMax,
        now,
      })
      if (!('rules' in answer)) throw unexpected(answer)
      return answer.rules
    } catch (error) {
      throw error instanceof TooCostly ? tooCostly(error) : error
    }
  }

  /** Whoever waits is told that the hub stops. */
  close(): Promise<void> {
    return this.#thread.close()
  }

  async #ask({ id, connector, settings }: ReadBy, question: Question): Promise<Answer> {
    const connection: ToldConnection = { id, connector: connector.id, settings }
    const answer = await this.#thread.ask({ ...question, connection })
    if ('refused' in answer) throw readError(answer.refused)
    if ('failed' in answer) throw new Error(answer.failed)
    return answer
  }
}

/** Read at once in about as long as a small transaction takes; what is larger is noticed by everybody else. */
const bytesAtOnce = 256 * 1024
/** More at the door than this, and senders come again. */
const waitingMost = 64

function tooCostly({ why }: TooCostly): InterlineError {
  return new InterlineError('DOCUMENT_TOO_COSTLY', { why })
}

/** Without whatever else the caller knows of them, which means nothing elsewhere. */
function bytesOf({ body, contentType, headers }: ReceivedBytes): ReceivedBytes {
  return { body, contentType, headers }
}

async function shared<T extends ReceivedBytes>(received: T): Promise<T> {
  return { ...received, body: await seenByBoth(received.body) }
}

function unexpected(answer: Answer): Error {
  return new Error(`the reader answered ${Object.keys(answer).join(', ')}`)
}
