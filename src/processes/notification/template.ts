import { type FormatName, format, formatNames, type Reader } from './format.ts'

/**
 * A text with places for values: `{{number}}`, `{{eta|date}}`, `{{#carrier}}…{{/carrier}}` where there is one, `{{^carrier}}…{{/carrier}}`
 * where there is none; a list is repeated. It can do nothing else: no code, no look-up outside of the values, no loop without an end.
 */
export type Template = readonly Piece[]

type Piece =
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'value'; readonly name: string; readonly as: FormatName }
  | { readonly kind: 'section'; readonly name: string; readonly isInverted: boolean; readonly within: Template }

/** Values by name; a list is one of records. */
export type Values = Readonly<Record<string, string | readonly Readonly<Record<string, string>>[]>>

/** Longest template, and longest text that is made of one. */
export const templateMost = 20_000
const textMost = 100_000
const depthMost = 4
const itemsMost = 100

const tag = /\{\{\s*([#^/]?)\s*([a-z][A-Za-z0-9]{0,39})\s*(?:\|\s*([a-z]+)\s*)?\}\}/g

/** Throws an Error with a sentence about the first thing that is wrong. */
export function readTemplate(text: string): Template {
  if (text.length > templateMost) throw new Error(`it is longer than ${templateMost} characters`)
  const open: { name: string; isInverted: boolean; pieces: Piece[] }[] = [{ name: '', isInverted: false, pieces: [] }]
  const innermost = (): { name: string; isInverted: boolean; pieces: Piece[] } => open.at(-1) as (typeof open)[number]
  const say = (words: string): void => {
    if (words.includes('{{') || words.includes('}}'))
      throw new Error(
        `${JSON.stringify(words.slice(Math.max(words.search(/\{\{|\}\}/), 0)).slice(0, 40))} is no place for a value`,
      )
    if (words !== '') innermost().pieces.push({ kind: 'words', words })
  }
  let at = 0
  for (const match of text.matchAll(tag)) {
    const [whole, sign, name = '', as = 'text'] = match
    say(text.slice(at, match.index))
    at = match.index + whole.length
    if (sign === '#' || sign === '^') {
      if (open.length > depthMost) throw new Error(`sections are nested deeper than ${depthMost}`)
      open.push({ name, isInverted: sign === '^', pieces: [] })
    } else if (sign === '/') {
      const closed = open.length > 1 ? open.pop() : undefined
      if (closed?.name !== name) throw new Error(`{{/${name}}} closes nothing that is open`)
      const { isInverted, pieces: within } = closed
      innermost().pieces.push({ kind: 'section', name, isInverted, within })
    } else {
      const known = formatNames.find((one) => one === as)
      if (known === undefined) throw new Error(`there is no format ${as}; known are ${formatNames.join(', ')}`)
      innermost().pieces.push({ kind: 'value', name, as: known })
    }
  }
  say(text.slice(at))
  if (open.length > 1) throw new Error(`{{#${innermost().name}}} is not closed`)
  return innermost().pieces
}

/** How a value is made harmless where it stands. */
export type Escape = (text: string) => string

/** The text for one reader. A value that is not there is empty; what is too long ends in an ellipsis. */
export function render(
  template: Template,
  values: Values,
  about: { readonly reader: Reader; readonly escape: Escape },
): string {
  const parts: string[] = []
  let length = 0
  const write = (text: string): void => {
    parts.push(text.slice(0, textMost + 1 - length))
    length = Math.min(length + text.length, textMost + 1)
  }
  const walk = (pieces: Template, known: Values): void => {
    for (const piece of pieces) {
      if (length > textMost) return
      if (piece.kind === 'words') write(piece.words)
      else {
        const value = Object.hasOwn(known, piece.name) ? known[piece.name] : undefined
        if (piece.kind === 'value')
          write(about.escape(format(typeof value === 'string' ? value : '', piece.as, about.reader)))
        else if (piece.isInverted || typeof value === 'string') {
          if (isEmpty(value) === piece.isInverted) walk(piece.within, known)
        } else for (const item of (value ?? []).slice(0, itemsMost)) walk(piece.within, { ...known, ...item })
      }
    }
  }
  walk(template, values)
  return length > textMost ? `${parts.join('').slice(0, textMost - 1)}…` : parts.join('')
}

/** Names that a template uses, for whoever looks whether an event has them. */
export function namesIn(template: Template): readonly string[] {
  return template.flatMap((piece) =>
    piece.kind === 'words' ? [] : piece.kind === 'value' ? [piece.name] : [piece.name, ...namesIn(piece.within)],
  )
}

function isEmpty(value: Values[string] | undefined): boolean {
  return value === undefined || value.length === 0
}
