import type { Detected } from '../read/detected.ts'
import { EdiReader } from '../read/reader.ts'
import type { Segment } from '../read/segment.ts'
import type { Fault, ReaderOptions, ReaderSink } from '../read/sink.ts'
import type { VerdictCode } from '../verdict/codes.ts'
import type { SeverityPolicy } from '../verdict/severity.ts'
import type { Finding } from '../verdict/verdict.ts'
import { edifactDialect } from './edifact.ts'
import type { EnvelopeListener, InterchangeHeader, OpenSetCheck, SetHeader } from './events.ts'
import { Findings } from './findings.ts'
import { InterchangeState } from './interchange-state.ts'
import { SeenNumbers } from './seen-numbers.ts'
import { x12Dialect } from './x12.ts'

/** What the agreement and the registry hand in. */
export interface EnvelopeOptions extends Partial<ReaderOptions> {
  readonly severity?: SeverityPolicy
  /** The grammar; without it only bytes and envelope are judged. */
  readonly openSetCheck?: OpenSetCheck
  /** What the registry knows of this interchange: sender, receiver, agreement, test flag, an earlier one of the same number. */
  readonly judgeInterchange?: (header: InterchangeHeader) => readonly Finding[]
  /** Whether the agreement has sets of this kind; what is wrong where it does not. */
  readonly judgeSet?: (header: SetHeader) => VerdictCode | undefined
  readonly setsMax?: number
  readonly verdictsPerSetMax?: number
}

/** Limits that hold where the agreement names none. */
export const envelopeDefaults = { setsMax: 1_000_000, verdictsPerSetMax: 1_000 }

/**
 * Reads a file of X12 and EDIFACT interchanges in one pass: hands on headers, segments and one verdict for everything that is
 * wrong, and says of each set, group and interchange what becomes of it. Memory does not grow with the file.
 */
export class EnvelopeReader implements ReaderSink {
  readonly #reader: EdiReader
  readonly #listener: EnvelopeListener
  readonly #options: EnvelopeOptions
  readonly #interchangeNumbers = new SeenNumbers(10_000)
  #state: InterchangeState | undefined
  #count = 0

  constructor(listener: EnvelopeListener, options: EnvelopeOptions = {}) {
    this.#listener = listener
    this.#options = options
    this.#reader = new EdiReader(this, options)
  }

  feed(chunk: Uint8Array): void {
    this.#reader.feed(chunk)
  }

  end(): void {
    this.#reader.end()
  }

  interchangeFound(detected: Detected, offset: number): void {
    this.#state = new InterchangeState({
      dialect: detected.syntax === 'x12' ? x12Dialect : edifactDialect,
      detected,
      index: this.#count++,
      offset,
      listener: this.#listener,
      options: this.#options,
      isRepeated: (key) => this.#interchangeNumbers.add(key),
    })
  }

  segment(segment: Segment): void {
    this.#state?.segment(segment)
  }

  binary(bytes: Uint8Array): void {
    this.#listener.binary?.(bytes)
  }

  fault(fault: Fault): void {
    if (this.#state !== undefined) {
      this.#state.fault(fault)
      return
    }
    const findings = new Findings({ interchange: -1, group: -1, set: -1 }, this.#options.severity ?? {}, 1)
    findings.add(fault)
    for (const verdict of findings.kept) this.#listener.stray?.(verdict)
  }

  interchangeEnded(offset: number): void {
    this.#state?.end(offset)
    this.#state = undefined
  }
}
