import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import type { EnvelopeListener, GroupHeader, InterchangeHeader, SetHeader } from '../../edi/envelope/events.ts'
import type { Dictionary } from '../../edi/grammar/segment.ts'
import { copySegment, type Segment } from '../../edi/read/segment.ts'
import { setSource, versionOf, versionRead } from '../../edi/sets/find.ts'
import { openGrammarCheck } from '../../edi/validate/open.ts'
import { verdictCodes } from '../../edi/verdict/codes.ts'
import type { Verdict } from '../../edi/verdict/verdict.ts'
import type { SegmentView, ViewedSegment, ViewedVerdict } from '../../gateway/shown/segment-view.ts'

/** Segments that a person reads at once, verdicts that are told, and bytes that are read on the thread of everybody. */
export const segmentsShown = 200
const verdictsShown = 500
const bytesMost = 512 * 1024
const excerptBytes = 24

/** What a message holds, segment by segment, with everything that is wrong at its byte. Undefined where it is no EDI. */
export function viewSegments(body: Uint8Array, from: number): SegmentView | undefined {
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, 4096)).toString('latin1')
  if (!/^[\s\ufeff\u00ef\u00bb\u00bf]*(ISA|UNA|UNB)/.test(head)) return undefined
  const part = body.subarray(0, bytesMost)
  const viewer = new Viewer(from, part)
  const reader = new EnvelopeReader(viewer, { openSetCheck: openGrammarCheck })
  reader.feed(part)
  // The rest of a longer message is not missing from it.
  if (part.length === body.length) reader.end()
  return viewer.syntax === undefined ? undefined : viewer.view(viewer.syntax)
}

class Viewer implements EnvelopeListener {
  syntax: 'x12' | 'edifact' | undefined
  readonly #from: number
  readonly #body: Uint8Array
  readonly #starts: number[] = []
  readonly #segments: ViewedSegment[] = []
  readonly #verdicts: Verdict[] = []
  #more = false
  #dictionary: Dictionary | undefined

  constructor(from: number, body: Uint8Array) {
    this.#from = from
    this.#body = body
  }

  interchangeOpened({ syntax, start }: InterchangeHeader): void {
    this.syntax ??= syntax
    this.#envelope(syntax === 'x12' ? 'ISA' : 'UNB', start)
  }

  groupOpened({ start }: GroupHeader, { syntax }: InterchangeHeader): void {
    this.#envelope(syntax === 'x12' ? 'GS' : 'UNG', start)
  }

  setOpened(header: SetHeader): void {
    const version = versionRead(header.identifier, versionOf(header))
    this.#dictionary = version === undefined ? undefined : setSource(header.identifier, version)?.dictionary
  }

  segment(segment: Segment): void {
    const index = this.#starts.push(segment.offset(segment.start)) - 1
    if (index < this.#from || index >= this.#from + segmentsShown) return
    const { tag, elements, offset } = copySegment(segment)
    const slots = this.#dictionary?.segments.get(tag)?.elements ?? []
    this.#segments.push({
      index,
      tag,
      start: offset,
      elements: elements.map((values, at) => {
        const dataElement = slots[at]?.id
        return dataElement === undefined ? { values } : { dataElement, values }
      }),
    })
  }

  setClosed({ verdicts }: { readonly verdicts: readonly Verdict[] }): void {
    this.#note(verdicts)
  }

  groupClosed({ verdicts }: { readonly verdicts: readonly Verdict[] }): void {
    this.#note(verdicts)
  }

  interchangeClosed({ verdicts }: { readonly verdicts: readonly Verdict[] }): void {
    this.#note(verdicts)
  }

  stray(verdict: Verdict): void {
    this.#note([verdict])
  }

  view(syntax: 'x12' | 'edifact'): SegmentView {
    return {
      syntax,
      total: this.#starts.length,
      segments: this.#segments,
      hasMoreVerdicts: this.#more,
      verdicts: this.#verdicts.toSorted((one, other) => one.start - other.start).map((one) => this.#shown(one)),
      bytesRead: this.#body.length,
    }
  }

  /** Headers of interchanges and groups are no segments of a set: they are shown as they lie in the file. */
  #envelope(tag: string, start: number): void {
    const index = this.#starts.push(start) - 1
    if (index >= this.#from && index < this.#from + segmentsShown)
      this.#segments.push({ index, tag, start, elements: [] })
  }

  #note(verdicts: readonly Verdict[]): void {
    const room = verdictsShown - this.#verdicts.length
    this.#verdicts.push(...verdicts.slice(0, room))
    if (verdicts.length > room) this.#more = true
  }

  #shown({ code, severity, start, end, element = 0, value }: Verdict): ViewedVerdict {
    const segment = this.#segmentAt(start)
    return {
      code,
      severity,
      title: verdictCodes[code].title,
      start,
      end,
      ...(segment < 0 ? {} : { segment }),
      ...(element === 0 ? {} : { element }),
      ...(value === undefined || value === '' ? {} : { value }),
      before: this.#text(Math.max(0, start - excerptBytes), start),
      at: this.#text(start, Math.min(end, start + excerptBytes)),
      after: this.#text(end, end + excerptBytes),
    }
  }

  /** The last segment that begins at or before this byte. */
  #segmentAt(byte: number): number {
    let [low, high] = [0, this.#starts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= byte) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  #text(from: number, to: number): string {
    const bytes = this.#body.subarray(from, to)
    return Array.from(bytes, (byte) =>
      byte < 0x20 || (byte > 0x7e && byte < 0xa0) ? '·' : String.fromCharCode(byte),
    ).join('')
  }
}
