import { randomUUID } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Refused } from './refused.ts'

/** How large the file may become; `ended` is called once, whatever becomes of it. */
export interface UploadOptions {
  readonly bytesMost: number
  /** Gives the whole, durable file its name. */
  readonly finished: (place: string) => Promise<void>
  readonly ended: () => void
}

/** A file that a partner is sending. It gets its name only when the partner has closed it; a lost connection leaves nothing. */
export class Upload {
  readonly #place: string
  readonly #file: FileHandle
  readonly #options: UploadOptions
  readonly #writing = new Set<Promise<unknown>>()
  #failed = false
  #ended = false
  size = 0

  private constructor(place: string, file: FileHandle, options: UploadOptions) {
    this.#place = place
    this.#file = file
    this.#options = options
  }

  static async open(folder: string, options: UploadOptions): Promise<Upload> {
    const place = join(folder, randomUUID())
    return new Upload(place, await open(place, 'wx', 0o600), options)
  }

  /** Anywhere in the file: clients send ahead. */
  async write(at: number, bytes: Uint8Array): Promise<void> {
    if (at + bytes.length > this.#options.bytesMost) {
      this.#failed = true
      throw new Refused('full')
    }
    this.size = Math.max(this.size, at + bytes.length)
    const written = this.#file.write(bytes, 0, bytes.length, at)
    this.#writing.add(written)
    try {
      await written
    } catch (error) {
      this.#failed = true
      throw error
    } finally {
      this.#writing.delete(written)
    }
  }

  /** Durable and named when this resolves. A file of which a part was refused is thrown away. */
  async finish(): Promise<void> {
    await Promise.allSettled(this.#writing)
    if (this.#failed) {
      await this.abandon()
      throw new Refused('full')
    }
    if (this.#ended) return
    this.#ended = true
    try {
      await this.#file.sync()
      await this.#file.close()
      await this.#options.finished(this.#place)
    } catch (error) {
      // It got no name: the partner hears that, and sends it again. What cannot be thrown away here goes with the next start.
      await Promise.allSettled([this.#file.close(), unlink(this.#place)])
      throw error
    } finally {
      this.#options.ended()
    }
  }

  async abandon(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    await this.#file.close()
    await unlink(this.#place)
    this.#options.ended()
  }
}
