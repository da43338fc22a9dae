import { InterlineError } from '../../base/errors.ts'
import { writeInstant } from '../../base/instant.ts'
import { type Answer, conflictAnswer } from '../../edi/acknowledge/collector.ts'
import { draftAnswer } from '../../edi/acknowledge/draft.ts'
import type { AcknowledgementPolicy } from '../../edi/acknowledge/policy.ts'
import type { InterchangeReport as Judged } from '../../edi/envelope/events.ts'
import type { AnswerDraft } from '../../model/interchange/report.ts'

/** What one fact may carry. A partner with more errors than fit has another problem than their list. */
const charactersMax = 200_000

/** The answer without its numbers; `undefined` when none is due. Dated when the interchange was received. */
export function drafted(answer: Answer | undefined, receivedAt: number): AnswerDraft | undefined {
  if (answer === undefined) return undefined
  const digits = writeInstant(receivedAt).replaceAll(/\D/g, '')
  const draft = draftAnswer(answer, { date: digits.slice(0, 8), time: digits.slice(8, 12) })
  if (draft.text.length > charactersMax) throw new InterlineError('EDI_ANSWER_TOO_LARGE', { size: draft.text.length })
  return draft
}

/** What is answered if the registry finds another interchange under this number: which only the fold knows. */
export function draftedConflict(
  report: Judged,
  policy: AcknowledgementPolicy,
  receivedAt: number,
): AnswerDraft | undefined {
  return drafted(conflictAnswer(report, policy), receivedAt)
}
