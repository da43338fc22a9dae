import { type AnswerDraft, groupSlot, interchangeSlot } from '../../model/interchange/report.ts'
import { latin1Text } from '../bytes/text.ts'
import type { Answer } from './collector.ts'
import { type AnswerEnvelope, groupsOfAnswer, writeAnswer } from './write.ts'

/**
 * An answer that is written but for its control numbers, which only the transaction that stores it can give. It is written with
 * numbers that occur nowhere else in it, and these are replaced by slots.
 */
export function draftAnswer(answer: Answer, envelope: Omit<AnswerEnvelope, 'interchange' | 'group'>): AnswerDraft {
  const groups = groupsOfAnswer(answer)
  for (let stand = 900_000_000; ; stand -= groups + 1) {
    const text = asText(writeAnswer(answer, { ...envelope, interchange: stand, group: stand + 1 }).bytes)
    const numbers = Array.from({ length: groups + 1 }, (_, at) => `${stand + at}`)
    if (!numbers.every((number) => text.split(number).length === 3)) continue
    const slotted = numbers.reduce(
      (rest, number, at) =>
        rest.replaceAll(number, String.fromCharCode(at === 0 ? interchangeSlot : groupSlot + at - 1)),
      text,
    )
    return { text: slotted, groups, width: answer.received.header.syntax === 'x12' ? 9 : 0 }
  }
}

function asText(bytes: Uint8Array): string {
  return latin1Text(bytes, 0, bytes.length)
}
