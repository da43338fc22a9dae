import { InterlineError } from '../../base/errors.ts'
import { type Delimiters, isAlphanumeric } from '../bytes/delimiters.ts'
import { packText } from '../bytes/text.ts'
import { EnvelopeReader } from '../envelope/envelope-reader.ts'
import type { EnvelopeListener, GroupHeader, InterchangeHeader, SetHeader, SetReport } from '../envelope/events.ts'
import type { Segment } from '../read/segment.ts'
import { Window } from '../read/window.ts'
import { SegmentWriter } from '../write/segment-writer.ts'
import { segment } from '../write/written.ts'

/** Some sets of an interchange, as an interchange that can be read by itself: its own header, its own bytes, trailers that fit. */
export interface CutPart {
  /** Which one of the file, from 0. */
  readonly interchange: number
  readonly bytes: Uint8Array
  readonly isAccepted: boolean
}

/** Which sets of a file may share a part, and how large a part becomes. */
export interface CutOptions {
  /** Whether the set counts, by its place among all sets of the file. Sets that count and others are never in one part. */
  readonly isAccepted: (set: number) => boolean
  /** The same of an interchange, for what stands in no set of it. */
  readonly isEnvelopeAccepted: (interchange: number) => boolean
  /** A part ends after the set with which it reaches this size. */
  readonly bytesWanted: number
  readonly emit: (part: CutPart) => void
}

/** Sets that are about to become a part. */
interface Gathered {
  readonly isAccepted: boolean
  readonly sets: Uint8Array[]
  bytes: number
}

/**
 * Cuts a file of any size into parts, in the order of the file, while it passes: every set is in exactly one of them, byte for byte.
 * What stands between sets (trailers, what belongs nowhere) is in none; the judgement of the whole file is about that.
 */
export class PartCutter implements EnvelopeListener {
  readonly #options: CutOptions
  readonly #window = new Window()
  readonly #reader = new EnvelopeReader(this)
  #interchange: { readonly header: InterchangeHeader; readonly raw: Uint8Array } | undefined
  #group: { readonly header: GroupHeader; readonly raw: Uint8Array } | undefined
  #gathered: Gathered | undefined
  #openSet: SetHeader | undefined
  #sets = 0
  /** End of the last set or header: nothing before it is needed any more, unless a set is open. */
  #done = 0

  constructor(options: CutOptions) {
    this.#options = options
  }

  feed(piece: Uint8Array): void {
    this.#window.append(piece)
    this.#reader.feed(piece)
    // A header or set may begin in what was not read yet: the reader itself holds less than that.
    const needed = this.#openSet?.start ?? Math.max(this.#done, this.#window.base + this.#window.length - keptBytes)
    this.#window.dropTo(Math.min(needed - this.#window.base, this.#window.length))
  }

  end(): void {
    this.#reader.end()
  }

  interchangeOpened(header: InterchangeHeader): void {
    const raw = header.isBare ? new Uint8Array() : this.#header(header.start, header.delimiters)
    this.#interchange = { header, raw }
  }

  groupOpened(header: GroupHeader, { delimiters }: InterchangeHeader): void {
    this.#flush()
    this.#group = { header, raw: this.#header(header.start, delimiters) }
  }

  setOpened(header: SetHeader): void {
    this.#openSet = header
  }

  /** An acknowledgement of an envelope stands in no set: it is a part by itself, in its place. */
  segment(found: Segment, number: number): void {
    const interchange = this.#interchange
    if (number !== 0 || found.packed !== TA1 || interchange === undefined) return
    this.#flush()
    const { header } = interchange
    const bytes = this.#slice(found.offset(found.start), found.offset(found.end), header.delimiters)
    this.#gathered = { isAccepted: this.#options.isEnvelopeAccepted(header.index), sets: [bytes], bytes: 0 }
    this.#done = found.offset(found.end)
    this.#emit(0)
  }

