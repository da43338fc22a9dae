import { type Answer, AnswerCollector } from '../../edi/acknowledge/collector.ts'
import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import type {
  EnvelopeListener,
  GroupReport,
  InterchangeReport as Judged,
  SetReport,
} from '../../edi/envelope/events.ts'
import { all } from '../../edi/envelope/listeners.ts'
import type { Verdict } from '../../edi/verdict/verdict.ts'
import type { ReportedVerdict } from '../../model/interchange/report.ts'
import type { Document } from '../kit/connector.ts'
import { AnswerReader } from './answers/answer-reader.ts'
import { grammarOf } from './grammar.ts'
import { SetReader } from './meaning/set-reader.ts'
import { type Agreement, acknowledgementPolicy, judgeInterchange, severityPolicy } from './policy.ts'

/** Verdicts of one interchange that its fact carries. */
const verdictsMax = 50

/** An interchange as it was judged, and what it is answered with. */
export interface ReadInterchange {
  readonly report: Judged
  readonly answer: Answer | undefined
  /** The first ones; `verdictCount` of all. */
  readonly verdicts: readonly ReportedVerdict[]
  readonly verdictCount: number
}

/** What one pass over a file finds: for its answers, and for its meaning. */
export interface ReadFile {
  readonly interchanges: readonly ReadInterchange[]
  readonly sets: SetReader
  readonly answers: AnswerReader
}

const read = new WeakMap<Document, { readonly settings: Agreement; readonly file: ReadFile }>()

/**
 * Reads a file to the element, once for the receipt and the map of one translation. The door has read it before, but only as far as its
 * keys; between the two the bytes were stored, and perhaps another process goes on. Throws EDI_OVERLAY_UNKNOWN, EDI_SEVERITY_UNKNOWN.
 */
export function readFile(document: Document, settings: Agreement): ReadFile {
  const known = read.get(document)
  if (known?.settings === settings) return known.file
  const file = readOnce(document, settings)
  read.set(document, { settings, file })
  return file
}

function readOnce(document: Document, settings: Agreement): ReadFile {
  const policy = acknowledgementPolicy(settings)
  const interchanges: ReadInterchange[] = []
  const notes = new Notes()
  const sets = new SetReader(grammarOf(settings.overlays))
  const answers = new AnswerReader(settings)
  let answer: Answer | undefined
  const collector = new AnswerCollector(
    () => policy,
    (made) => {
      answer = made
    },
  )
  const closing: EnvelopeListener = {
    interchangeClosed: (report) => {
      interchanges.push({ report, answer, ...notes.take() })
      answer = undefined
    },
  }
  const reader = new EnvelopeReader(all(collector, notes, sets, answers, closing), {
    severity: severityPolicy(settings.severities),
    openSetCheck: sets.openSetCheck,
    judgeInterchange: (header) => judgeInterchange(header, settings),
  })
  reader.feed(document.bytes)
  reader.end()
  return { interchanges, sets, answers }
}

/** Collects what is told of one interchange: the first verdicts, and how many there are. */
class Notes implements EnvelopeListener {
  #verdicts: ReportedVerdict[] = []
  #count = 0

  setClosed(report: SetReport): void {
    this.#note(report.verdicts)
  }

  groupClosed(report: GroupReport): void {
    this.#note(report.verdicts)
  }

  interchangeClosed(report: Judged): void {
    this.#note(report.verdicts)
  }

  take(): Pick<ReadInterchange, 'verdicts' | 'verdictCount'> {
    const taken = { verdicts: this.#verdicts, verdictCount: this.#count }
    this.#verdicts = []
    this.#count = 0
    return taken
  }

  #note(verdicts: readonly Verdict[]): void {
    this.#count += verdicts.length
    for (const { code, severity, group, set, segmentTag, segmentNumber, element, start, end } of verdicts)
      if (this.#verdicts.length < verdictsMax)
        this.#verdicts.push({
          code,
          severity,
          group,
          set,
          ...(segmentTag === undefined ? {} : { segment: segmentTag }),
          ...(segmentNumber === undefined ? {} : { segmentNumber }),
          ...(element === undefined ? {} : { element }),
          start,
          end,
        })
  }
}
