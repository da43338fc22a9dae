import type { ElementRule } from '../grammar/element.ts'
import type { VerdictCode } from '../verdict/codes.ts'

/** Bytes of a value in a segment, and what is special about them. */
export interface RawValue {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  readonly decimalMark: number
  /** Where release characters or multi-byte characters make bytes and characters differ. */
  readonly characters: number
  readonly syntax: 'x12' | 'edifact'
}

/** What is wrong with a value that is there; `undefined` when nothing is. Works on bytes: most values never become text. */
export function valueProblem(value: RawValue, rule: ElementRule): VerdictCode | undefined {
  switch (rule.kind) {
    case 'text':
    case 'code':
    case 'binary':
      return lengthProblem(value.characters, rule)
    case 'letters':
      return lengthProblem(value.characters, rule) ?? lettersProblem(value)
    case 'integer':
    case 'decimal':
    case 'number':
      return numberProblem(value, rule)
    case 'date':
      return isDate(value) ? lengthProblem(value.characters, rule) : 'element.bad_date'
    case 'time':
      return isTime(value) ? lengthProblem(value.characters, rule) : 'element.bad_time'
  }
}

function lengthProblem(length: number, { min, max }: ElementRule): VerdictCode | undefined {
  return length > max ? 'element.too_long' : length < min ? 'element.too_short' : undefined
}

function lettersProblem({ bytes, start, end }: RawValue): VerdictCode | undefined {
  for (let at = start; at < end; at++) if (isDigit(bytes[at])) return 'element.bad_character'
  return undefined
}

const minus = 0x2d
const point = 0x2e
const comma = 0x2c

/** Sign and decimal mark do not count towards the length. X12 knows only the point; EDIFACT declares its mark and uses both. */
function numberProblem(value: RawValue, rule: ElementRule): VerdictCode | undefined {
  const { bytes, start, end, syntax, decimalMark } = value
  let digits = 0
  let marks = 0
  let problem: VerdictCode | undefined
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (isDigit(byte)) digits++
    else if (byte === minus && at === start) continue
    else if (rule.kind !== 'integer' && (byte === point || (byte === comma && syntax === 'edifact')) && ++marks === 1) {
      if (syntax === 'edifact' && byte !== decimalMark) problem = 'element.decimal_mark'
      if (syntax === 'edifact' && digits === 0) problem = 'element.digit_missing'
    } else return 'element.bad_number'
  }
  if (digits === 0) return 'element.bad_number'
  return lengthProblem(digits, rule) ?? problem
}

/** YYMMDD or CCYYMMDD of the calendar. */
function isDate({ bytes, start, end }: RawValue): boolean {
  const length = end - start
  if (length !== 6 && length !== 8) return false
  const number = digits(bytes, start, end)
  if (number < 0) return false
  const day = number % 100
  const month = Math.floor(number / 100) % 100
  // A year of two digits may be a leap year of either century.
  const year = length === 8 ? Math.floor(number / 10_000) : 2000 + Math.floor(number / 10_000)
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

/** Days of a month of the Gregorian calendar; `month` counts from 1. */
export function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** HHMM, HHMMSS, HHMMSSD or HHMMSSDD. */
function isTime({ bytes, start, end }: RawValue): boolean {
  const length = end - start
  if (length !== 4 && (length < 6 || length > 8)) return false
  if (digits(bytes, start, end) < 0) return false
  const seconds = length >= 6 ? digits(bytes, start + 4, start + 6) : 0
  return digits(bytes, start, start + 2) < 24 && digits(bytes, start + 2, start + 4) < 60 && seconds < 60
}

function digits(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at++) {
    if (!isDigit(bytes[at])) return -1
    value = value * 10 + (bytes[at] ?? 0) - 0x30
  }
  return value
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}
