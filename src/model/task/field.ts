import { compare, isDecimal } from '../../base/decimal.ts'
import { readDate } from '../../base/instant.ts'
import type { TaskChoice } from './report.ts'

/** How a member of the data of a decision is written: any text, a decimal that is not negative, a day as YYYY-MM-DD, or one of a few words. */
export const fieldKinds = ['text', 'amount', 'day', 'choice'] as const

/** One member of what belongs to a decision, as people fill it in. */
export interface DecisionField {
  /** Name of the member. */
  readonly name: string
  readonly label: string
  readonly kind: (typeof fieldKinds)[number]
  /** All that is possible, where it is a choice. */
  readonly values?: readonly string[]
  /** Absent: it must be there. */
  readonly isOptional?: boolean
}

/** What belongs to a decision. What is only named must be there, as any text. */
export function fieldsOf({ fields = [], needs = [] }: TaskChoice): readonly DecisionField[] {
  const named = needs.filter((name) => fields.every((field) => field.name !== name))
  return [...fields, ...named.map((name) => ({ name, label: name, kind: 'text' as const }))]
}

/** Whether nothing was said for a field. */
export function isUnsaid(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** What a value of this field has to look like; undefined where it does. */
export function expectedOf({ kind, values = [] }: DecisionField, value: unknown): string | undefined {
  if (typeof value !== 'string') return 'text'
  switch (kind) {
    case 'amount':
      return isDecimal(value) && compare(value, '0') >= 0 ? undefined : 'a decimal number that is not negative'
    case 'day':
      return isDay(value) ? undefined : 'a day as YYYY-MM-DD'
    case 'choice':
      return values.includes(value) ? undefined : `one of ${values.join(', ')}`
    case 'text':
      return undefined
  }
}

function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []
  if (day === undefined) return false
  return readDate({ year: Number(year), month: Number(month), day: Number(day) }) !== undefined
}
