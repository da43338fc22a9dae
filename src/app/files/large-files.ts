import { randomBytes, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { InterlineError } from '../../base/errors.ts'
import type { Connection } from '../../flow/connection.ts'
import type { Intake } from '../../flow/intake/intake.ts'
import { LargeIntake } from '../../flow/intake/large-intake.ts'
import type { Workplace } from '../../flow/workplace.ts'
import type { LargePickedFile } from '../../transports/files/pick-up.ts'
import { diskRoom, type Watermark } from '../start/disk.ts'
import { ThreadReading } from './thread-reading.ts'

/** What taking large files needs of the hub. */
export interface LargeFilesOptions {
  readonly place: Workplace
  readonly intake: Pick<Intake, 'accept'>
  /** Files are held here while they are read; it must have room for the largest one. */
  readonly directory: string
  readonly watermark: Watermark
}

/** Files that are too large for one message: held on this machine's disk while they are judged and taken in parts. */
export class LargeFiles {
  readonly #options: LargeFilesOptions
  readonly #directory: string
  readonly #intake: LargeIntake

  private constructor(options: LargeFilesOptions, directory: string) {
    this.#options = options
    this.#directory = directory
    this.#intake = new LargeIntake(options.place, options.intake)
  }

  /** What a process that ended has left there is picked up again at its source. */
  static async open(options: LargeFilesOptions): Promise<LargeFiles> {
    const directory = join(options.directory, 'large-files')
    await rm(directory, { recursive: true, force: true })
    await mkdir(directory, { recursive: true, mode: 0o700 })
    return new LargeFiles(options, directory)
  }

  /**
   * Undefined when all of it is durable, else why the hub never takes it. Rejects with DISK_LOW while there is no room to hold it, with
   * CONNECTION_DRAINING for a connection that takes nothing new.
   */
  async accept(
    { name, size, save }: LargePickedFile,
    { connection, contentType }: { readonly connection: Connection; readonly contentType: string },
  ): Promise<string | undefined> {
    if (this.#options.place.ports.pauses?.drainSince(connection.id) !== undefined)
      throw new InterlineError('CONNECTION_DRAINING', { connection: connection.id })
    // Once on disk as it came, and once in the database.
    const { freeBytes } = await diskRoom(this.#directory, this.#options.watermark)
    if (freeBytes - 2 * size < this.#options.watermark.watermarkMegabytes * 1_048_576)
      throw new InterlineError('DISK_LOW')
    const place = join(this.#directory, randomUUID())
    try {
      await save(place)
      const open = (): AsyncIterable<Uint8Array> => createReadStream(place, { highWaterMark: 256 * 1024 })
      const trace = randomBytes(16).toString('hex')
      const reading = new ThreadReading({ connection, name, contentType, source: { path: place } })
      return await this.#intake.accept({ connection, name, contentType, size, trace, open }, reading)
    } finally {
      await rm(place, { force: true })
    }
  }
}
