import { InterlineError } from '../../base/errors.ts'
import type { Assertion } from '../../model/fact.ts'
import type { Translation, UnknownCode } from './connector.ts'

/** Faults that a message names; all are counted. */
const named = 5

/** What of one message cannot be read, while the rest of it counts: a scan that nobody can read must not hold the others back. */
export class Unread {
  readonly #faults: InterlineError[] = []
  #count = 0

  /** What was read; undefined when it cannot be read, which is remembered. */
  take<T>(read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof InterlineError)) throw error
      this.#count++
      if (this.#faults.length < named) this.#faults.push(error)
      return undefined
    }
  }

  /** Those of the items that can be read, in their order. */
  each<I, T extends object>(items: readonly I[], read: (item: I) => T): T[] {
    return items.flatMap((item) => this.take(() => read(item)) ?? [])
  }

  /** The translation with its rest. Throws what was wrong first where nothing could be read. */
  translation(assertions: readonly Assertion[], unknownCodes: readonly UnknownCode[]): Translation {
    const [first] = this.#faults
    if (first === undefined) return { assertions, unknownCodes }
    if (assertions.length === 0) throw first
    const told = this.#faults.map(({ message }) => message).join(' ')
    return { assertions, unknownCodes, rest: new InterlineError('CONTENT_IN_PART', { faults: this.#count, told }) }
  }
}
