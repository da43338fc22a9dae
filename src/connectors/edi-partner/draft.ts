import { InterlineError } from '../../base/errors.ts'
import { writeInstant } from '../../base/instant.ts'
import { type Answer, conflictAnswer } from '../../edi/acknowledge/collector.ts'
import { draftAnswer } from '../../edi/acknowledge/draft.ts'
import { namingErrorsOnly } from '../../edi/acknowledge/functional.ts'
import type { AcknowledgementPolicy } from '../../edi/acknowledge/policy.ts'
import type { InterchangeReport as Judged } from '../../edi/envelope/events.ts'
import type { AnswerDraft } from '../../model/interchange/report.ts'

/** What one fact may carry. Of an answer to thousands of sets only errors are named; who has more than fit has another problem than their list. */
const charactersMax = 200_000

/** The answer without its numbers; `undefined` when none is due. Dated when the interchange was received. */
export function drafted(answer: Answer | undefined, receivedAt: number): AnswerDraft | undefined {
  if (answer === undefined) return undefined
  const digits = writeInstant(receivedAt).replaceAll(/\D/g, '')
  const on = { date: digits.slice(0, 8), time: digits.slice(8, 12) }
  const whole = draftAnswer(answer, on)
  const draft = whole.text.length > charactersMax ? draftAnswer(shortened(answer), on) : whole
  if (draft.text.length > charactersMax) throw new InterlineError('EDI_ANSWER_TOO_LARGE', { size: draft.text.length })
  return draft
}

function shortened(answer: Answer): Answer {
  const groups = answer.groups.map((group) => ({ ...group, segments: namingErrorsOnly(group.segments) }))
  return { ...answer, groups }
}

/** What is answered if the registry finds another interchange under this number: which only the fold knows. */
export function draftedConflict(
  report: Judged,
  policy: AcknowledgementPolicy,
  receivedAt: number,
): AnswerDraft | undefined {
  return drafted(conflictAnswer(report, policy), receivedAt)
}
