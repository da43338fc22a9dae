import { text as asIs, type Converter, date, decimal, implied } from './convert.ts'
import { type Condition, readNodePath, readValuePath, type ValuePath } from './path.ts'

/**
 * A map is an object of rows: the names of the document, and where each stands in the set. The same rows read and write. Rows are
 * declarations; `read.ts` and `write.ts` carry them out.
 */
export interface Rows {
  readonly [name: string]: Row
}

/** Where one name of the document stands, and how. */
export type Row =
  | { readonly kind: 'value'; readonly path: ValuePath; readonly converter: Converter }
  /** As `value`; a document that does not say gets its place among its siblings. */
  | { readonly kind: 'ordinal'; readonly path: ValuePath }
  /** Date and time in two elements of one segment. */
  | { readonly kind: 'moment'; readonly path: ValuePath; readonly time: number }
  /** Date, time or period in a composite with its format: DTM. */
  | { readonly kind: 'period'; readonly path: ValuePath }
  /** Every segment of a kind. */
  | { readonly kind: 'segments'; readonly name: string; readonly where: readonly Condition[]; readonly rows: Rows }
  /** Every instance of a loop, or the only one. */
  | {
      readonly kind: 'loops'
      readonly name: string
      readonly where: readonly Condition[]
      readonly rows: Rows
      readonly isSingle: boolean
    }
  /** Pairs of qualifier and number in a row of elements, as in LIN: `{VN: …, UP: …}`. */
  | { readonly kind: 'pairs'; readonly path: ValuePath; readonly last: number }
  /** Always the same: written, and taken when it is read. */
  | { readonly kind: 'constant'; readonly path: ValuePath; readonly text: string }
  /** Written, never read: how many there are, or their sum. The check of totals reads it. */
  | { readonly kind: 'total'; readonly path: ValuePath; readonly of: readonly string[]; readonly fixed: Fixed }

/** Constants beside a total, as the qualifier of CNT: component to text. */
export type Fixed = Readonly<Record<number, string>>

/** A value as text, or as the converter reads it. */
export function value(path: string, converter: Converter = asIs): Row {
  return {
    kind: 'value',
    path: readValuePath(path),
    converter,
  }
}

/** An exact decimal, also with the comma of EDIFACT. */
export function number(path: string): Row {
  return value(path, decimal)
}

/** What the standard wants there whatever the document says, as the S of UNS. */
export function constant(path: string, text: string): Row {
  return { kind: 'constant', path: readValuePath(path), text }
}

/** An amount with two implied decimals. */
export function money(path: string): Row {
  return value(path, implied(2))
}

/** A date, YYMMDD or CCYYMMDD in the set and `2026-03-01` in the document. */
export function day(path: string): Row {
  return value(path, date)
}

/** A number that a document may leave out: then it is its place among its siblings. */
export function ordinal(path: string): Row {
  return { kind: 'ordinal', path: readValuePath(path) }
}

/** A date in one element and its time in another. */
export function moment(path: string, timeElement: number): Row {
  return {
    kind: 'moment',
    path: readValuePath(path),
    time: timeElement,
  }
}

/** Of the segment at hand when the tag is empty. */
export function period(tag: string): Row {
  return { kind: 'period', path: readValuePath(`${tag}/1.2`) }
}

/** Every segment of the path, as a list. */
export function segments(path: string, rows: Rows): Row {
  return { kind: 'segments', ...readNodePath(path), rows }
}

/** Every instance of the loop, as a list. */
export function loops(path: string, rows: Rows): Row {
  return {
    kind: 'loops',
    ...readNodePath(path),
    rows,
    isSingle: false,
  }
}

/** The only instance of the loop. */
export function loop(path: string, rows: Rows): Row {
  return { kind: 'loops', ...readNodePath(path), rows, isSingle: true }
}

/** Qualifiers and numbers in turn, up to an element. */
export function pairs(path: string, last: number): Row {
  return { kind: 'pairs', path: readValuePath(path), last }
}

/** `lines` counts, `lines.shipped` sums. Names go through lists. */
export function total(path: string, of: string, fixed: Fixed = {}): Row {
  return {
    kind: 'total',
    path: readValuePath(path),
    of: of.split('.'),
    fixed,
  }
}
