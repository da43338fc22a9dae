import type { PersonalDeclaration } from '../../src/model/personal/declared.ts'
import { code, page, table } from '../markdown.ts'

const lead =
  'What of all objects, facts and postings tells who somebody is, or how to reach them. Who has no `personal:read` sees `***` there; the [guide](../guides/privacy.md) says who has it.'

/** The reference of what is personal. */
export function personalPage({ parts, anywhere }: PersonalDeclaration, freeTexts: ReadonlySet<string>): string {
  const list = (names: Iterable<string>): string => [...names].toSorted().map(code).join(', ')
  const rows = [...parts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, { words, has, hidden, shown, isClosed }]) => [
      code(title),
      `${list(words)}${has.length === 0 ? '' : `, with ${list(has)}`}`,
      isClosed ? list(hidden) : `${list(hidden)}, and whatever is not shown`,
      isClosed ? 'everything else' : list(shown),
    ])
  return page('Personal data', lead, [
    `## Anywhere\n\nThese members are personal wherever they stand: ${list(anywhere)}.`,
    `## In parts about a person\n\n${table(['part', 'in members called', 'masked', 'shown'], rows)}`,
    `## Free text\n\nWhat people and systems write as they like may name anybody, so it is masked, too: in objects and facts ${list(freeTexts)}, and what senders call a note, a remark, a comment or an instruction; in other answers of the API what is declared as free text there: questions, reasons, details. A value that is a code of the model is shown.`,
  ])
}
