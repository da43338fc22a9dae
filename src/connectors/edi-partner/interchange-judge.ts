import { type Answer, AnswerCollector } from '../../edi/acknowledge/collector.ts'
import type { AcknowledgementPolicy } from '../../edi/acknowledge/policy.ts'
import type {
  EnvelopeListener,
  GroupReport,
  InterchangeReport as Judged,
  SetReport,
} from '../../edi/envelope/events.ts'
import { all } from '../../edi/envelope/listeners.ts'
import type { Verdict } from '../../edi/verdict/verdict.ts'
import type { ReportedVerdict } from '../../model/interchange/report.ts'

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

/** Listens to a file and keeps of each interchange the judgement, the answer, and the first verdicts. */
export class InterchangeJudge {
  readonly interchanges: ReadInterchange[] = []
  readonly listener: EnvelopeListener

  constructor(policy: AcknowledgementPolicy) {
    const notes = new Notes()
    let answer: Answer | undefined
    const collector = new AnswerCollector(
      () => policy,
      (made) => {
        answer = made
      },
    )
    this.listener = all(collector, notes, {
      interchangeClosed: (report) => {
        this.interchanges.push({ report, answer, ...notes.take() })
        answer = undefined
      },
    })
  }
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
