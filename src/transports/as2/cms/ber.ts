import { BaseBlock, Constructed, fromBER, Integer, ObjectIdentifier } from 'asn1js'
import { demandNesting } from './nesting.ts'

/** What is read has a size, a depth and a number of values; a megabyte that is streamed in pieces of a kilobyte has a thousand. */
const limits = { maxDepth: 32, maxNodes: 1_000_000, parseEmbedded: false, copyInput: false } as const

/** One value of an ASN.1 structure, BER or DER, indefinite lengths and strings in pieces included. */
export class Ber {
  readonly #block: BaseBlock

  private constructor(block: BaseBlock) {
    this.#block = block
  }

  /** The only value of the bytes; zeros and line breaks may follow, anything else not. Throws when there is none. */
  static read(bytes: Uint8Array): Ber {
    demandNesting(bytes)
    const { offset, result } = fromBER(bytes, { ...limits, maxContentLength: bytes.length })
    if (offset === -1 || result.error !== '') throw new Error(`not ASN.1: ${result.error}`)
    if (bytes.subarray(offset).some((byte) => byte !== 0 && byte !== 0x0d && byte !== 0x0a))
      throw new Error('something follows the value')
    return new Ber(result)
  }

  /** The identifier octet: class, constructed bit, number. */
  get tag(): number {
    const { tagClass, tagNumber, isConstructed } = this.#block.idBlock
    return ((tagClass - 1) << 6) | (isConstructed ? 0x20 : 0) | tagNumber
  }

  /** Class and number, whether constructed or not: `[0]` is 0x80. */
  get kind(): number {
    return this.tag & ~0x20
  }

  /** The members, without the marks that end indefinite lengths. Throws for a value that has none. */
  get members(): readonly Ber[] {
    const { value } = this.#block.valueBlock as { readonly value?: unknown }
    if (!Array.isArray(value) || !this.#block.idBlock.isConstructed) throw new Error('a constructed value was expected')
    return value.filter((one): one is BaseBlock => one instanceof BaseBlock && !isEnd(one)).map((one) => new Ber(one))
  }

  /** Identifier, length and content as they came. */
  get whole(): Buffer {
    return viewOf(this.#block.valueBeforeDecodeView)
  }

  /** The content of a string, joined when it came in pieces; of any primitive value else. */
  get bytes(): Buffer {
    if (this.#block.idBlock.isConstructed) return Buffer.concat(this.members.map((one) => one.#piece))
    const { whole } = this
    const first = whole[1] ?? 0
    return whole.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f))
  }

  get #piece(): Buffer {
    if (this.kind !== 0x04) throw new Error('a piece that is no string of octets')
    return this.bytes
  }

  /** Dotted. Throws when it is no OBJECT IDENTIFIER. */
  get objectIdentifier(): string {
    if (!(this.#block instanceof ObjectIdentifier)) throw new Error('an object identifier was expected')
    return this.#block.valueBlock.toString()
  }

  /** Throws when it is no small INTEGER. */
  get number(): number {
    if (!(this.#block instanceof Integer) || this.#block.valueBlock.isHexOnly)
      throw new Error('a small number was expected')
    return this.#block.valueBlock.valueDec
  }

  /** The member at a place. Throws when there is none, or another kind than expected. */
  at(index: number, kind?: number): Ber {
    const found = this.members.at(index)
    if (found === undefined || (kind !== undefined && found.kind !== kind))
      throw new Error(`member ${index} is missing or of another kind`)
    return found
  }

  /** The first member of a kind. */
  find(kind: number): Ber | undefined {
    return this.members.find((one) => one.kind === kind)
  }
}

function isEnd(block: BaseBlock): boolean {
  const { tagClass, tagNumber } = block.idBlock
  return tagClass === 1 && tagNumber === 0 && !(block instanceof Constructed)
}

function viewOf(view: Uint8Array): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength)
}
