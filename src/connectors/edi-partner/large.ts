import { InterlineError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { PartCutter } from '../../edi/cut/part-cutter.ts'
import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import type { GroupReport, InterchangeHeader, InterchangeReport, SetReport } from '../../edi/envelope/events.ts'
import { all } from '../../edi/envelope/listeners.ts'
import { GrammarCheck } from '../../edi/validate/check.ts'
import type { JudgedFile, LargeInbound, LargeJudge } from '../kit/large.ts'
import { agreedFor } from './agreed-on.ts'
import { judgeSet } from './agreed-sets.ts'
import { interchangeIdentity } from './door.ts'
import { grammarOf } from './grammar.ts'
import { isAnswerable, missing, receiptOf } from './interchange.ts'
import { InterchangeJudge } from './interchange-judge.ts'
import { type Agreement, acknowledgementPolicy, judgeInterchange, severityPolicy } from './policy.ts'

/** A part is small: while one is translated, messages of others wait. */
const partBytesWanted = 2 * 1024

/** What an interchange of this size means takes the hub the fifth of a second; whoever comes meanwhile would wait for all of it. */
const bytesAbove = 256 * 1024

/** What must be there before the first header can be looked for. */
const headBytes = 4096

/** More sets with errors are no file to answer set by set. */
const refusedSetsMost = 20_000

/** Interchanges of any size: judged to the element, then cut into parts of some sets each. A 997 names only the sets with errors. */
export const large: LargeInbound<Agreement> = {
  bytesAbove,
  judge: (settings) => new DatedJudge(settings),
}

/** Each is answered, and remembered until the file is over. */
const interchangesMost = 1000

function tooMany(place: string, most: string): InterlineError {
  return new InterlineError('CONTENT_INVALID', { place, expected: `at most ${most}`, found: 'more' })
}

const nobody = { message: '', connection: '', contentHash: '', receivedAt: 0 }

/** Judges by what was agreed on the day of the first interchange, which the first piece says. */
class DatedJudge implements LargeJudge {
  readonly #settings: Agreement
  #judge: FileJudge | undefined
  #head = new Uint8Array(0)

  constructor(settings: Agreement) {
    this.#settings = settings
  }

  feed(piece: Uint8Array): void {
    if (this.#judge !== undefined) {
      this.#judge.feed(piece)
      return
    }
    const head = new Uint8Array(this.#head.length + piece.length)
    head.set(this.#head)
    head.set(piece, this.#head.length)
    this.#head = head
    if (head.length >= headBytes) this.#begin()
  }

  end(): JudgedFile {
    return this.#begin().end()
  }

  #begin(): FileJudge {
    if (this.#judge !== undefined) return this.#judge
    const judge = new FileJudge(agreedFor(this.#settings, this.#head, 0))
    this.#judge = judge
    judge.feed(this.#head)
    this.#head = new Uint8Array(0)
    return judge
  }
}

class FileJudge implements LargeJudge {
  readonly #settings: Agreement
  readonly #judge: InterchangeJudge
  readonly #sets = new SetStatuses()
  readonly #reader: EnvelopeReader
  /** What cannot be cut must be known before anything of it is stored. */
  readonly #rehearsal = new PartCutter({
    isAccepted: () => true,
    isEnvelopeAccepted: () => true,
    bytesWanted: partBytesWanted,
    emit: () => {},
  })

  constructor(settings: Agreement) {
    this.#settings = settings
    this.#judge = new InterchangeJudge({ ...acknowledgementPolicy(settings), sets: 'with_errors' })
    const choose = grammarOf(settings.overlays)
    this.#reader = new EnvelopeReader(all(this.#judge.listener, this.#sets), {
      severity: severityPolicy(settings.severities),
      openSetCheck: (header, report) => {
        const set = choose(header)
        return set === undefined ? undefined : GrammarCheck.open(set, report, { syntax: header.syntax })
      },
      judgeInterchange: (header) => judgeInterchange(header, settings),
      judgeSet: (header) => judgeSet(header, settings.receives),
      setsMax: Number.MAX_SAFE_INTEGER,
    })
  }

  feed(piece: Uint8Array): void {
    this.#reader.feed(piece)
    this.#rehearsal.feed(piece)
  }

  end(): JudgedFile {
    this.#reader.end()
    this.#rehearsal.end()
    const { interchanges } = this.#judge
    if (!interchanges.some(isAnswerable)) throw missing()
    const policy = acknowledgementPolicy(this.#settings)
    // What cannot be answered must not be stored: drafted once to see that it can.
    for (const read of interchanges.filter(isAnswerable)) receiptOf(read, policy, nobody)
    return {
      documents: interchanges.map((read) => ({
        identity: interchangeIdentity(read.report.header),
        start: read.report.header.start,
        end: read.report.end,
        receipt: (stored) => (isAnswerable(read) ? [receiptOf(read, policy, stored)] : []),
      })),
      cut: (emit) =>
        new PartCutter({
          isAccepted: (set) => this.#sets.isAccepted(set),
          isEnvelopeAccepted: (index) => interchanges[index]?.report.status !== 'rejected',
          bytesWanted: partBytesWanted,
          emit: ({ interchange: document, bytes, isAccepted }) => emit({ document, bytes, isAccepted }),
        }),
    }
  }
}

/** Which sets of the file count: a byte each, so that a million of them are a megabyte. */
class SetStatuses {
  #accepted = new Uint8Array(1024)
  #count = 0
  #ofGroup = 0
  #ofInterchange = 0
  #refused = 0

  isAccepted(set: number): boolean {
    return this.#accepted[set] === 1
  }

  setClosed({ header, status, end }: SetReport): void {
    // A set is in one part, and a part is one message.
    if (end - header.start > limits.rawBodyBytes / 2)
      throw tooMany(`set ${header.controlNumber.slice(0, 14)}`, `${limits.rawBodyBytes / 2} bytes`)
    if (status !== 'accepted' && ++this.#refused > refusedSetsMost)
      throw tooMany('the file', `${refusedSetsMost} sets with errors`)
    if (this.#count === this.#accepted.length) {
      const grown = new Uint8Array(this.#count * 2)
      grown.set(this.#accepted)
      this.#accepted = grown
    }
    this.#accepted[this.#count++] = status === 'rejected' ? 0 : 1
  }

  groupOpened(): void {
    this.#ofGroup = this.#count
  }

  groupClosed({ status }: GroupReport): void {
    if (status === 'rejected') this.#accepted.fill(0, this.#ofGroup, this.#count)
  }

  interchangeOpened({ index }: InterchangeHeader): void {
    if (index >= interchangesMost) throw tooMany('the file', `${interchangesMost} interchanges`)
    this.#ofInterchange = this.#count
  }

  interchangeClosed({ status }: InterchangeReport): void {
    if (status === 'rejected') this.#accepted.fill(0, this.#ofInterchange, this.#count)
  }
}
