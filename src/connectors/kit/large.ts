import type { InterlineError } from '../../base/errors.ts'
import type { Assertion } from '../../model/fact.ts'
import type { Document, TranslateContext } from './connector.ts'

/**
 * How a file is taken that is too large for one message: judged as a whole first, then cut into parts that are messages of their own.
 * Both passes see the same bytes, in pieces of any size, and hold little of them. What a part means follows from its bytes and the settings
 * alone: `translate` is asked for it without a message and without a time.
 */
export interface LargeInbound<S> {
  /** Larger files are taken in parts, where the transport can hand them over piece by piece. */
  readonly bytesAbove: number
  readonly judge: (settings: S, file: { readonly name: string }) => LargeJudge
  /** Whether a document that is small enough for one message is not cut all the same: what is wrong in one part of it is agreed to hold up the others. */
  readonly countsWhole?: (document: Document, context: TranslateContext<S>) => boolean
  /** What the sender hears of a part that was taken and could not be understood. */
  readonly advice?: (part: Document, context: TranslateContext<S>) => readonly Assertion[]
}

/** The first pass over a large file: it sees all of it and keeps none. */
export interface LargeJudge {
  feed(piece: Uint8Array): void
  /** Throws what refuses the file as a whole. */
  end(): JudgedFile
}

/** What the first pass found, and the second one. */
export interface JudgedFile {
  /** Why its parts would not mean what the file means: it is one message, where it is small enough for one. */
  readonly indivisible?: string
  /** Why none of it may count. It is announced all the same, and people see there what is wrong. */
  readonly problem?: InterlineError
  /** For the announcement: what was found, in counts. */
  readonly summary?: Readonly<Record<string, number>>
  readonly documents: readonly JudgedDocument[]
  readonly cut: (emit: (part: FilePart) => void) => {
    feed(piece: Uint8Array): void
    end(): void
  }
}

/** One document of the file, with a receipt of its own. */
export interface JudgedDocument {
  /** What the sender's protocol knows it by: the same with other content is a conflict. */
  readonly identity: string | undefined
  /** Its bytes in the file. */
  readonly start: number
  readonly end: number
  /** What is said of its transmission, once all of its parts are stored. */
  readonly receipt: (stored: StoredDocument) => readonly Assertion[]
}

/** What is known of a document when it is stored. */
export interface StoredDocument {
  /** The message that announced it. */
  readonly message: string
  readonly connection: string
  /** SHA-256 of its bytes in hex. */
  readonly contentHash: string
  /** Milliseconds since 1970. */
  readonly receivedAt: number
}

/** A piece of a document that is a document by itself. */
export interface FilePart {
  /** Which document of the file, from 0. */
  readonly document: number
  readonly bytes: Uint8Array
  /** False: it belongs to what was refused; kept, and never translated. */
  readonly isAccepted: boolean
  /** What its translation must know of its place in the file. */
  readonly headers?: Readonly<Record<string, string>>
}
