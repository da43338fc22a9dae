import { readDecimal } from '../../base/decimal.ts'
import { InterlineError } from '../../base/errors.ts'
import { implied } from '../map/convert.ts'
import type { FieldType } from './field-type.ts'

/** How a partner writes numbers. */
export interface NumberForm {
  readonly decimalMark: '.' | ','
  /** Between groups of three digits; empty: none. Declared, it is written too, and may be left out where it is read. */
  readonly thousandsMark: string
  /** Written with so many decimals; undefined: as many as the value has. */
  readonly decimals: number | undefined
  /** The mark is not written: 12345 is 123.45. */
  readonly isImplied: boolean
  /** Where the sign stands. `overpunch` is the last digit of COBOL's zoned decimals: `12C` is 123, `12L` is -123. */
  readonly sign: 'leading' | 'trailing' | 'overpunch'
}

const positive = '{ABCDEFGHI'
const negative = '}JKLMNOPQR'
const plainWhole = /^-?\d{1,15}$/

/** Exact decimals. Nothing is guessed: with a decimal comma a point is no number, unless it stands between thousands. */
export function numberType(form: NumberForm): FieldType {
  const { decimalMark, thousandsMark, decimals, isImplied, sign } = form
  const scaled = implied(decimals ?? 0)
  const isSimple = sign === 'leading' && !isImplied
  const grouped = thousandsMark === '' ? undefined : groupedShape(thousandsMark, decimalMark)
  return {
    read(raw) {
      const found = raw.trim()
      if (isSimple && plainWhole.test(found)) return readDecimal(found)
      const signed = withLeadingSign(found, sign)
      if (signed === undefined) return undefined
      if (isImplied && (decimals ?? 0) > 0) return scaled.read(signed.replace(/^\+/, ''))
      const joined = grouped?.test(signed) === true ? signed.replaceAll(thousandsMark, '') : signed
      if (decimalMark === ',' && joined.includes('.')) return undefined
      const plain = joined.replace(decimalMark, '.')
      // 1E+05 is what a spreadsheet made of a number that it could not show.
      return /[^\d.+-]/.test(plain) ? undefined : readDecimal(plain)
    },
    write(value) {
      const exact = decimals === undefined ? value : withDecimals(value, decimals)
      const [whole = '', fraction] = exact.replace('-', '').split('.')
      if (sign === 'overpunch' && fraction !== undefined && !isImplied)
        throw new InterlineError('FILE_UNWRITABLE', { problem: `${value} has decimals, but its form has no mark` })
      const groups = isImplied || thousandsMark === '' ? whole : whole.replaceAll(/\B(?=(\d{3})+$)/g, thousandsMark)
      const digits = isImplied
        ? `${whole}${fraction ?? ''}`.replace(/^0+(?=\d)/, '')
        : `${groups}${fraction === undefined ? '' : `${decimalMark}${fraction}`}`
      return withSign(digits, value.startsWith('-'), sign)
    },
    fault: 'field.not_a_number',
    expected: expectedOf(form),
  }
}

function groupedShape(thousandsMark: string, decimalMark: string): RegExp {
  const escaped = (one: string): string => one.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^[+-]?\\d{1,3}(${escaped(thousandsMark)}\\d{3})+(${escaped(decimalMark)}\\d*)?$`)
}

function withLeadingSign(found: string, sign: NumberForm['sign']): string | undefined {
  if (sign === 'leading') return found
  const last = found.at(-1) ?? ''
  const others = found.slice(0, -1)
  if (sign === 'trailing') {
    if (last === '-') return `-${others.trimEnd()}`
    return last === '+' ? others.trimEnd() : found
  }
  if (/[+-]/.test(found)) return undefined
  const plus = positive.indexOf(last)
  const minus = negative.indexOf(last)
  if (last === '' || (plus < 0 && minus < 0)) return found
  return minus >= 0 ? `-${others}${minus}` : `${others}${plus}`
}

function withSign(digits: string, isNegative: boolean, sign: NumberForm['sign']): string {
  if (sign === 'leading') return isNegative ? `-${digits}` : digits
  if (sign === 'trailing') return isNegative ? `${digits}-` : digits
  const last = Number(digits.at(-1) ?? '0')
  return `${digits.slice(0, -1)}${(isNegative ? negative : positive)[last]}`
}

function withDecimals(value: string, decimals: number): string {
  const [whole = '0', fraction = ''] = value.split('.')
  if (/[^0]/.test(fraction.slice(decimals)))
    throw new InterlineError('FILE_UNWRITABLE', { problem: `${value} has more than ${decimals} decimals` })
  return decimals === 0 ? whole : `${whole}.${fraction.slice(0, decimals).padEnd(decimals, '0')}`
}

function expectedOf({ decimalMark, decimals, isImplied, sign }: NumberForm): string {
  const shown = isImplied ? '12345' : decimals === 0 ? '123' : `123${decimalMark}45`
  const where = sign === 'leading' ? '' : sign === 'trailing' ? ', a minus behind it' : ', overpunched'
  return `a number like ${shown}${where}`
}