  setClosed({ header, end }: SetReport): void {
    this.#openSet = undefined
    const isAccepted = this.#options.isAccepted(this.#sets++)
    const bytes = this.#slice(header.start, end, header.interchange.delimiters)
    this.#done = end
    if (this.#gathered !== undefined && this.#gathered.isAccepted !== isAccepted) this.#flush()
    this.#gathered ??= { isAccepted, sets: [], bytes: 0 }
    this.#gathered.sets.push(bytes)
    this.#gathered.bytes += bytes.length
    if (this.#gathered.bytes >= this.#options.bytesWanted) this.#flush()
  }

  groupClosed(): void {
    this.#flush()
    this.#group = undefined
  }

  interchangeClosed(): void {
    this.#flush()
    this.#interchange = undefined
  }

  #flush(): void {
    this.#emit(this.#gathered?.sets.length ?? 0)
  }

  #emit(sets: number): void {
    const gathered = this.#gathered
    const interchange = this.#interchange
    this.#gathered = undefined
    if (gathered === undefined || interchange === undefined) return
    const { header, raw } = interchange
    const writer = new SegmentWriter({ delimiters: header.delimiters })
    if (header.syntax === 'edifact' && !header.isBare) writer.content(serviceAdvice(header.delimiters))
    writer.content(raw)
    if (this.#group !== undefined) writer.content(this.#group.raw)
    for (const set of gathered.sets) writer.content(set)
    closeEnvelope(writer, header, { group: this.#group?.header, sets })
    this.#options.emit({ interchange: header.index, bytes: writer.take(), isAccepted: gathered.isAccepted })
  }

  /** A header segment with its terminator, as it stands in the file. */
  #header(start: number, { segment: terminator, release }: Delimiters): Uint8Array {
    const { bytes, base, length } = this.#window
    if (![0, 1].every((at) => isAlphanumeric(bytes[start - base + at]))) throw unfit()
    for (let at = Math.max(0, start - base); at < length; at++) {
      if (bytes[at] === release && release >= 0) at++
      else if (bytes[at] === terminator) {
        this.#done = base + at + 1
        return bytes.slice(start - base, at + 1)
      }
    }
    throw unfit()
  }

  #slice(start: number, end: number, { segment: terminator }: Delimiters): Uint8Array {
    const { bytes, base, length } = this.#window
    if (start < base || end - base > length) throw unfit()
    const isTerminated = bytes[end - 1 - base] === terminator
    if (isTerminated) return bytes.slice(start - base, end - base)
    const withEnd = bytes[end - base] === terminator && end - base < length ? end + 1 : end
    return bytes.slice(start - base, withEnd - base)
  }
}

const TA1 = packText('TA1')

/** Larger than any header segment with what may stand before it. */
const keptBytes = 128 * 1024

/** Bytes and what was read of them do not go together: two bytes a character, or delimiters of several bytes. */
function unfit(): InterlineError {
  return new InterlineError('CONTENT_INVALID', {
    place: 'the file',
    expected: 'one byte a character and delimiters of one byte, in a file that is taken in parts',
    found: 'another encoding',
  })
}

function serviceAdvice({ component, element, decimal, release, repetition, segment: end }: Delimiters): Uint8Array {
  const blank = 0x20
  const bytes = [component, element, decimal, release < 0 ? blank : release, repetition < 0 ? blank : repetition, end]
  return Uint8Array.of(...new TextEncoder().encode('UNA'), ...bytes)
}

function closeEnvelope(
  writer: SegmentWriter,
  { syntax, controlNumber, isBare }: InterchangeHeader,
  { group, sets }: { readonly group: GroupHeader | undefined; readonly sets: number },
): void {
  if (isBare) return
  const [groupEnd, interchangeEnd] = syntax === 'x12' ? ['GE', 'IEA'] : ['UNE', 'UNZ']
  if (group !== undefined) writer.segment(segment(groupEnd, String(sets), group.controlNumber))
  // EDIFACT counts groups where there are some, and messages where there are none.
  const count = group !== undefined ? '1' : syntax === 'x12' ? '0' : String(sets)
  writer.segment(segment(interchangeEnd, count, controlNumber))
}
