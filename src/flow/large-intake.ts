import type { AppendResult } from '../backbone/step.ts'
import { readMessageId } from '../backbone/step.ts'
import { InterlineError } from '../base/errors.ts'
import type { FilePart, JudgedDocument, JudgedFile, LargeInbound } from '../connectors/kit/large.ts'
import { writeAnnouncement } from './announcement.ts'
import type { Connection } from './connection.ts'
import type { Intake } from './intake.ts'
import type { Workplace } from './workplace.ts'

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

/** SHA-256 of bytes that come in pieces; ends in hex. */
export interface RunningHash {
  update(piece: Uint8Array): void
  digest(): string
}

/** The door, and how bytes are hashed. */
export interface LargeIntakePorts {
  readonly intake: Pick<Intake, 'accept'>
  readonly hash: () => RunningHash
}

/** A document whose parts are all stored. */
interface Told {
  /** The message that announced it. */
  readonly message: string
  readonly contentHash: string
  /** Hash of the file, and which document of it this is. */
  readonly whole: string
  readonly index: number
}

/**
 * Takes a file in two passes with little memory: judges all of it, then stores it in parts, each a message in the bulk lane, and tells
 * the receipt of each document when all of its parts are stored. Every message has an identity that a second attempt repeats, so a crash
 * anywhere loses and doubles nothing. One part is under way at a time: whoever shares the partition waits for one part, not for the file.
 */
export class LargeIntake {
  readonly #place: Workplace
  readonly #ports: LargeIntakePorts

  constructor(place: Workplace, ports: LargeIntakePorts) {
    this.#place = place
    this.#ports = ports
  }

  /** Resolves with undefined when all of it is durable, else with the code of why it never will be; rejects when it may be later. */
  async accept(file: LargeFile): Promise<string | undefined> {
    const inbound = file.connection.connector.inbound?.large
    if (inbound === undefined) return 'BODY_TOO_LARGE'
    try {
      return await this.#take(file, inbound)
    } catch (error) {
      if (error instanceof InterlineError && (error.flow === 'refuse' || error.flow === 'park')) return error.code
      throw error
    }
  }

