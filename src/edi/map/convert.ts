import { readDecimal } from '../../base/decimal.ts'

/** How a value is written in an element, and what it is in a document. Both ways; `undefined` for what cannot be read. */
export interface Converter {
  readonly read: (text: string) => string | undefined
  readonly write: (value: string) => string
}

/** Text as it stands, both ways. */
export const text: Converter = { read: (found) => found, write: (value) => value }

/** An exact decimal; EDIFACT writes commas too. */
export const decimal: Converter = {
  read: (found) => readDecimal(found.replace(',', '.')),
  write: (value) => value,
}

/** X12 `N2`: the decimals are implied, 12345 is 123.45. */
export function implied(decimals: number): Converter {
  return {
    read(found) {
      const match = /^(-?)(\d+)$/.exec(found)
      if (match === null) return undefined
      const digits = (match[2] ?? '').padStart(decimals + 1, '0')
      return readDecimal(`${match[1]}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`)
    },
    write(value) {
      const [whole = '0', fraction = ''] = value.replace('-', '').split('.')
      if (/[^0]/.test(fraction.slice(decimals))) throw new RangeError(`${value} has more than ${decimals} decimals`)
      const digits = `${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}`.replace(/^0+(?=\d)/, '')
      return value.startsWith('-') ? `-${digits}` : digits
    },
  }
}

/** YYMMDD or CCYYMMDD to `2026-03-01`; two digits of a year are those nearest to today's documents: 1970 to 2069. */
export const date: Converter = {
  read(found) {
    const match = /^(\d\d)?(\d\d)(\d\d)(\d\d)$/.exec(found)
    if (match === null) return undefined
    const [, century, year = '', month = '', day = ''] = match
    return `${century ?? (Number(year) < 70 ? '20' : '19')}${year}-${month}-${day}`
  },
  write: (value) => value.slice(0, 10).replaceAll('-', ''),
}

/** HHMM[SS[DD]] to `08:15`, `08:15:30`, `08:15:30.25`. */
export const time: Converter = {
  read(found) {
    const match = /^(\d\d)(\d\d)(?:(\d\d)(\d{1,2})?)?$/.exec(found)
    if (match === null) return undefined
    const [, hour, minute, second, fraction] = match
    return `${hour}:${minute}${second === undefined ? '' : `:${second}`}${fraction === undefined ? '' : `.${fraction}`}`
  },
  write: (value) => value.replaceAll(/[:.]/g, ''),
}
