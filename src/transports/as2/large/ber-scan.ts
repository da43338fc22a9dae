import type { Stretch } from './stretch.ts'

/** Identifier octet and length of a value; without a length it lasts until its mark of the end. */
export interface BerHeader {
  readonly tag: number
  readonly length: number | undefined
}

/** A constructed value that was entered; without an end it lasts until its mark. */
export interface Entered {
  readonly end: number | undefined
}

/** Reads BER from a stretch forwards, through a window: headers one by one, contents skipped or taken. Throws for lengths that lie. */
export class BerScan {
  readonly #stretch: Stretch
  #offset: number
  /** Read into again and again: what is taken of it holds good until something else is asked for. */
  readonly #room: Buffer
  #window: Buffer = Buffer.alloc(0)
  #windowStart = 0

  constructor(stretch: Stretch, offset = 0) {
    this.#stretch = stretch
    this.#offset = offset
    this.#room = Buffer.allocUnsafeSlow(Math.max(Math.min(stretch.chunkBytes, stretch.length), headerBytesMost))
  }

  get offset(): number {
    return this.#offset
  }

  get isOver(): boolean {
    return this.#offset >= this.#stretch.length
  }

  /** The header that comes next, which stays unread. */
  async peek(): Promise<BerHeader> {
    const at = this.#offset
    const header = await this.header()
    this.#offset = at
    return header
  }

  /** Throws where it is cut off, or has a tag or a length that CMS does not use. */
  async header(): Promise<BerHeader> {
    if (!this.#has(headerBytesMost)) await this.#load()
    const tag = this.#byte()
    if ((tag & 0x1f) === 0x1f) throw new Error('a tag that CMS does not have')
    const first = this.#byte()
    if (first < 0x80) return this.#within({ tag, length: first })
    if (first === 0x80) {
      if ((tag & 0x20) === 0) throw new Error('a primitive value without a length')
      return { tag, length: undefined }
    }
    const octets = first & 0x7f
    if (octets > 6) throw new Error('a length of more than six octets')
    let length = 0
    for (let index = 0; index < octets; index++) length = length * 256 + this.#byte()
    return this.#within({ tag, length })
  }

  /** Goes over content without looking at it. */
  pass(bytes: number): void {
    this.#offset += bytes
  }

  /** Content up to a limit; it holds good until something else is asked for. */
  async take(bytes: number): Promise<Buffer> {
    if (!this.#has(bytes)) await this.#load()
    const window = this.#held()
    if (window.length === 0 && bytes > 0) throw new Error('it ends too early')
    const taken = window.subarray(0, Math.min(bytes, window.length))
    this.#offset += taken.length
    return taken
  }

  /** Goes over a whole value, however it is nested. */
  async skip(): Promise<void> {
    let depth = 0
    do {
      const { tag, length } = await this.header()
      if (tag === 0 && length === 0) {
        if (depth === 0) throw new Error('an end without a beginning')
        depth--
      } else if (length === undefined) {
        if (++depth > depthMost) throw new Error(`nested more than ${depthMost} deep`)
      } else this.pass(length)
    } while (depth > 0)
  }

  /** Into a constructed value with this tag. */
  async enter(tag: number): Promise<Entered> {
    const header = await this.header()
    if (header.tag !== tag) throw new Error(`tag ${header.tag} where ${tag} was expected`)
    return { end: header.length === undefined ? undefined : this.#offset + header.length }
  }

  /** Whether another member follows; otherwise its end is behind us. */
  async more({ end }: Entered): Promise<boolean> {
    if (end !== undefined) {
      if (this.#offset > end) throw new Error('a member is longer than what it is in')
      return this.#offset < end
    }
    const { tag, length } = await this.peek()
    if (tag !== 0 || length !== 0) return true
    this.pass(2)
    return false
  }

  #within(header: { readonly tag: number; readonly length: number }): BerHeader {
    if (this.#offset + header.length > this.#stretch.length) throw new Error('it ends too early')
    return header
  }

  #byte(): number {
    const byte = this.#window[this.#offset - this.#windowStart]
    if (byte === undefined) throw new Error('it ends too early')
    this.#offset++
    return byte
  }

  #has(bytes: number): boolean {
    return this.#offset >= this.#windowStart && this.#offset + bytes <= this.#windowStart + this.#window.length
  }

  #held(): Buffer {
    return this.#window.subarray(Math.max(0, this.#offset - this.#windowStart))
  }

  async #load(): Promise<void> {
    this.#windowStart = this.#offset
    this.#window = this.#room.subarray(0, await this.#stretch.fill(this.#room, this.#offset))
  }
}

/** Values without a length that lie within each other. */
export const depthMost = 32
const headerBytesMost = 8
