import { Writable } from 'node:stream'
import { FolderFailure } from '../files/folder.ts'

/** Collects a download of a known size; a server that sends more is cut off. */
export class BoundedBody extends Writable {
  readonly #most: number
  readonly #chunks: Buffer[] = []
  length = 0

  constructor(most: number) {
    super()
    this.#most = most
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    this.length += chunk.length
    if (this.length > this.#most) return done(new FolderFailure('TOO_LARGE', 'the server sends more than it said'))
    this.#chunks.push(chunk)
    done()
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#chunks)
  }
}
