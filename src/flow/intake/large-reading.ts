import { InterlineError } from '../../base/errors.ts'
import type { Identity } from '../../connectors/kit/connector.ts'
import type {
  FilePart,
  JudgedDocument,
  JudgedFile,
  LargeInbound,
  LargeJudge,
  StoredDocument,
} from '../../connectors/kit/large.ts'
import type { Assertion } from '../../model/fact.ts'
import type { Connection } from '../connection.ts'
import { identifyPart, type PartTranslation, translatePart } from '../translate/part-translation.ts'
import { DocumentHashes, type RunningHash } from './document-hashes.ts'

/** What the first pass found of a file. */
export interface FoundFile extends Pick<JudgedFile, 'indivisible' | 'problem' | 'summary'> {
  /** SHA-256 of the file in hex. */
  readonly whole: string
  readonly documents: readonly Pick<JudgedDocument, 'identity' | 'start' | 'end'>[]
}

/** A part with what the connector finds in it, and what it means; the latter not where it must not be translated. */
export type ReadPart = FilePart & { readonly found: Identity; readonly translation?: PartTranslation }

/**
 * The two passes over a large file. What is found follows from its bytes and the settings of its connection alone, so that it may be read
 * wherever there is time for it.
 */
export interface LargeReading {
  /** The first pass. Throws what refuses the file as a whole. */
  judge(): Promise<FoundFile>
  /** The second: the next parts, at most so many; none when it is over. */
  next(most: number): Promise<readonly ReadPart[]>
  /** After the last part: hashes of the documents. Throws where the passes did not see the same bytes. */
  hashes(): Promise<readonly string[]>
  /** What is said of a document once its parts are stored. */
  receipt(index: number, stored: StoredDocument): Promise<readonly Assertion[]>
  close(): Promise<void>
}

/** A file, the connection that it came by, and what it takes to read it twice. */
export interface ReadingOptions {
  readonly connection: Pick<Connection, 'id' | 'connector' | 'settings'>
  readonly name: string
  readonly contentType: string
  /** Opens the file for one pass; asked for two. */
  readonly open: () => AsyncIterable<Uint8Array>
  readonly hash: () => RunningHash
  /** Called after each small piece: room for everybody else. */
  readonly pause?: () => Promise<void>
}

/** Reads a file in the thread that asks, with a pause after each piece. */
export class PieceReading implements LargeReading {
  readonly #options: ReadingOptions
  #whole = ''
  #judged: JudgedFile | undefined
  #pass:
    | { readonly pieces: AsyncIterator<Uint8Array>; readonly cutter: Pick<LargeJudge, 'feed'> & { end(): void } }
    | undefined
  #hashes: DocumentHashes | undefined
  #ready: FilePart[] = []
  #isOver = false

  constructor(options: ReadingOptions) {
    this.#options = options
  }

  async judge(): Promise<FoundFile> {
    const { connection, hash: newHash, name } = this.#options
    const judge = inboundOf(connection).judge(connection.settings, { name })
    const hash = newHash()
    for await (const piece of this.#pieces()) {
      judge.feed(piece)
      hash.update(piece)
    }
    const judged = judge.end()
    this.#judged = judged
    this.#whole = hash.digest()
    const { indivisible, problem, summary } = judged
    return {
      whole: this.#whole,
      documents: judged.documents.map(({ identity, start, end }) => ({ identity, start, end })),
      ...(indivisible === undefined ? {} : { indivisible }),
      ...(problem === undefined ? {} : { problem }),
      ...(summary === undefined ? {} : { summary }),
    }
  }

  async next(most: number): Promise<readonly ReadPart[]> {
    const judged = this.#known()
    this.#hashes ??= new DocumentHashes(judged.documents, this.#options.hash)
    this.#pass ??= { pieces: this.#pieces(), cutter: judged.cut((part) => this.#ready.push(part)) }
    while (this.#ready.length < most && !this.#isOver) {
      const { done, value } = await this.#pass.pieces.next()
      if (done === true) {
        this.#pass.cutter.end()
        this.#isOver = true
      } else {
        this.#pass.cutter.feed(value)
        this.#hashes.update(value)
      }
    }
    return this.#ready.splice(0, most).map((part) => this.#understood(part))
  }

  async hashes(): Promise<readonly string[]> {
    const { whole, ofDocuments } = this.#hashes?.digest() ?? { whole: '', ofDocuments: [] }
    if (whole !== this.#whole) throw new Error('the file was not the same in both passes')
    return ofDocuments
  }

  async receipt(index: number, stored: StoredDocument): Promise<readonly Assertion[]> {
    return this.#known().documents[index]?.receipt(stored) ?? []
  }

  async close(): Promise<void> {
    await this.#pass?.pieces.return?.()
  }

  #known(): JudgedFile {
    if (this.#judged === undefined) throw new Error('the file was not judged yet')
    return this.#judged
  }

  #understood(part: FilePart): ReadPart {
    const { connection, contentType, name } = this.#options
    // What came without a name is read without one.
    const named = name === '' ? {} : { 'interline-file': name }
    const document = { body: part.bytes, contentType, headers: { ...part.headers, ...named } }
    const found = identifyPart(connection, document)
    return part.isAccepted ? { ...part, found, translation: translatePart(connection, document) } : { ...part, found }
  }

  /** Small pieces, with room for everybody else between them. */
  async *#pieces(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#options.open())
      for (let at = 0; at < chunk.length; at += pieceBytes) {
        yield chunk.subarray(at, at + pieceBytes)
        await this.#options.pause?.()
      }
  }
}

const pieceBytes = 32 * 1024

function inboundOf({ id, connector }: ReadingOptions['connection']): LargeInbound<Readonly<Record<string, unknown>>> {
  const large = connector.inbound?.large
  if (large === undefined) throw new InterlineError('CONNECTION_UNKNOWN', { connection: id })
  return large
}
