import { errors, InterlineError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { type Answer, textOf } from './answer.ts'
import { ProblemAnswer } from './client.ts'
import { unusableFile } from './unusable-file.ts'

/** Where a command writes; the real one is the process's own terminal. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly error: (text: string) => void
  /** Somebody is watching: progress may be redrawn. */
  readonly isWatched: boolean
  readonly columns: number
  /** Lines that fit, where somebody is watching. */
  readonly rows?: number | undefined
}

/** The member that a column shows; more of it where its title is another, or numbers stand to the right. */
export type Column = string | { readonly key: string; readonly title?: string; readonly right?: boolean }

/** A branch of a tree: a line and what hangs below it. */
export interface Branch {
  readonly line: string
  readonly below: readonly Branch[]
}

/** Tables and sentences for people, or one JSON document per line for machines. No colour: the text alone must say it. */
export class Output {
  readonly json: boolean
  readonly terminal: Terminal

  constructor(terminal: Terminal, json: boolean) {
    this.terminal = terminal
    this.json = json
  }

  /** For people; machines do not see it. */
  say(text: string): void {
    if (!this.json) this.terminal.out(`${text}\n`)
  }

  /** For machines; people do not see it. */
  record(row: unknown): void {
    if (this.json) this.terminal.out(`${JSON.stringify(row)}\n`)
  }

  /** One line per row for machines, a table for people; `empty` is what people see when there is none. */
  rows(rows: readonly Answer[], columns: readonly Column[], empty: string): void {
    for (const row of rows) this.record(row)
    this.say(rows.length === 0 ? empty : table(rows, columns))
  }

  /** For people: those of these members that an answer has something in, one a line. */
  members(answer: Answer, names: readonly string[]): void {
    const said = names.map((name) => ({ name, value: textOf(answer, name) })).filter(({ value }) => value !== '')
    if (said.length > 0) this.say(table(said, memberColumns))
  }

  /** For people: a list below what was said before, with a title where it has one; nothing where it is empty. */
  below(rows: readonly Answer[], columns: readonly Column[], title = ''): void {
    if (rows.length > 0) this.say(`\n${title === '' ? '' : `${title}\n`}${table(rows, columns)}`)
  }

  /** A progress line that is redrawn; nothing where nobody watches. */
  progress(text: string): void {
    if (!this.json && this.terminal.isWatched) this.terminal.error(`\r\u001b[2K${text}`)
  }

  failure(error: unknown): void {
    const { code, message, hint, trace } = explain(error)
    if (this.json)
      this.terminal.error(
        `${JSON.stringify({ error: { code, message, nextAction: hint, ...(trace === '' ? {} : { traceId: trace }) } })}\n`,
      )
    else
      this.terminal.error(
        [`error: ${harmless(message)}`, hint, trace === '' ? '' : `trace ${trace}`]
          .filter((line) => line !== '')
          .join('\n') + '\n',
      )
  }
}

const memberColumns: readonly Column[] = [
  { key: 'name', title: '' },
  { key: 'value', title: '' },
]

/** Columns as wide as their widest cell. Text from outside is made harmless; without any title there is no heading. */
export function table(rows: readonly Answer[], shown: readonly Column[]): string {
  const columns = shown.map((column) => ({
    title: undefined,
    right: false,
    ...(typeof column === 'string' ? { key: column } : column),
  }))
  const titles = columns.map(({ key, title }) => title ?? key)
  const cells = rows.map((row) => columns.map(({ key }) => cellOf(textOf(row, key))))
  const widths = titles.map((title, at) => Math.max(title.length, ...cells.map((line) => line[at]?.length ?? 0)))
  const draw = (line: readonly string[]): string =>
    line
      .map((cell, at) => (columns[at]?.right === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  const head = titles.every((title) => title === '')
    ? []
    : [draw(titles), draw(widths.map((width) => '─'.repeat(width)))]
  return [...head, ...cells.map(draw)].join('\n')
}

/** Branches with lines that show what hangs below what. Text from outside is made harmless. */
export function tree(branches: readonly Branch[], indent = ''): string {
  return branches
    .map(({ line, below }, at) => {
      const last = at === branches.length - 1
      const rest = below.length === 0 ? '' : `\n${tree(below, `${indent}${last ? '   ' : '│  '}`)}`
      return `${indent}${last ? '└─ ' : '├─ '}${cellOf(line)}${rest}`
    })
    .join('\n')
}

/** Text from outside could hold codes that rewrite the terminal; line ends stay. */
export function harmless(text: string): string {
  const cut = text.length > limits.errorTextCharacters ? `${text.slice(0, limits.errorTextCharacters)}…` : text
  return cut.replace(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, escape)
}

/** As `harmless`, and on one line. */
function cellOf(text: string): string {
  return harmless(text).replaceAll('\n', '\\u000a')
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function explain(failure: unknown): { code: string; message: string; hint: string; trace: string } {
  const error = unusableFile(failure) ?? failure
  if (error instanceof ProblemAnswer) {
    const { code, message, nextAction: hint, traceId: trace } = error
    return { code, message, hint, trace }
  }
  if (error instanceof InterlineError)
    return { code: error.code, message: error.message, hint: errors[error.code].hint, trace: '' }
  return {
    code: 'INTERNAL',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    hint: 'This is a fault of the command line; please report it.',
    trace: '',
  }
}
