import type { AppendResult } from '../../backbone/step.ts'
import { InterlineError } from '../../base/errors.ts'
import type { Connection } from '../connection.ts'
import type { Workplace } from '../workplace.ts'
import { writeAnnouncement } from './announcement.ts'
import type { Intake } from './intake.ts'
import type { FoundFile, LargeReading } from './large-reading.ts'
import { PartFeed } from './part-feed.ts'

/** A file that is too large for one message. */
export interface LargeFile {
  readonly connection: Connection
  readonly name: string
  readonly contentType: string
  readonly trace: string
  readonly size: number
  /** Opens it for one pass; asked for two. The bytes must be the same each time. */
  readonly open: () => AsyncIterable<Uint8Array>
}

/** A document whose parts are all stored. */
interface Told {
  /** The message that announced it. */
  readonly message: string
  readonly contentHash: string
  /** Hash of the file, and which document of it this is. */
  readonly whole: string
  readonly index: number
  readonly found: FoundFile
}

/**
 * Takes a file in two passes with little memory: judges all of it, then stores it in parts, each a message in the bulk lane, and tells
 * the receipt of each document when all of its parts are stored. Every message has an identity that a second attempt repeats, so a crash
 * anywhere loses and doubles nothing. One part is under way at a time: whoever shares the partition waits for one part, not for the file.
 */
export class LargeIntake {
  readonly #place: Workplace
  readonly #intake: Pick<Intake, 'accept'>
  readonly #feed: PartFeed

  constructor(place: Workplace, intake: Pick<Intake, 'accept'>) {
    this.#place = place
    this.#intake = intake
    this.#feed = new PartFeed(place, intake)
  }

  /** Resolves with undefined when all of it is durable, else with the code of why it never will be; rejects when it may be later. */
  async accept(file: LargeFile, reading: LargeReading): Promise<string | undefined> {
    try {
      if (file.connection.connector.inbound?.large === undefined) return 'BODY_TOO_LARGE'
      return await this.#take(file, reading)
    } catch (error) {
      if (error instanceof InterlineError && (error.flow === 'refuse' || error.flow === 'park')) return error.code
      throw error
    } finally {
      await reading.close()
    }
  }

  async #take(file: LargeFile, reading: LargeReading): Promise<string | undefined> {
    const found = await reading.judge()
    const { documents, whole } = found
    if (found.indivisible !== undefined) return this.#asOneMessage(file, whole, found.indivisible)
    const announced: AppendResult[] = []
    for (const [index, document] of documents.entries()) {
      const identity = document.identity ?? `large:${whole}:${index}`
      announced.push(await this.#announce(file, { found, index, identity }))
    }
    if (found.problem !== undefined) return found.problem.code
    await this.#store(file, reading, { whole, announced })
    const hashes = await reading.hashes()
    for (const index of documents.keys()) {
      const message = announced[index]?.id ?? ''
      await this.#tell(file, reading, { found, message, contentHash: hashes[index] ?? '', whole, index })
    }
    return announced.length > 0 && announced.every(({ outcome }) => outcome === 'conflict')
      ? 'IDENTITY_REUSED'
      : undefined
  }

  /** What counts only whole, and is small enough for a message. */
  async #asOneMessage(file: LargeFile, whole: string, why: string): Promise<string | undefined> {
    const { connection, name, contentType, trace, size } = file
    const bytesMax = connection.bodyBytesMax
    if (size > bytesMax) throw new InterlineError('FILE_INDIVISIBLE', { why, bytesMax })
    const body = new Uint8Array(size)
    let at = 0
    for await (const piece of file.open()) {
      body.set(piece, at)
      at += piece.length
    }
    const identity = `file:${name}:${size}:${whole}`
    await this.#intake.accept({
      connection,
      body,
      contentType,
      headers: { 'interline-file': name },
      trace,
      identity,
    })
    return undefined
  }

  /** First of all, so that the same number with other content is found out before any of it counts. */
  #announce(
    file: LargeFile,
    { found, index, identity }: Pick<Told, 'index' | 'found'> & { readonly identity: string },
  ): Promise<AppendResult> {
    const { start, end } = found.documents[index] ?? { start: 0, end: 0 }
    const { whole, summary, problem } = found
    const body = writeAnnouncement({
      file: file.name,
      sha256: whole,
      bytes: file.size,
      document: index,
      start,
      end,
      ...(summary === undefined ? {} : { summary }),
      ...(problem === undefined ? {} : { problem }),
    })
    return this.#intake.accept({
      connection: file.connection,
      body,
      contentType: 'application/json',
      headers: { 'interline-file': file.name },
      trace: file.trace,
      identity,
      part: 'announcement',
    })
  }

  /** Another document of this number was here first: people decide, and none of this one counts. */
  async #store(
    { connection, contentType, name, trace }: LargeFile,
    reading: LargeReading,
    found: { readonly whole: string; readonly announced: readonly AppendResult[] },
  ): Promise<void> {
    const source = { connection, contentType, trace, headers: { 'interline-file': name } }
    await this.#feed.store(source, reading, {
      identity: (index) => `part:${found.whole}:${index}`,
      counts: ({ document }) => found.announced[document]?.outcome !== 'conflict',
    })
  }

  async #tell(file: LargeFile, reading: LargeReading, told: Told): Promise<void> {
    const first = await this.#receipt(file, reading, { ...told, identity: `receipt:${told.whole}:${told.index}` })
    if (first === undefined || first.outcome === 'accepted') return
    // The sender came again, and waits for the answer again. After a crash of ours it hears the same answer twice.
    const identity = `repetition:${told.whole}:${told.index}:${this.#place.clock.wall()}`
    const { id: message } = await this.#announce(file, { ...told, identity })
    await this.#receipt(file, reading, { ...told, message, identity: `receipt:${identity}` })
  }

  async #receipt(
    file: LargeFile,
    reading: LargeReading,
    { message, contentHash, index, identity }: Told & { readonly identity: string },
  ): Promise<AppendResult | undefined> {
    const { id: connection } = file.connection
    const receivedAt = this.#place.clock.wall()
    const assertions = await reading.receipt(index, { message, connection, contentHash, receivedAt })
    if (assertions.length === 0) return undefined
    return this.#intake.accept({
      connection: file.connection,
      body: new TextEncoder().encode(JSON.stringify(assertions)),
      contentType: 'application/json',
      headers: { 'interline-file': file.name },
      trace: file.trace,
      identity,
      asserts: true,
    })
  }
}
