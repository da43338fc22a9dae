/**
 * Memory for large bodies on their way. Held in the objects of the main thread, twenty megabytes of a stranger make its collector look
 * through everything that lives, again and again: shared blocks are none of its business, and another thread can read them as they are.
 * Used again and again, because nothing hurries the collector to free those that are dropped.
 */
export class Blocks {
  readonly #free: SharedArrayBuffer[] = []

  take(): SharedArrayBuffer {
    return this.#free.pop() ?? new SharedArrayBuffer(blockBytes)
  }

  give(blocks: readonly SharedArrayBuffer[]): void {
    for (const block of blocks) if (this.#free.length < freeMost) this.#free.push(block)
  }
}

/** 256 KiB: small enough that a short body wastes little, large enough that a long one has few. */
export const blockBytes = 256 * 1024
/** Together one body of the largest size. */
const freeMost = 100

/** Bytes that are copied into blocks one after the other. */
export class BlockWriter {
  readonly blocks: SharedArrayBuffer[] = []
  bytes = 0
  readonly #pool: Blocks
  #last: Uint8Array = new Uint8Array()
  #room = 0

  constructor(pool: Blocks) {
    this.#pool = pool
  }

  write(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#room === 0) {
        const block = this.#pool.take()
        this.blocks.push(block)
        this.#last = new Uint8Array(block)
        this.#room = block.byteLength
      }
      const part = chunk.subarray(at, at + this.#room)
      this.#last.set(part, this.#last.length - this.#room)
      this.#room -= part.length
      at += part.length
    }
    this.bytes += chunk.length
  }

  /** Its blocks may be used for something else from now on. */
  free(): void {
    this.#pool.give(this.blocks.splice(0))
    this.#room = 0
  }
}

/** What was written into blocks, in one piece of its own. */
export function joined({
  blocks,
  bytes,
}: {
  readonly blocks: readonly SharedArrayBuffer[]
  readonly bytes: number
}): Buffer {
  const whole = Buffer.allocUnsafeSlow(bytes)
  let at = 0
  for (const block of blocks) {
    const part = new Uint8Array(block, 0, Math.min(block.byteLength, bytes - at))
    whole.set(part, at)
    at += part.length
  }
  return whole
}
