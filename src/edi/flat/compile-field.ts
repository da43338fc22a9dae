import { dateType, isoType } from './date-type.ts'
import type { FieldWords, FlatDeclaration } from './declaration.ts'
import { codeType, type FieldType, flagType, textType } from './field-type.ts'
import { numberType } from './number-type.ts'
import type { FlatField, Form } from './schema.ts'

/** What a field needs to know of its record and its file. */
export interface FieldPlace {
  readonly record: string
  /** All records, and the fields of each. */
  readonly names: readonly string[]
  readonly words: readonly Readonly<Record<string, FieldWords>>[]
  readonly own: Readonly<Record<string, FieldWords>>
  readonly form: Form
  readonly declared: FlatDeclaration
  readonly hasTag: boolean
  readonly problems: string[]
}

/** One field, with what nobody said. */
export function compileField(name: string, words: FieldWords, place: FieldPlace): FlatField {
  const { record, own, problems, form } = place
  const wrong = (problem: string): number => problems.push(`field ${name} of ${record}: ${problem}`)
  const { constant, value, time } = words
  const times = Object.keys(own).indexOf(time ?? '')
  if (time !== undefined && times < 0) wrong(`there is no field ${time}`)
  const type = typeOf(words, place.declared, wrong)
  if (words.pad === '0' && words.align === 'left') wrong('zeros behind a value would be another value')
  const isFixed = form.kind === 'fixed'
  if (isFixed && value === undefined && (words.at === undefined || words.length === undefined))
    wrong('at and length are required in a fixed line, or a value for what the file does not say')
  const columns = columnsOf(name, words, place)
  const at = isFixed ? (words.at ?? 0) - 1 : typeof words.column === 'number' ? words.column - 1 : -1
  if (!isFixed && value === undefined && at < 0 && columns.length === 0)
    wrong('the number of its column is required where no header names it, or a value for what the file does not say')
  return {
    name,
    columns,
    at: value === undefined ? at : -1,
    length: isFixed ? (words.length ?? 0) : 0,
    type,
    isRequired: value === undefined && (words.required ?? false),
    longest: words.longest ?? 10_000,
    shortest: words.shortest ?? 0,
    constant,
    value,
    time: time === undefined || times < 0 ? undefined : times,
    pad: words.pad ?? ' ',
    align:
      words.align ??
      (words.type === 'number' || words.counts !== undefined || words.sums !== undefined ? 'right' : 'left'),
    counts: countsOf(words, place, wrong),
    sums: sumsOf(words, place, wrong),
  }
}

function columnsOf(name: string, { column, value }: FieldWords, { form, hasTag }: FieldPlace): readonly string[] {
  const hasNames = form.kind === 'csv' && form.hasHeader && !hasTag
  if (!hasNames || value !== undefined || typeof column === 'number') return []
  if (column === undefined) return [name]
  return typeof column === 'string' ? [column] : column
}

function typeOf(words: FieldWords, declared: FlatDeclaration, wrong: (problem: string) => void): FieldType {
  const { codes, otherCodes, type, format, decimals, implied = false, sign = 'leading' } = words
  if (codes !== undefined) return codeType(codes, otherCodes ?? 'fault')
  if (type === 'flag') return flagType
  if (type === 'date') {
    const pattern = format ?? declared.dates
    if (pattern === undefined) return isoType
    try {
      return dateType(pattern)
    } catch (error) {
      wrong(error instanceof Error ? error.message : String(error))
      return isoType
    }
  }
  if (type !== 'number' && words.counts === undefined && words.sums === undefined) return textType
  if (implied && decimals === undefined) wrong('decimals are required where the mark is implied')
  const { decimalMark = '.', thousandsMark = '' } = declared
  if (thousandsMark === decimalMark) wrong('decimalMark and thousandsMark are the same')
  return numberType({ decimalMark, thousandsMark, decimals, isImplied: implied, sign })
}

function countsOf(
  { counts }: FieldWords,
  { names }: FieldPlace,
  wrong: (problem: string) => void,
): number[] | undefined {
  if (counts === undefined) return undefined
  if (counts === '*') return names.map((_, index) => index)
  const wanted = typeof counts === 'string' ? [counts] : counts
  for (const one of wanted) if (!names.includes(one)) wrong(`there is no record ${one} to count`)
  return wanted.map((one) => names.indexOf(one))
}

function sumsOf(
  { sums }: FieldWords,
  { names, words }: FieldPlace,
  wrong: (problem: string) => void,
): FlatField['sums'] {
  if (sums === undefined) return undefined
  const [record = '', field = ''] = sums.split('.')
  const found = { record: names.indexOf(record), field: Object.keys(words[names.indexOf(record)] ?? {}).indexOf(field) }
  if (found.record < 0 || found.field < 0) wrong(`there is no ${sums} to sum`)
  return found
}
