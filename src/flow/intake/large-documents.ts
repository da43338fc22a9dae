import { isErased } from '../../backbone/erased.ts'
import type { Message } from '../../backbone/step.ts'
import { InterlineError } from '../../base/errors.ts'
import type { Connection } from '../connection.ts'
import { type Meaning, type Translated, type TranslationWishes, translateMessage } from '../translate/translated.ts'
import type { Arrival } from './arrival.ts'
import type { DocumentReader, IdentifiedDocument } from './document-reader.ts'
import { assertsHeader, correctionHeader } from './received.ts'

/** A large document is being read: whoever plans lets others plan meanwhile, and comes again. */
export class StillReading extends Error {
  readonly until: Promise<void>

  constructor(until: Promise<void>) {
    super('a large document is being read')
    this.until = until
  }
}

interface Reading {
  meaning?: Meaning
  readonly until: Promise<void>
}

/** Small documents are read at once, large ones where a reader has time for them. */
export class LargeDocuments {
  readonly #reader: DocumentReader | undefined
  readonly #readings = new Map<string, Reading>()
  /** Of documents that are just being identified. */
  #bytes = 0

  constructor(reader: DocumentReader | undefined) {
    this.#reader = reader
  }

  /** Whether what is at the door is read by the reader, and was not yet. */
  isUnread(arrival: Arrival): boolean {
    return arrival.found === undefined && arrival.asserts === undefined && this.isLarge(arrival)
  }

  /** What a document at the door is known by. Rejects with HUB_BUSY while so many bytes are being read, and HUB_STOPPING. */
  async identify(arrival: Arrival, bytesMost: number): Promise<IdentifiedDocument> {
    const { connection, body } = arrival
    if (this.#reader === undefined || this.#bytes + body.length > bytesMost) throw new InterlineError('HUB_BUSY')
    this.#bytes += body.length
    try {
      return await this.#reader.identify(connection, arrival)
    } finally {
      this.#bytes -= body.length
    }
  }

  /** Whether a document is for the reader. */
  isLarge({ body }: Pick<Message, 'body'>): boolean {
    return this.#reader !== undefined && body.length > this.#reader.bytesMost
  }

  /** For who plans, and keeps everybody else from it: throws StillReading for a large document that was not read yet. */
  translate(message: Message, connection: Connection | undefined, wishes: TranslationWishes): Translated {
    const reader = this.#readerOf(message)
    if (reader === undefined || connection === undefined) return translateMessage(message, connection, wishes)
    const { receipts = true, attempt = 0, inParts = false } = wishes
    const key = `${message.id} ${attempt} ${receipts} ${inParts}`
    const known = this.#readings.get(key)
    if (known?.meaning === undefined)
      throw new StillReading((known ?? this.#begin(key, message, connection, wishes)).until)
    this.#readings.delete(key)
    return { message, connection, ...known.meaning }
  }

  /** For who can wait. */
  async translateInTime(
    message: Message,
    connection: Connection | undefined,
    wishes: TranslationWishes,
  ): Promise<Translated> {
    const reader = this.#readerOf(message)
    if (reader === undefined || connection === undefined) return translateMessage(message, connection, wishes)
    return { message, connection, ...(await reader.translate(connection, message, wishes)) }
  }

  /** Runs a round of planning; where a large document stands in its way, waits until that is read. True: there may be more to do. */
  async between(round: () => Promise<boolean>): Promise<boolean> {
    try {
      return await round()
    } catch (error) {
      if (!(error instanceof StillReading)) throw error
      await error.until
      return true
    }
  }

  #readerOf(message: Message): DocumentReader | undefined {
    // Neither is read as a document of its sender.
    const isPlain = message.headers[assertsHeader] !== undefined || message.headers[correctionHeader] !== undefined
    return isPlain || isErased(message) || !this.isLarge(message) ? undefined : this.#reader
  }

  #begin(key: string, message: Message, connection: Connection, wishes: TranslationWishes): Reading {
    const reader = this.#reader as DocumentReader
    const { reading: _, ...rest } = wishes
    const asked = reader.translate(connection, message, rest)
    const reading: Reading = {
      until: asked.then(
        (meaning) => {
          reading.meaning = meaning
        },
        (error: unknown) => {
          this.#readings.delete(key)
          throw error
        },
      ),
    }
    // Told to those who wait; there need not be any.
    reading.until.catch(() => {})
    // Those that nobody came for: their partition went to another instance.
    const [first] = this.#readings.keys()
    if (this.#readings.size >= readingsMost && first !== undefined) this.#readings.delete(first)
    this.#readings.set(key, reading)
    return reading
  }
}

/** Together less than the queue of the reader. */
const readingsMost = 64

/** What of a row can be translated now: all, or as much as stands before the first large document. Throws StillReading for the first. */
export async function readyOnes<T>(
  items: readonly T[],
  translate: (item: T) => Promise<Translated>,
): Promise<readonly Translated[]> {
  const tried = await Promise.all(
    items.map((item) =>
      translate(item).catch((error: unknown) => {
        if (error instanceof StillReading) return error
        throw error
      }),
    ),
  )
  const ready: Translated[] = []
  for (const one of tried) {
    if (!(one instanceof StillReading)) ready.push(one)
    else if (ready.length === 0) throw one
    else return ready
  }
  return ready
}
