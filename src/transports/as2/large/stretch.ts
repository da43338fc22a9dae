import type { FileHandle } from 'node:fs/promises'

/** Bytes that lie on disk: a stretch of a file that stays open as long as the message is worked on. */
export class Stretch {
  readonly length: number
  readonly #file: FileHandle
  readonly #start: number
  readonly #chunkBytes: number

  constructor(
    file: FileHandle,
    { start, end, chunkBytes }: { readonly start: number; readonly end: number; readonly chunkBytes: number },
  ) {
    this.#file = file
    this.#start = start
    this.#chunkBytes = chunkBytes
    this.length = end - start
  }

  /** A part of it, by offsets within it. */
  part(from: number, to = this.length): Stretch {
    const [start, end] = [this.#start + from, this.#start + Math.max(from, Math.min(to, this.length))]
    return new Stretch(this.#file, { start, end, chunkBytes: this.#chunkBytes })
  }

  /** So many bytes from an offset on, fewer where it ends before. */
  async read(from: number, bytes: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(bytes, this.length - from))
    const buffer = Buffer.allocUnsafeSlow(wanted)
    return buffer.subarray(0, await this.fill(buffer, from))
  }

  /** As many bytes as there are from an offset on, and as there is room for; answers how many. */
  async fill(buffer: Buffer, from: number): Promise<number> {
    const wanted = Math.max(0, Math.min(buffer.length, this.length - from))
    let filled = 0
    while (filled < wanted) {
      const { bytesRead } = await this.#file.read(buffer, filled, wanted - filled, this.#start + from + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return filled
  }

  /** All of it in order; a chunk holds good until the next one is asked for. */
  async *chunks(): AsyncGenerator<Buffer> {
    const buffer = Buffer.allocUnsafeSlow(Math.min(this.#chunkBytes, this.length))
    for (let at = 0; at < this.length; at += this.#chunkBytes) {
      const wanted = buffer.subarray(0, Math.min(buffer.length, this.length - at))
      if ((await this.fill(wanted, at)) < wanted.length) throw new Error('the spooled file is shorter than it was')
      yield wanted
    }
  }

  /** Where these bytes stand first, from an offset on; -1 where they do not. */
  async indexOf(sought: Buffer, from = 0): Promise<number> {
    for (let at = from; at < this.length; at += this.#chunkBytes) {
      const window = await this.read(at, this.#chunkBytes + sought.length - 1)
      const found = window.indexOf(sought)
      if (found !== -1) return at + found
    }
    return -1
  }

  /** How much is read at once. */
  get chunkBytes(): number {
    return this.#chunkBytes
  }
}
