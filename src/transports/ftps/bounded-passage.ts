import { Transform, type TransformCallback } from 'node:stream'
import { FolderFailure } from '../files/folder.ts'

/** Lets a download of a known size through; a server that sends more is cut off. */
export class BoundedPassage extends Transform {
  readonly #most: number
  length = 0

  constructor(most: number) {
    super()
    this.#most = most
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.length += chunk.length
    if (this.length > this.#most) done(new FolderFailure('TOO_LARGE', 'the server sends more than it said'))
    else done(null, chunk)
  }
}
