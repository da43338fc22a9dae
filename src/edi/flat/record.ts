import type { FieldType } from './field-type.ts'
import type { FlatField } from './schema.ts'

/** A row that was read by its schema. */
export interface FlatRecord {
  /** Index of its kind in the schema. */
  readonly type: number
  /** Line of the file where it begins, from 1. */
  readonly row: number
  readonly start: number
  readonly end: number
  /** In the order of the fields, as documents say it; empty where there is none. */
  readonly values: readonly string[]
  /** Of its own values. */
  readonly faults: number
}

const zeros = /^0+$/

/** The value of a cell without what only fills it up. Dates of nothing but zeros are none. */
export function unpadded(raw: string, { pad, align, length, type }: FlatField, trims: boolean): string {
  if (length === 0) return trims ? raw.trim() : raw
  if (isDate(type) && zeros.test(raw)) return ''
  if (pad === ' ' || isNumber(type) || isDate(type)) return align === 'left' && !trims ? raw.trimEnd() : raw.trim()
  if (raw.trim() === '') return ''
  let from = 0
  let to = raw.length
  if (align === 'right') while (from < to - 1 && raw[from] === pad) from++
  else while (to > 1 && raw[to - 1] === pad) to--
  return raw.slice(from, to)
}

/** Whether fields of this type hold decimals. */
export function isNumber({ fault }: FieldType): boolean {
  return fault === 'field.not_a_number'
}

/** Whether fields of this type hold days, times or instants. */
export function isDate({ fault }: FieldType): boolean {
  return fault === 'field.not_a_date'
}
