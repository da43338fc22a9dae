import { type AnswerDraft, groupSlot, interchangeSlot } from '../../model/interchange/report.ts'
import type { Syntax } from '../envelope/events.ts'

/**
 * Something that is written but for its control numbers, which only the transaction that stores it can give. It is written with
 * numbers that occur nowhere else in it, once in the header and once in the trailer, and these are replaced by slots. ASCII only.
 */
export function withSlots(
  groups: number,
  syntax: Syntax,
  write: (numbers: { readonly interchange: number; readonly group: number }) => Uint8Array,
): AnswerDraft {
  for (let stand = 900_000_000; ; stand -= groups + 1) {
    const text = new TextDecoder().decode(write({ interchange: stand, group: stand + 1 }))
    const numbers = Array.from({ length: groups + 1 }, (_, at) => `${stand + at}`)
    if (!numbers.every((number) => text.split(number).length === 3)) continue
    const slotted = numbers.reduce(
      (rest, number, at) =>
        rest.replaceAll(number, String.fromCharCode(at === 0 ? interchangeSlot : groupSlot + at - 1)),
      text,
    )
    return { text: slotted, groups, width: syntax === 'x12' ? 9 : 0 }
  }
}
