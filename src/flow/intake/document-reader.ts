import type { Message } from '../../backbone/step.ts'
import type { Identity } from '../../connectors/kit/connector.ts'
import type { Connection } from '../connection.ts'
import { type Meaning, meaningOf, type TranslationWishes } from '../translate/translated.ts'
import { readDocument } from './document.ts'

/** What reading needs to know of a connection: it can be told to another thread. */
export type ReadBy = Pick<Connection, 'id' | 'connector' | 'settings'>

/** Bytes as they came. */
export type ReceivedBytes = Pick<Message, 'body' | 'contentType' | 'headers'>

/** What a large document is known by. */
export interface IdentifiedDocument {
  readonly found: Identity
  /** SHA-256 of its bytes in hex. */
  readonly bodyHash: string
}

/**
 * Reads documents that are too large to be read between two answers. What is found follows from the bytes and the settings of the
 * connection, so that it may be read wherever there is time for it. Both promises keep what is promised of small documents: what cannot be
 * read is known by its bytes alone, and its meaning is the failure.
 */
export interface DocumentReader {
  /** Documents of no more bytes are read at once, by whoever has them. */
  readonly bytesMost: number
  /** Rejects with HUB_BUSY while too many of them wait, and HUB_STOPPING. */
  identify(connection: ReadBy, received: ReceivedBytes): Promise<IdentifiedDocument>
  /** Rejects with HUB_STOPPING alone: what takes more than a document may is DOCUMENT_TOO_COSTLY, which parks it. */
  translate(connection: ReadBy, message: Message, wishes: Omit<TranslationWishes, 'reading'>): Promise<Meaning>
}

/** Reads in the thread that asks. */
export class OwnThreadReader implements DocumentReader {
  readonly bytesMost: number
  readonly #hash: (body: Uint8Array) => string

  constructor(options: { readonly bytesMost: number; readonly hash: (body: Uint8Array) => string }) {
    this.bytesMost = options.bytesMost
    this.#hash = options.hash
  }

  async identify(connection: ReadBy, received: ReceivedBytes): Promise<IdentifiedDocument> {
    const { document } = readDocument(connection, received)
    const found = connection.connector.inbound?.identify(document, connection.settings) ?? {}
    return { found, bodyHash: this.#hash(received.body) }
  }

  async translate(connection: ReadBy, message: Message, wishes: Omit<TranslationWishes, 'reading'>): Promise<Meaning> {
    return meaningOf(message, connection, wishes)
  }
}
