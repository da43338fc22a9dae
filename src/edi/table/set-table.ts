import type { Charset } from '../bytes/charset.ts'
import type { Delimiters } from '../bytes/delimiters.ts'
import { shortText } from '../bytes/text.ts'
import type { Loop, Position } from '../grammar/compiled.ts'
import { markKind, type Segment, segmentFlags, textBetween } from '../read/segment.ts'

/** Numbers of a segment, in the order in which they are stored. */
const field = { position: 0, start: 1, end: 2, marksFrom: 3, marksTo: 4, flags: 5, opens: 6 } as const
const fields = 7

/** An instance of a loop: its loop, and the segments in it, with those of the loops in it. */
interface Instance {
  loop: Loop
  first: number
  end: number
}

/** Which values of a segment are read, of the first repetition of each element. */
export interface Wanted {
  /** Element × `width` + component, both from 1, to the place of its text; -1 for what nobody wants. */
  readonly places: Int16Array
  readonly width: number
  /** The last element of which something is wanted. */
  readonly last: number
  /** What is read; used again for the next segment. */
  readonly texts: string[]
  /** Leave blanks where they are. */
  readonly isRaw?: boolean
}

/**
 * The segments of one set as they came, in the places that the grammar gives them: bytes, marks and numbers in a few blocks that the next
 * set uses again. Nothing becomes text or an object before a map asks for it. Loops are instances from 0, the set itself; each is a row of
 * segments, with its own loops in it.
 */
export class SetTable {
  #bytes = new Uint8Array(2048)
  #length = 0
  #marks = new Uint32Array(512)
  #markCount = 0
  #numbers = new Int32Array(64 * fields)
  #segments = 0
  readonly #instances: Instance[] = []
  #instanceCount = 0
  /** Instances that are open, from the outside in: as many as `depth` says. */
  readonly #open: number[] = []
  #depth = 0
  #delimiters: Delimiters | undefined
  #charset: Charset | undefined
  #turn = 0

  /** Changes with every set: whoever reads later than he may is found out. */
  get turn(): number {
    return this.#turn
  }

  /** Forgets everything, ready for a set whose outermost loop this is. */
  begin(root: Loop): void {
    this.#length = this.#markCount = this.#segments = this.#instanceCount = this.#depth = 0
    this.#turn++
    this.#enter(root)
  }

  add(position: Position, segment: Segment): void {
    const { loop, isTrigger, index } = position
    this.#closeTo(isTrigger ? loop.parent : loop)
    const opens = isTrigger ? this.#enter(loop) : -1
    const { start, end, marks, markCount, bytes } = segment
    this.#delimiters = segment.delimiters
    this.#charset = segment.charset
    if (this.#length + end - start > this.#bytes.length) this.#growBytes(end - start)
    if (this.#markCount + markCount > this.#marks.length) this.#growMarks(markCount)
    if ((this.#segments + 1) * fields > this.#numbers.length) this.#growNumbers()
    const own = this.#bytes
    let to = this.#length
    const from = to
    // Segments are short: a call of `set` costs more than it does.
    for (let at = start; at < end; at++) own[to++] = bytes[at] as number
    this.#length = to
    const ownMarks = this.#marks
    let mark = this.#markCount
    const numbers = this.#numbers
    const at = this.#segments++ * fields
    numbers[at + field.position] = index
    numbers[at + field.start] = from
    numbers[at + field.end] = to
    numbers[at + field.marksFrom] = mark
    for (let one = 0; one < markCount; one++) ownMarks[mark++] = marks[one] as number
    numbers[at + field.marksTo] = mark
    numbers[at + field.flags] = segment.flags
    numbers[at + field.opens] = opens
    this.#markCount = mark
  }

  /** The set is over. */
  end(): void {
    this.#closeTo(undefined)
    const [root] = this.#instances
    if (root !== undefined) root.end = this.#segments
  }

  /** First and last segment of an instance. */
  first(instance: number): number {
    return this.#instances[instance]?.first ?? 0
  }

  endOf(instance: number): number {
    return this.#instances[instance]?.end ?? 0
  }

  /** Index of the loop that it is an instance of. */
  loopOf(instance: number): number {
    return this.#instances[instance]?.loop.index ?? 0
  }

  /** Index of the place of a segment in the grammar. */
  positionOf(segment: number): number {
    return this.#numbers[segment * fields + field.position] as number
  }

  /** The instance that begins with a segment; -1 for none. */
  opens(segment: number): number {
    return this.#numbers[segment * fields + field.opens] as number
  }

  /** Values of a segment by their places in `wanted`; empty where there is none. Senders of X12 fill values up with blanks: they are none. */
  read(segment: number, wanted: Wanted): void {
    const { places, width, last, texts } = wanted
    for (let place = 0; place < texts.length; place++) texts[place] = ''
    const numbers = this.#numbers
    const at = segment * fields
    const start = numbers[at + field.start] as number
    const end = numbers[at + field.end] as number
    const marksTo = numbers[at + field.marksTo] as number
    const isPlain = ((numbers[at + field.flags] as number) & (segmentFlags.released | segmentFlags.high)) === 0
    const marks = this.#marks
    const bytes = this.#bytes
    let element = 0
    let component = 1
    let isRepeated = false
    for (let one = numbers[at + field.marksFrom] as number; one < marksTo; one++) {
      const mark = marks[one] as number
      const kind = mark & 3
      if (kind === markKind.element || element === 0) {
        if (++element > last) return
        component = 1
        isRepeated = false
      } else if (kind === markKind.repetition) isRepeated = true
      else component++
      if (isRepeated || component >= width) continue
      const place = places[element * width + component] as number
      if (place < 0) continue
      const from = start + (mark >> 2) + 1
      const to = one + 1 < marksTo ? start + ((marks[one + 1] as number) >> 2) : end
      if (from >= to) continue
      const text = isPlain ? shortText(bytes, from, to) : this.#decoded(at, from, to)
      texts[place] = wanted.isRaw !== true && isPadded(text) ? text.trim() : text
    }
  }

  #decoded(at: number, from: number, to: number): string {
    if (this.#delimiters === undefined) return ''
    const flags = this.#numbers[at + field.flags] as number
    return textBetween({ bytes: this.#bytes, flags, delimiters: this.#delimiters, charset: this.#charset }, from, to)
  }

  #enter(loop: Loop): number {
    const at = this.#instanceCount++
    const known = this.#instances[at]
    if (known === undefined) this.#instances.push({ loop, first: this.#segments, end: 0 })
    else {
      known.loop = loop
      known.first = this.#segments
    }
    this.#open[this.#depth++] = at
    return at
  }

  /** A loop that is not open: what comes stands in the set itself. */
  #closeTo(loop: Loop | undefined): void {
    const open = this.#open
    while (this.#depth > 1) {
      const instance = this.#instances[open[this.#depth - 1] as number]
      if (instance === undefined || instance.loop === loop) return
      instance.end = this.#segments
      this.#depth--
    }
  }

  #growBytes(by: number): void {
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + by))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
  }

  #growMarks(by: number): void {
    const grown = new Uint32Array(Math.max(this.#marks.length * 2, this.#markCount + by))
    grown.set(this.#marks.subarray(0, this.#markCount))
    this.#marks = grown
  }

  #growNumbers(): void {
    const grown = new Int32Array(this.#numbers.length * 2)
    grown.set(this.#numbers)
    this.#numbers = grown
  }
}

function isPadded(text: string): boolean {
  return text.charCodeAt(text.length - 1) <= 0x20 || text.charCodeAt(0) <= 0x20
}
