import { OffsetMap } from '../bytes/offset-map.ts'
import type { Fault } from './sink.ts'
import { Utf16 } from './utf16.ts'
import { Window } from './window.ts'

/** Bytes at the start of a file that tell how it is encoded. */
const signatureBytes = 4

/** The bytes of a file as a stream of one byte a character: byte order marks are taken off, UTF-16 becomes UTF-8. */
export class Source {
  readonly window = new Window()
  #encoding: { readonly decoder: Utf16; readonly map: OffsetMap } | undefined
  #isJudged = false
  readonly #report: (fault: Fault) => void

  constructor(report: (fault: Fault) => void) {
    this.#report = report
  }

  get isTranscoded(): boolean {
    return this.#encoding !== undefined
  }

  /** True as soon as the first bytes have been judged, and the window can be read. */
  append(piece: Uint8Array, isLast: boolean): boolean {
    this.window.append(this.#encoding === undefined ? piece : this.#encoding.decoder.push(piece))
    if (!this.#isJudged && (this.window.length >= signatureBytes || isLast)) this.#judge()
    return this.#isJudged
  }

  #judge(): void {
    this.#isJudged = true
    const { bytes, length } = this.window
    const [first, second, third, fourth] = bytes.subarray(0, length)
    const isLittle =
      length > 1 && ((first === 0xff && second === 0xfe) || (isLetter(first) && second === 0 && fourth === 0))
    const isBig =
      length > 1 && ((first === 0xfe && second === 0xff) || (first === 0 && isLetter(second) && third === 0))
    if (isLittle || isBig) {
      const map = new OffsetMap(2)
      const skip = isLetter(first) || first === 0 ? 0 : 2
      const held = bytes.slice(skip, length)
      this.#encoding = { decoder: new Utf16(map, isLittle, skip), map }
      this.window.length = 0
      this.window.append(this.#encoding.decoder.push(held))
      this.#report({ code: 'bytes.utf16', start: 0, end: 2 })
    } else if (first === 0xef && second === 0xbb && third === 0xbf) {
      this.window.dropTo(3)
      this.#report({ code: 'bytes.byte_order_mark', start: 0, end: 3 })
    }
  }

  /** Position in the file of a position in the stream. */
  original(position: number): number {
    return this.#encoding === undefined ? position : this.#encoding.map.toOriginal(position)
  }

  /** Forgets the first bytes of the window, and where they came from. */
  dropTo(position: number): void {
    this.window.dropTo(Math.min(position, this.window.length))
    this.#encoding?.map.forget(this.window.base)
  }
}

/** `I` of ISA or `U` of UNA and UNB: all that a file without a mark can begin with. */
function isLetter(byte: number | undefined): boolean {
  return byte === 0x49 || byte === 0x55
}
