import type { AnswerDraft } from '../../../model/interchange/report.ts'
import { type BatchParts, groupsSlot, setSlot, setsSlot } from '../../../model/transmission/batch-parts.ts'

const widthOfSet = 4

/** Takes an interchange of one document apart, so that it can leave with others in one. */
export function batchParts({ text }: AnswerDraft, standard: 'x12' | 'edifact', partnership: string): BatchParts {
  return standard === 'x12' ? x12Parts(text, partnership) : edifactParts(text, partnership)
}

/** The header has a fixed width, but for its control number: that is a slot of one character here, and what follows it stands that much earlier. */
function x12Parts(text: string, partnership: string): BatchParts {
  const [element = '*', repetition = '', component = '', terminator = '~'] = [text[3], text[82], text[96], text[97]]
  const segments = text.split(terminator).filter((one) => one.trim() !== '')
  const [isa = '', gs = ''] = segments
  const [se = '', ge = '', iea = ''] = segments.slice(-3)
  const [st = ''] = segments.slice(2)
  const told = (segment: string, elements: Readonly<Record<number, string>>): string =>
    segment
      .split(element)
      .map((value, at) => elements[at] ?? value)
      .join(element)
  const ended = (...some: readonly string[]): string => some.map((one) => `${one}${terminator}`).join('')
  const [, functional = '', , , , , , , version = ''] = gs.split(element)
  return {
    key: [partnership, element, repetition, component, terminator].join(' '),
    open: ended(isa),
    close: ended(told(iea, { 1: groupsSlot })),
    group: { key: `${functional} ${version}`, open: ended(gs), close: ended(told(ge, { 1: setsSlot })) },
    set: ended(told(st, { 2: setSlot }), ...segments.slice(3, -3), told(se, { 2: setSlot })),
    setWidth: widthOfSet,
  }
}

/** Delimiters are those that we always write: `+`, `'`, and `?` before one that is none. */
function edifactParts(text: string, partnership: string): BatchParts {
  const segments = text.match(/(?:[^'?]|\?[\s\S])*'/g) ?? []
  const first = segments.findIndex((one) => one.startsWith('UNH+'))
  const [unh = ''] = segments.slice(first)
  const [unt = '', unz = ''] = segments.slice(-2)
  return {
    key: partnership,
    open: segments.slice(0, first).join(''),
    close: unz.replace(/^UNZ\+\d+/, `UNZ+${setsSlot}`),
    set: [
      unh.replace(/^UNH\+[^+]+/, `UNH+${setSlot}`),
      ...segments.slice(first + 1, -2),
      unt.replace(/\+[^+']+'$/, `+${setSlot}'`),
    ].join(''),
    setWidth: 0,
  }
}
