import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { InterlineError } from '../../../base/errors.ts'
import { Stretch } from './stretch.ts'

/** Where messages lie that are too large for memory, and when there is no more room for them. */
export interface SpoolOptions {
  readonly directory: string
  /** Bytes that may still be written; asked before each of `roomStep` bytes. */
  readonly room: () => Promise<number>
  /** How much is read at once. */
  readonly chunkBytes?: number
}

/** Files for messages while they are opened. Each loses its name at once, so that a crash leaves nothing behind. */
export class Spool {
  readonly #options: SpoolOptions

  private constructor(options: SpoolOptions) {
    this.#options = options
  }

  static async open(options: SpoolOptions): Promise<Spool> {
    await mkdir(options.directory, { recursive: true, mode: 0o700 })
    return new Spool(options)
  }

  /** For the files of one message. */
  message(): MessageSpool {
    return new MessageSpool(this.#options)
  }
}

/** The files of one message: what came, and what its layers held. */
export class MessageSpool {
  readonly #options: SpoolOptions
  readonly #files: FileHandle[] = []

  constructor(options: SpoolOptions) {
    this.#options = options
  }

  /** Writes all of it into a file. Rejects with DISK_LOW where there is no room, or with what the source throws. */
  async write(source: AsyncIterable<Uint8Array>): Promise<Stretch> {
    const writing = await this.begin()
    for await (const chunk of source) await writing.add(chunk)
    return writing.end()
  }

  async begin(): Promise<SpoolWriting> {
    const { directory, room, chunkBytes = usualChunkBytes } = this.#options
    const path = join(directory, randomUUID())
    const file = await open(path, 'wx+', 0o600)
    this.#files.push(file)
    await rm(path)
    return new SpoolWriting(file, { room, chunkBytes })
  }

  /** All but the newest file can go: what they held has been taken out of them. */
  async forgetOlder(): Promise<void> {
    const older = this.#files.splice(0, this.#files.length - 1)
    await Promise.all(older.map((file) => file.close()))
  }

  /** Nothing of the message is on disk any more. */
  async close(): Promise<void> {
    await Promise.all(this.#files.splice(0).map((file) => file.close()))
  }
}

/** A file that is being written. */
export class SpoolWriting {
  readonly #file: FileHandle
  readonly #options: Required<Pick<SpoolOptions, 'room' | 'chunkBytes'>>
  #bytes = 0
  #checkedTo = 0

  constructor(file: FileHandle, options: Required<Pick<SpoolOptions, 'room' | 'chunkBytes'>>) {
    this.#file = file
    this.#options = options
  }

  get bytes(): number {
    return this.#bytes
  }

  async add(chunk: Uint8Array): Promise<void> {
    if (this.#bytes + chunk.length > this.#checkedTo) {
      if ((await this.#options.room()) < roomStep + chunk.length) throw new InterlineError('DISK_LOW')
      this.#checkedTo = this.#bytes + chunk.length + roomStep
    }
    let written = 0
    while (written < chunk.length) {
      const { bytesWritten } = await this.#file.write(chunk, written, chunk.length - written, this.#bytes)
      written += bytesWritten
      this.#bytes += bytesWritten
    }
  }

  end(): Stretch {
    return new Stretch(this.#file, { start: 0, end: this.#bytes, chunkBytes: this.#options.chunkBytes })
  }
}

/** Larger ones cost memory, and smaller ones time: each waits for the disk, and for whoever else wants the processor. */
const usualChunkBytes = 256 * 1024
const roomStep = 64 * 1024 * 1024
