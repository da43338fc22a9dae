import { InterlineError } from '../../base/errors.ts'
import { sha256 } from '../../base/sha256.ts'
import { type Answer, AnswerCollector } from '../../edi/acknowledge/collector.ts'
import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import type {
  EnvelopeListener,
  GroupReport,
  InterchangeReport as Judged,
  SetReport,
} from '../../edi/envelope/events.ts'
import { all } from '../../edi/envelope/listeners.ts'
import { GrammarCheck } from '../../edi/validate/check.ts'
import type { Verdict } from '../../edi/verdict/verdict.ts'
import type { Assertion } from '../../model/fact.ts'
import type { InterchangeReport, ReportedVerdict } from '../../model/interchange/report.ts'
import type { Document, TranslateContext } from '../kit/connector.ts'
import { drafted, draftedConflict } from './draft.ts'
import { grammarOf } from './grammar.ts'
import { type Agreement, acknowledgementPolicy, judgeInterchange, severityPolicy } from './policy.ts'

/** Verdicts of one interchange that its fact carries. */
const verdictsMax = 50

/**
 * Judges every interchange of the file and drafts its answer. It counts whatever becomes of the content, so that the partner hears of
 * us at once. Numbers and duplicates are decided where they are stored.
 */
export function receipt(
  document: Document,
  context: TranslateContext<Agreement>,
): readonly Assertion<InterchangeReport>[] {
  const { settings, receivedAt, connection, messageId } = context
  const policy = acknowledgementPolicy(settings)
  const assertions: Assertion<InterchangeReport>[] = []
  const notes = new Notes()
  const choose = grammarOf(settings.overlays)
  let answer: Answer | undefined
  const collector = new AnswerCollector(
    () => policy,
    (made) => {
      answer = made
    },
  )
  const closing: EnvelopeListener = {
    interchangeClosed: (report) => {
      const { verdicts, count } = notes.take()
      // Nobody to answer, and no number to know it by.
      if (!report.header.isBare && report.header.controlNumber !== '') {
        const draft = drafted(answer, receivedAt)
        const conflict = draftedConflict(report, policy, receivedAt)
        assertions.push(
          assertionOf(report, {
            message: messageId,
            connection,
            contentHash: hashOf(document.bytes.subarray(report.header.start, report.end)),
            verdicts,
            verdictCount: count,
            ...(draft === undefined ? {} : { answer: draft }),
            ...(conflict === undefined ? {} : { conflictAnswer: conflict }),
          }),
        )
      }
      answer = undefined
    },
  }
  const reader = new EnvelopeReader(all(collector, notes, closing), {
    severity: severityPolicy(settings.severities),
    openSetCheck: (header, report) => {
      const set = choose(header)
      return set === undefined ? undefined : GrammarCheck.open(set, report, { syntax: header.syntax })
    },
    judgeInterchange: (header) => judgeInterchange(header, settings),
  })
  reader.feed(document.bytes)
  reader.end()
  if (assertions.length === 0)
    throw new InterlineError('EDI_INTERCHANGE_MISSING', { problem: 'no ISA or UNB with a control number was found' })
  return assertions
}

type Found = Pick<
  InterchangeReport,
  'message' | 'connection' | 'contentHash' | 'verdicts' | 'verdictCount' | 'answer' | 'conflictAnswer'
>

function assertionOf({ header, status, sets, setsAccepted }: Judged, found: Found): Assertion<InterchangeReport> {
  const { syntax, sender, receiver, controlNumber, isTest } = header
  const environment = isTest ? 'test' : 'production'
  const party = ({ qualifier, id, routing }: typeof sender): string => [qualifier, id, routing].join(':')
  const partnership = [syntax, party(sender), party(receiver), environment].join(' ')
  return {
    type: 'interchange.reported',
    about: {
      entity: 'interchange',
      references: [{ scheme: 'interchange', issuer: partnership, value: controlNumber }],
      unknown: 'create',
    },
    data: { standard: syntax, partnership, controlNumber, isTest, status, sets, setsAccepted, ...found },
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

  take(): { verdicts: readonly ReportedVerdict[]; count: number } {
    const taken = { verdicts: this.#verdicts, count: this.#count }
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

function hashOf(bytes: Uint8Array): string {
  return [...sha256(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
