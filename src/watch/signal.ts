import type { CounterName } from './counters.ts'
import type { FieldKind } from './withheld.ts'

/** Something that can happen: how it is logged, and how it is counted. */
export interface Signal {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly about: string
  /** The only fields that reach the log: ids, codes and numbers, never a payload, a name or an address. */
  readonly fields: Readonly<Record<string, FieldKind>>
  readonly metric?: Count
  readonly also?: Count
}

/** Labels are the fields of the same name, unless they are fixed here or come from another field. */
export interface Count {
  readonly name: CounterName
  readonly fixed?: Readonly<Record<string, string>>
  readonly from?: Readonly<Record<string, string>>
  /** The field that says how many; one, when there is none. */
  readonly by?: string
}
