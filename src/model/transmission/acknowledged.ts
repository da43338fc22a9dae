import type { Derived, Evolution, Fact } from '../fact.ts'
import { isRefusal, mismatch, missing, reasonOf } from './answer.ts'
import { type ExchangeCategory, tellObject } from './exchange-problem.ts'
import type { AcknowledgementReport } from './report.ts'
import { answersMax, type TransmissionState, type TransmissionStatus } from './state.ts'
import { tellLine } from './superseded.ts'

/**
 * What one more answer to a document that was sent changes. The same answer again changes nothing; one that contradicts an earlier one
 * is shown and does not overrule it.
 */
export function acknowledged(
  state: TransmissionState,
  fact: Fact,
  report: AcknowledgementReport,
): Evolution<TransmissionState> {
  const { document, report: owed } = state
  if (document === undefined || owed === undefined) return { state, facts: [], timers: [] }
  if (state.answers.some((one) => sameAnswer(one, report))) return { state, facts: [], timers: [] }
  const problem = mismatch(report, document, state.answers)
  const { kind, status, codes, sets } = report
  const about = {
    connection: owed.connection,
    set: document.set,
    number: document.number,
    interchange: document.interchange,
  }
  const answers = [...state.answers, { ...report, at: fact.recordedAt }].slice(-answersMax)
  if (problem !== undefined)
    return tell({ ...state, answers }, fact, {
      open: { category: 'acknowledgement_mismatch', reason: problem },
      fact: { rule: 'mismatched', type: 'transmission.mismatched', data: { ...about, kind, problem } },
    })
  const isRejected = isRefusal(report)
  const rest = missing(document, answers)
  const isDone = isRejected || rest.length === 0
  const { dueAt, ...others } = state
  const after: TransmissionState = {
    ...others,
    answers,
    status: nextStatus(state.status, { isRejected, isDone }),
    ...(isDone || dueAt === undefined ? {} : { dueAt }),
  }
  if (isRejected) {
    const refused = tell(after, fact, {
      open: { category: 'document_rejected', reason: reasonOf(report) },
      closes: ['document_unacknowledged'],
      fact: { rule: 'rejected', type: 'transmission.rejected', data: { ...about, kind, codes, sets } },
    })
    return { ...refused, facts: [...refused.facts, ...tellLine(owed.line, fact.subject, 'rejected')] }
  }
  return tell(after, fact, {
    ...(isDone ? { closes: ['document_unacknowledged'] } : {}),
    fact: { rule: 'acknowledged', type: 'transmission.acknowledged', data: { ...about, kind, status, awaits: rest } },
  })
}

interface Told {
  readonly open?: { readonly category: ExchangeCategory; readonly reason: string }
  readonly closes?: readonly ExchangeCategory[]
  readonly fact: Derived
}

/** The fact for subscribers, and what it opens and closes at the object. */
function tell(
  state: TransmissionState,
  fact: Fact,
  { open, closes = [], fact: own }: Told,
): Evolution<TransmissionState> {
  const { about, connection } = state.report ?? { about: '', connection: '' }
  const closed = closes.filter((category) => state.open.includes(category))
  const left = state.open.filter((category) => !closed.includes(category as ExchangeCategory))
  const isNew = open !== undefined && !left.includes(open.category)
  const common = { transmission: fact.subject, connection }
  return {
    state: { ...state, open: isNew ? [...left, open.category] : left },
    facts: [
      own,
      ...(isNew ? tellObject(about, { ...open, isOpen: true, ...common }) : []),
      ...closed.flatMap((category) =>
        tellObject(about, { category, isOpen: false, reason: 'It is answered.', ...common }),
      ),
    ],
    timers: [],
  }
}

/** What was rejected stays so until it is sent again; what a person closed stays closed. */
function nextStatus(
  now: TransmissionStatus | undefined,
  { isRejected, isDone }: { readonly isRejected: boolean; readonly isDone: boolean },
): TransmissionStatus {
  if (now === 'closed' || now === 'rejected') return now
  if (isRejected) return 'rejected'
  return isDone ? 'acknowledged' : (now ?? 'sent')
}

function sameAnswer(one: AcknowledgementReport, other: AcknowledgementReport): boolean {
  return (
    one.kind === other.kind &&
    JSON.stringify([one.status, one.codes, one.sets]) === JSON.stringify([other.status, other.codes, other.sets])
  )
}
