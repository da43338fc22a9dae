import type { AnswerDraft } from '../../model/interchange/report.ts'
import { withSlots } from '../write/slots.ts'
import type { Answer } from './collector.ts'
import { type AnswerEnvelope, groupsOfAnswer, writeAnswer } from './write.ts'

/** An answer that is written but for its control numbers, which only the transaction that stores it can give. */
export function draftAnswer(answer: Answer, envelope: Omit<AnswerEnvelope, 'interchange' | 'group'>): AnswerDraft {
  return withSlots(
    groupsOfAnswer(answer),
    answer.received.header.syntax,
    (numbers) => writeAnswer(answer, { ...envelope, ...numbers }).bytes,
  )
}
