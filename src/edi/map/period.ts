import { readDate } from '../../base/instant.ts'
import { date, time } from './convert.ts'

/** Formats of 2379 with their parts in the order of the digits: D day, M month, C century, Y year, then the clock. */
const shapes: Readonly<Record<string, string>> = {
  2: 'DDMMYY',
  3: 'MMDDYY',
  4: 'DDMMCCYY',
  5: 'DDMMCCYYHHMM',
  101: 'YYMMDD',
  102: 'CCYYMMDD',
  201: 'YYMMDDHHMM',
  202: 'YYMMDDHHMMSS',
  203: 'CCYYMMDDHHMM',
  204: 'CCYYMMDDHHMMSS',
  205: 'CCYYMMDDHHMM',
  303: 'CCYYMMDDHHMM',
  304: 'CCYYMMDDHHMMSS',
}

/** Formats that say from when to when. */
const ranges: ReadonlySet<string> = new Set(['711', '713', '717', '718', '719'])
/** Formats with the zone behind the digits. */
const zoned: ReadonlySet<string> = new Set(['205', '303', '304'])

/** A moment as it was written: local, with the zone only where the format has one. */
export interface Written {
  readonly local: string
  readonly zone?: string
}

/**
 * Reads 2380 as 2379 says; a value with the length of another format of digits occurs in practice and means what it says. Of a range (718
 * and the like) the start is taken. `undefined` for what is no moment: a week (616), a month (610), a number of days.
 */
export function readPeriod(value: string, format: string): Written | undefined {
  const plain = isPlain[format] === true ? readDigits(value) : undefined
  if (plain !== undefined) return { local: plain }
  const isRange = ranges.has(format)
  const shape = shapes[format]
  if (shape === undefined && !isRange && format !== '') return undefined
  const both = isRange ? value.replace('-', '') : value
  const start = isRange ? both.slice(0, both.length / 2) : both
  const digits = zoned.has(format) ? start.slice(0, shape?.length) : start
  const zone = start.slice(digits.length)
  if (!/^\d+$/.test(digits)) return undefined
  const local = (shape === undefined ? undefined : readShape(digits, shape)) ?? readByLength(digits)
  return local === undefined ? undefined : { local, ...(zone === '' ? {} : { zone }) }
}

/** Undefined also for a day that is in no calendar: then the digits are of another format. */
function readShape(digits: string, shape: string): string | undefined {
  if (digits.length !== shape.length) return undefined
  const part = (letter: string): string => digits.slice(shape.indexOf(letter), shape.lastIndexOf(letter) + 1)
  const minutes = shape.indexOf('HHMM')
  const month = shape.indexOf('MM')
  const day = date.read(
    `${shape.includes('C') ? part('C') : ''}${part('Y')}${digits.slice(month, month + 2)}${part('D')}`,
  )
  const clock = minutes < 0 ? '' : time.read(digits.slice(minutes))
  if (day === undefined || clock === undefined) return undefined
  const [year = 0, ofYear = 0, ofMonth = 0] = day.split('-').map(Number)
  if (readDate({ year, month: ofYear, day: ofMonth }) === undefined) return undefined
  return clock === '' ? day : `${day}T${clock}`
}

/** As it stands: who looks for a time in it finds that it is none. */
function readByLength(digits: string): string | undefined {
  const dateDigits = digits.length === 6 || digits.length === 10 ? 6 : 8
  const day = date.read(digits.slice(0, dateDigits))
  const clock = digits.slice(dateDigits)
  const at = clock === '' ? '' : time.read(clock)
  if (day === undefined || at === undefined) return undefined
  return at === '' ? day : `${day}T${at}`
}

/** Formats without ranges and zones, and none. */
const isPlain: Readonly<Record<string, true>> = { '': true, '102': true, '203': true }

/** A day, or a day and minutes, in digits: nearly all there are. `undefined` for everything else. */
export function readDigits(text: string): string | undefined {
  const { length } = text
  return length === 8 ? readDayAndClock(text, '') : length === 12 ? readDayAndClock(text, text, 8) : undefined
}

/** CCYYMMDD of one text, and HHMM of another one or none. `undefined` for everything else. */
export function readDayAndClock(day: string, clock: string, from = 0): string | undefined {
  for (let at = 0; at < 8; at++) if (!isDigit(day.charCodeAt(at))) return undefined
  if (clock === '') return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`
  for (let at = from; at < from + 4; at++) if (!isDigit(clock.charCodeAt(at))) return undefined
  // Made in one go: put together from seven pieces it would be put together again by everybody who looks into it.
  return String.fromCharCode(
    day.charCodeAt(0),
    day.charCodeAt(1),
    day.charCodeAt(2),
    day.charCodeAt(3),
    hyphen,
    day.charCodeAt(4),
    day.charCodeAt(5),
    hyphen,
    day.charCodeAt(6),
    day.charCodeAt(7),
    letterT,
    clock.charCodeAt(from),
    clock.charCodeAt(from + 1),
    colon,
    clock.charCodeAt(from + 2),
    clock.charCodeAt(from + 3),
  )
}

const hyphen = 0x2d
const letterT = 0x54
const colon = 0x3a

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}

/** As `readPeriod`, with the zone behind it where the format has one that says when it was. Of zeros alone: `undefined`. */
export function readZonedPeriod(value: string, format: string): string | undefined {
  if (isNoDate(value, format)) return undefined
  const plain = isPlain[format] === true ? readDigits(value) : undefined
  if (plain !== undefined) return plain
  const read = readPeriod(value, format)
  return read === undefined ? undefined : `${read.local}${offsetOf(read.zone)}`
}

/** SAP fills a date that it does not have with zeros. */
function isNoDate(value: string, format: string): boolean {
  if (!value.startsWith('0000') || (format !== '102' && format !== '203' && format !== '204')) return false
  return /^(?:0{8}|0{12}|0{14})$/.test(value)
}

/** 303 writes the zone as hours from UTC or by name; only `UTC`, `Z` and hours, with P and M for a sign too, say when it was. */
function offsetOf(zone: string | undefined): string {
  if (zone === undefined) return ''
  if (zone === 'UTC' || zone === 'Z' || zone === 'ZZZ' || zone === 'GMT') return 'Z'
  const match = /^([+PM-])(\d\d):?(\d\d)?$/.exec(zone)
  if (match === null) return ''
  const sign = match[1] === 'P' ? '+' : match[1] === 'M' ? '-' : match[1]
  return `${sign}${match[2]}:${match[3] ?? '00'}`
}

/** `2026-03-01`, `2026-03-01T08:15` or with seconds, as 102, 203 or 204; with a zone as 303 or 304. */
export function writePeriod(moment: string): { readonly value: string; readonly format: string } {
  const [, local = '', zone = ''] = /^(.*?)(Z|(?<=T.*)[+-]\d\d:\d\d)?$/.exec(moment) ?? []
  const value = local.slice(0, 19).replaceAll(/[-:T]/g, '')
  if (zone !== '' && value.length > 8)
    return { value: `${value}${zone === 'Z' ? 'UTC' : zone}`, format: value.length === 12 ? '303' : '304' }
  return { value, format: value.length === 8 ? '102' : value.length === 12 ? '203' : '204' }
}
