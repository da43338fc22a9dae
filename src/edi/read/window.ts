/** The bytes of a stream that are still needed: grows at the end, is forgotten at the start, never holds the whole file. */
export class Window {
  bytes = new Uint8Array(leastBytes)
  length = 0
  /** Offset in the stream of the first byte held. */
  base: number

  constructor(base = 0) {
    this.base = base
  }

  append(piece: Uint8Array): void {
    if (this.length + piece.length > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + piece.length))
      grown.set(this.bytes.subarray(0, this.length))
      this.bytes = grown
    }
    this.bytes.set(piece, this.length)
    this.length += piece.length
  }

  /** Forgets everything before a position of the window; positions after it move to the start. */
  dropTo(position: number): void {
    if (position <= 0) return
    this.bytes.copyWithin(0, position, this.length)
    this.length -= position
    this.base += position
  }
}

/** Most documents are small, and a large block that is hardly used costs more than reading them. */
const leastBytes = 4096
