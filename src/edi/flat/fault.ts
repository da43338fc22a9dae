import { type FaultCode, faultCodes } from './fault-codes.ts'

/** One thing that is wrong, and where: everything that a person needs to find it in an editor or a hex viewer. */
export interface Fault {
  readonly code: FaultCode
  /** Line of the file where the row begins, from 1, as an editor counts. */
  readonly row: number
  /** Name of the record; `ROW` where there is one kind. */
  readonly record?: string
  /** Name of the field in the schema, and of the column as the partner calls it. */
  readonly field?: string
  readonly column?: string
  /** Bytes of the original file, the end not included. */
  readonly start: number
  readonly end: number
  /** At most 99 characters of what was found. */
  readonly found?: string
  readonly expected?: string
}

/** Characters of what was found that a fault repeats. */
export const foundMost = 99

/** A fault as one line for people. */
export function sentenceOf({ code, row, field, column, start, end, found, expected }: Fault): string {
  const name = column ?? field
  const known = field !== undefined && column !== undefined && column !== field ? ` (${field})` : ''
  const place = name === undefined ? '' : `, column ${name}${known}`
  const words = [
    faultCodes[code].title,
    expected === undefined ? '' : ` Expected ${expected}.`,
    found === undefined || found === '' ? '' : ` Found: ${found}`,
  ]
  return `row ${row}${place}, bytes ${start}-${end}: ${words.join('')} [${code}]`
}
