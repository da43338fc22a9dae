import { randomUUID } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Refused } from './refused.ts'

/** How large the file may become; `ended` is called once, whatever becomes of it. */
export interface UploadOptions {
  /** Asked with each write: other files of the partner grow at the same time. */
  readonly bytesMost: () => number
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
  /** What was sent of it, in order and apart from each other. */
  #parts: readonly Part[] = []
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
    const end = at + bytes.length
    if (end > this.#options.bytesMost()) {
      this.#failed = true
      throw new Refused('full')
    }
    this.#parts = joined(this.#parts, { from: at, end })
    if (this.#parts.length > partsMost) {
      this.#failed = true
      throw new Refused('incomplete')
    }
    this.size = Math.max(this.size, end)
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
    // Who goes on with a file that was sent before sends its end alone: zeros in front of it are no document.
    if (this.#parts.length > 1 || (this.#parts[0]?.from ?? 0) > 0) {
      await this.abandon()
      throw new Refused('incomplete')
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

/** Bytes of a file, without that at `end`. */
interface Part {
  readonly from: number
  readonly end: number
}

/** Clients send ahead, but not in thousands of pieces with holes between them. */
const partsMost = 1000

function joined(parts: readonly Part[], added: Part): readonly Part[] {
  if (added.from === added.end) return parts
  const last = parts.at(-1)
  // Nearly always the next piece of the one before.
  if (last?.end === added.from) return parts.with(-1, { from: last.from, end: added.end })
  const apart = parts.filter(({ from, end }) => end < added.from || from > added.end)
  const met = parts.filter(({ from, end }) => end >= added.from && from <= added.end)
  const whole = met.reduce(
    (sum, { from, end }) => ({ from: Math.min(sum.from, from), end: Math.max(sum.end, end) }),
    added,
  )
  return [...apart, whole].toSorted((a, b) => a.from - b.from)
}
