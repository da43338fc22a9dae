import type { Fact } from '../../model/fact.ts'
import type { Notice, NoticeValues } from '../../model/notification/notice.ts'
import type { Data } from '../posting.ts'

/** What somebody may be told, before it is known who hears it. */
export interface Happening extends Pick<Notice, 'key' | 'number' | 'values' | 'expected' | 'corrects' | 'overtakes'> {
  /** Of customers: what the correspondence is known by, `order:SO-1`. */
  readonly reference?: string
  /** Of staff: who has to act. */
  readonly roles?: readonly string[]
  /** Which text tells it, where a process says so. */
  readonly event?: string
}

/** One kind of news: which facts bring it, and what is to be said. */
export interface NotificationEvent {
  /** As in a declaration and in the names of texts. */
  readonly name: string
  readonly audience: 'customer' | 'staff'
  readonly about: string
  /** Type of the facts that bring it; absent where those tell it who watch. */
  readonly fact?: string
  /** None where the fact brings no news of this kind. `state` is the object after the fact, where it is at hand. */
  readonly happenings: (fact: Fact, state: unknown) => readonly Happening[]
  /** An example for those who write texts: every value that there can be. */
  readonly example: NoticeValues
}

/** A value that is text and not too long; empty for none. */
export function textOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? value.slice(0, valueMost) : ''
}

const valueMost = 1000

/** Values without the empty ones. */
export function valuesOf(values: Readonly<Record<string, unknown>>): NoticeValues {
  return Object.fromEntries(
    Object.entries(values)
      .map(([name, value]) => [name, textOf(value)] as const)
      .filter(([, value]) => value !== ''),
  )
}

/** Data of a fact as a record. */
export function dataOf(fact: Fact): Data {
  return (typeof fact.data === 'object' && fact.data !== null ? fact.data : {}) as Data
}