  async #take(file: LargeFile, inbound: LargeInbound<Readonly<Record<string, unknown>>>): Promise<string | undefined> {
    const judge = inbound.judge(file.connection.settings, file)
    const hash = this.#ports.hash()
    for await (const piece of this.#pieces(file)) {
      judge.feed(piece)
      hash.update(piece)
    }
    const judged = judge.end()
    const { documents, cut } = judged
    const whole = hash.digest()
    if (judged.indivisible !== undefined) return this.#asOneMessage(file, whole, judged.indivisible)
    const announced: AppendResult[] = []
    for (const [index, document] of documents.entries()) {
      const identity = document.identity ?? `large:${whole}:${index}`
      announced.push(await this.#announce(file, document, { whole, index, identity, judged }))
    }
    if (judged.problem !== undefined) return judged.problem.code
    const hashes = await this.#store(file, cut, { whole, documents, announced })
    for (const [index, document] of documents.entries()) {
      const message = announced[index]?.id ?? ''
      await this.#tell(file, document, { message, contentHash: hashes[index] ?? '', whole, index })
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
    for await (const piece of this.#pieces(file)) {
      body.set(piece, at)
      at += piece.length
    }
    const identity = `file:${name}:${size}:${whole}`
    await this.#ports.intake.accept({
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
    { start, end }: JudgedDocument,
    about: Pick<Told, 'whole' | 'index'> & { readonly identity: string; readonly judged?: JudgedFile },
  ): Promise<AppendResult> {
    const { whole, index, identity, judged } = about
    const body = writeAnnouncement({
      file: file.name,
      sha256: whole,
      bytes: file.size,
      document: index,
      start,
      end,
      ...(judged?.summary === undefined ? {} : { summary: judged.summary }),
      ...(judged?.problem === undefined ? {} : { problem: judged.problem }),
    })
    return this.#ports.intake.accept({
      connection: file.connection,
      body,
      contentType: 'application/json',
      headers: { 'interline-file': file.name },
      trace: file.trace,
      identity,
      part: 'announcement',
    })
  }

  /** Stores the parts, and answers the hash of each document. */
  async #store(
    file: LargeFile,
    cut: (emit: (part: FilePart) => void) => { feed(piece: Uint8Array): void; end(): void },
    found: {
      readonly whole: string
      readonly documents: readonly JudgedDocument[]
      readonly announced: readonly AppendResult[]
    },
  ): Promise<readonly string[]> {
    const ready: FilePart[] = []
    let stored = 0
    const flush = async (least: number): Promise<void> => {
      while (ready.length >= least) {
        const lot = ready
          .splice(0, this.#lotParts)
          .map((part, at) => ({ part, identity: `part:${found.whole}:${stored + at}` }))
        stored += lot.length
        // Another document of this number was here first: people decide, and none of this one counts.
        await this.#lot(
          file,
          lot.filter(({ part }) => found.announced[part.document]?.outcome !== 'conflict'),
        )
      }
    }
    const cutter = cut((part) => ready.push(part))
    const hashes = new DocumentHashes(found.documents, this.#ports.hash)
    for await (const piece of this.#pieces(file)) {
      cutter.feed(piece)
      hashes.update(piece)
      await flush(this.#lotParts)
    }
    cutter.end()
    await flush(1)
    const { whole, ofDocuments } = hashes.digest()
    if (whole !== found.whole) throw new Error('the file was not the same in both passes')
    return ofDocuments
  }

  get #lotParts(): number {
    return this.#place.bulkPace.isAlone ? partsAlone : partsBeside
  }

  /** Stores some parts, and resolves when what they mean is known: those of others would queue behind it. */
  async #lot(file: LargeFile, lot: readonly { readonly part: FilePart; readonly identity: string }[]): Promise<void> {
    await this.#place.bulkPace.lot(async () => {
      const stored = await Promise.all(lot.map(({ part, identity }) => this.#part(file, part, identity)))
      for (const { id } of stored) await this.#translated(id)
      await this.#folded()
    })
  }

  #part(file: LargeFile, { bytes, isAccepted, headers = {} }: FilePart, identity: string): Promise<AppendResult> {
    return this.#ports.intake.accept({
      connection: file.connection,
      body: bytes,
      contentType: file.contentType,
      headers: { ...headers, 'interline-file': file.name },
      trace: file.trace,
      lane: 'bulk',
      identity,
      part: isAccepted ? 'content' : 'refused',
    })
  }

  /** Until the facts that are on the log by now have moved their objects: those of others would queue behind them. */
  async #folded(): Promise<void> {
    const { advance, clock, factHeads } = this.#place
    const heads = [...factHeads]
    for (const tenure of advance)
      while (tenure.usable(clock.mono()) && tenure.committed < (heads[tenure.partition] ?? -1))
        await clock.sleep(pauseMs)
  }

  async #tell(file: LargeFile, document: JudgedDocument, told: Told): Promise<void> {
    const first = await this.#receipt(file, document, { ...told, identity: `receipt:${told.whole}:${told.index}` })
    if (first === undefined || first.outcome === 'accepted') return
    // The sender came again, and waits for the answer again. After a crash of ours it hears the same answer twice.
    const identity = `repetition:${told.whole}:${told.index}:${this.#place.clock.wall()}`
    const { id: message } = await this.#announce(file, document, { ...told, identity })
    await this.#receipt(file, document, { ...told, message, identity: `receipt:${identity}` })
  }

  async #receipt(
    file: LargeFile,
    document: JudgedDocument,
    { message, contentHash, identity }: Told & { readonly identity: string },
  ): Promise<AppendResult | undefined> {
    const { id: connection } = file.connection
    const receivedAt = this.#place.clock.wall()
    const assertions = document.receipt({ message, connection, contentHash, receivedAt })
    if (assertions.length === 0) return undefined
    return this.#ports.intake.accept({
      connection: file.connection,
      body: new TextEncoder().encode(JSON.stringify(assertions)),
      contentType: 'application/json',
      headers: { 'interline-file': file.name },
      trace: file.trace,
      identity,
      asserts: true,
    })
  }

  /** Until the part is translated, or somebody else owns the partition: only then does the next one get in line. */
  async #translated(id: string): Promise<void> {
    const position = readMessageId(id)
    const tenure = position === undefined ? undefined : this.#place.translate[position.partition]
    if (position === undefined || tenure === undefined) return
    while (tenure.usable(this.#place.clock.mono()) && tenure.committed < position.offset)
      await this.#place.clock.sleep(pauseMs)
  }

  /** Small pieces, with room for everybody else between them. */
  async *#pieces(file: LargeFile): AsyncGenerator<Uint8Array> {
    for await (const chunk of file.open())
      for (let at = 0; at < chunk.length; at += pieceBytes) {
        yield chunk.subarray(at, at + pieceBytes)
        await this.#place.clock.sleep(pauseMs)
      }
  }
}

const pieceBytes = 32 * 1024
const pauseMs = 1
/** Parts of one step: while nobody else sends, and while others do. */
const partsAlone = 16
const partsBeside = 1

/** The hash of the file and of each document in it, in one pass. */
class DocumentHashes {
  readonly #documents: readonly JudgedDocument[]
  readonly #whole: RunningHash
  readonly #hashes: readonly RunningHash[]
  #offset = 0
  /** All documents before it have ended. */
  #first = 0

  constructor(documents: readonly JudgedDocument[], hash: () => RunningHash) {
    this.#documents = documents
    this.#whole = hash()
    this.#hashes = documents.map(() => hash())
  }

  update(piece: Uint8Array): void {
    this.#whole.update(piece)
    const reach = this.#offset + piece.length
    for (let index = this.#first; (this.#documents[index]?.start ?? reach) < reach; index++) {
      const { start, end } = this.#documents[index] ?? { start: 0, end: 0 }
      if (end <= this.#offset) this.#first = index + 1
      const from = Math.max(start - this.#offset, 0)
      const to = Math.min(end - this.#offset, piece.length)
      if (from < to) this.#hashes[index]?.update(piece.subarray(from, to))
    }
    this.#offset = reach
  }

  digest(): { readonly whole: string; readonly ofDocuments: readonly string[] } {
    return { whole: this.#whole.digest(), ofDocuments: this.#hashes.map((one) => one.digest()) }
  }
}
