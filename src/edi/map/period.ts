import { date, time } from './convert.ts'

/** What 2379 calls the common formats of 2380, by their number of digits. */
const formats: Readonly<Record<string, number>> = { 101: 6, 102: 8, 201: 10, 203: 12, 204: 14, 303: 12, 304: 14 }

/** A moment as it was written: local, with the zone only where the format has one. */
export interface Written {
  readonly local: string
  readonly zone?: string
}

/**
 * Reads 2380 by its length: a value with the length of another format than 2379 names occurs in practice and means what it says.
 * Of a range (718 and the like) the start is taken. `undefined` for what is no moment.
 */
export function readPeriod(value: string, format: string): Written | undefined {
  const plain = isPlain[format] === true ? readDigits(value) : undefined
  if (plain !== undefined) return { local: plain }
  const start = format === '718' || format === '717' || format === '719' ? value.slice(0, value.length / 2) : value
  const hasZone = format === '303' || format === '304'
  const length = formats[format] ?? start.length
  const digits = hasZone ? start.slice(0, length) : start
  const zone = hasZone ? start.slice(length) : ''
  if (!/^\d+$/.test(digits)) return undefined
  const dateDigits = digits.length === 6 || digits.length === 10 ? 6 : 8
  const day = date.read(digits.slice(0, dateDigits))
  const clock = digits.slice(dateDigits)
  const at = clock === '' ? '' : time.read(clock)
  if (day === undefined || at === undefined) return undefined
  return { local: at === '' ? day : `${day}T${at}`, ...(zone === '' ? {} : { zone }) }
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

/** As `readPeriod`, with the zone behind it where the format has one that says when it was. */
export function readZonedPeriod(value: string, format: string): string | undefined {
  const plain = isPlain[format] === true ? readDigits(value) : undefined
  if (plain !== undefined) return plain
  const read = readPeriod(value, format)
  return read === undefined ? undefined : `${read.local}${offsetOf(read.zone)}`
}

/** 303 writes the zone as hours from UTC or by name; only `UTC`, `Z` and hours say when it was. */
function offsetOf(zone: string | undefined): string {
  if (zone === undefined) return ''
  if (zone === 'UTC' || zone === 'Z' || zone === 'ZZZ' || zone === 'GMT') return 'Z'
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone)
  return match === null ? '' : `${match[1]}${match[2]}:${match[3] ?? '00'}`
}

/** `2026-03-01`, `2026-03-01T08:15` or with seconds, as 102, 203 or 204; with a zone as 303 or 304. */
export function writePeriod(moment: string): { readonly value: string; readonly format: string } {
  const [, local = '', zone = ''] = /^(.*?)(Z|(?<=T.*)[+-]\d\d:\d\d)?$/.exec(moment) ?? []
  const value = local.slice(0, 19).replaceAll(/[-:T]/g, '')
  if (zone !== '' && value.length > 8)
    return { value: `${value}${zone === 'Z' ? 'UTC' : zone}`, format: value.length === 12 ? '303' : '304' }
  return { value, format: value.length === 8 ? '102' : value.length === 12 ? '203' : '204' }
}
