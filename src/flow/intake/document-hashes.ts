import type { JudgedDocument } from '../../connectors/kit/large.ts'

/** SHA-256 of bytes that come in pieces; ends in hex. */
export interface RunningHash {
  update(piece: Uint8Array): void
  digest(): string
}

/** The hash of the file and of each document in it, in one pass. */
export class DocumentHashes {
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
