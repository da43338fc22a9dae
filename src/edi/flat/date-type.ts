import { InterlineError } from '../../base/errors.ts'
import { readDate } from '../../base/instant.ts'
import { readEventTime } from '../../model/event-time.ts'
import type { FieldType } from './field-type.ts'

/** RFC 3339, a local time, or a date alone, as it is written. */
export const isoType: FieldType = {
  read: (raw) => (readEventTime(raw) === undefined ? undefined : raw.trim()),
  write: (value) => value,
  fault: 'field.not_a_date',
  expected: 'a date or time like 2026-04-01 or 2026-04-01T09:30:00+02:00',
}

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'zone'

/** What stands for what in a format; longer ones first. */
const tokens: readonly { readonly token: string; readonly part: Part; readonly shape: string }[] = [
  { token: 'YYYY', part: 'year', shape: String.raw`\d{4}` },
  { token: 'YY', part: 'year', shape: String.raw`\d\d` },
  { token: 'MMM', part: 'month', shape: '[A-Za-z]{3}' },
  { token: 'MM', part: 'month', shape: String.raw`\d\d` },
  { token: 'M', part: 'month', shape: String.raw`\d\d?` },
  { token: 'DD', part: 'day', shape: String.raw`\d\d` },
  { token: 'D', part: 'day', shape: String.raw`\d\d?` },
  { token: 'HH', part: 'hour', shape: String.raw`\d\d` },
  { token: 'H', part: 'hour', shape: String.raw`\d\d?` },
  { token: 'mm', part: 'minute', shape: String.raw`\d\d` },
  { token: 'ss', part: 'second', shape: String.raw`\d\d` },
  { token: 'SSS', part: 'fraction', shape: String.raw`\d{3}` },
  { token: 'Z', part: 'zone', shape: String.raw`Z|[+-]\d\d:?\d\d` },
]

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const isoShape = /^(?:(\d{4})-(\d\d)-(\d\d))?T?(?:(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?(Z|[+-]\d\d:\d\d)?$/

interface Piece {
  readonly token: string
  readonly part: Part | undefined
}

/**
 * Dates and times by a format of YYYY YY MM M MMM DD D HH H mm ss SSS Z; every other character stands for itself. Two digits of a year
 * are 1970 to 2069. Throws TypeError for a format that has neither date nor time.
 */
export function dateType(format: string): FieldType {
  const pieces = piecesOf(format)
  const parts = pieces.flatMap(({ part }) => (part === undefined ? [] : [part]))
  const isDated = parts.includes('year') && parts.includes('month') && parts.includes('day')
  const isTimed = parts.includes('hour') && parts.includes('minute')
  if (!isDated && !isTimed) throw new TypeError(`the format ${format} has neither a whole date nor a time`)
  const shape = new RegExp(`^${pieces.map(shapeOf).join('')}$`)
  return {
    read(raw) {
      const match = shape.exec(raw.trim())
      if (match === null) return undefined
      const found: Partial<Record<Part, string>> = {}
      for (const [index, part] of parts.entries()) found[part] = match[index + 1] ?? ''
      return isoOf(found, isDated, isTimed)
    },
    write: (value) => written(value, pieces),
    fault: 'field.not_a_date',
    expected: `a date or time as ${format}`,
  }
}

function piecesOf(format: string): Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < format.length; ) {
    const known = tokens.find(({ token }) => format.startsWith(token, at))
    pieces.push({ token: known?.token ?? format[at] ?? '', part: known?.part })
    at += known?.token.length ?? 1
  }
  return pieces
}

function shapeOf({ token, part }: Piece): string {
  if (part === undefined) return token.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`)
  return `(${tokens.find((one) => one.token === token)?.shape})`
}

function isoOf(found: Partial<Record<Part, string>>, isDated: boolean, isTimed: boolean): string | undefined {
  const { year = '', month = '', day = '', hour = '', minute = '', second, fraction, zone } = found
  const clock = isTimed ? clockOf(hour, minute, second, fraction) : ''
  if (clock === undefined) return undefined
  if (!isDated) return clock
  const fullYear = year.length === 4 ? year : `${Number(year) < 70 ? '20' : '19'}${year}`
  const number = month.length === 3 ? months.indexOf(month.toUpperCase()) + 1 : Number(month)
  if (readDate({ year: Number(fullYear), month: number, day: Number(day) }) === undefined) return undefined
  const date = `${fullYear}-${two(String(number))}-${two(day)}`
  const offset = zone === undefined || zone === 'Z' ? (zone ?? '') : `${zone.slice(0, 3)}:${zone.slice(-2)}`
  return isTimed ? `${date}T${clock}${offset}` : date
}

function clockOf(hour: string, minute: string, second?: string, fraction?: string): string | undefined {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 60) return undefined
  return `${two(hour)}:${minute}${second === undefined ? '' : `:${second}`}${fraction === undefined ? '' : `.${fraction}`}`
}

function two(digits: string): string {
  return digits.padStart(2, '0')
}

/** A time with an offset is written as its sender's clock showed it. */
function written(value: string, pieces: readonly Piece[]): string {
  const match = isoShape.exec(value)
  if (match === null) throw new InterlineError('FILE_UNWRITABLE', { problem: `${value} is no date or time` })
  const [, year, month, day, hour, minute, second = hour === undefined ? undefined : '00', fraction, zone] = match
  const found: Readonly<Record<Part, string | undefined>> = {
    year,
    month,
    day,
    hour,
    minute,
    second,
    zone,
    fraction: hour === undefined ? undefined : (fraction ?? '').padEnd(3, '0').slice(0, 3),
  }
  return pieces
    .map(({ token, part }) => {
      if (part === undefined) return token
      const digits = found[part]
      if (digits === undefined) throw new InterlineError('FILE_UNWRITABLE', { problem: `${value} has no ${part}` })
      if (token === 'YY') return digits.slice(2)
      if (token === 'MMM') return months[Number(digits) - 1] ?? ''
      return token.length === 1 && part !== 'zone' ? String(Number(digits)) : digits
    })
    .join('')
}
