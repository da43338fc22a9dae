import { readDecimal } from '../../base/decimal.ts'
import { doubtOf, withoutUnseenAround } from '../../base/doubtful-text.ts'
import { InterlineError } from '../../base/errors.ts'
import { hasUnstorableCharacter } from '../../base/json.ts'
import { Members } from '../../base/members.ts'
import { readEventTime } from '../../model/event-time.ts'
import type { EventTime } from '../../model/report.ts'

/**
 * Walks a document that somebody else wrote, without casts and with the place in every error. `required` members throw
 * CONTENT_INVALID; `optional` ones are undefined when they are absent, null or empty.
 */
export class Reading {
  readonly #value: unknown
  /** Its name in the reading around it, or where a document begins. */
  readonly #name: string | number
  readonly #around: Reading | undefined

  constructor(value: unknown, place: string | number = '', around?: Reading) {
    this.#value = value
    this.#name = place
    this.#around = around
  }

  /** Put together when somebody asks: that is when something is wrong. */
  get place(): string {
    const around = this.#around?.place ?? nowhere
    if (typeof this.#name === 'number') return `${around === nowhere ? '' : around}[${this.#name}]`
    if (around === nowhere) return this.#name === '' ? nowhere : this.#name
    return `${around}.${this.#name}`
  }

  at(name: string): Reading {
    const value = this.#value
    if (value instanceof Members) return new Reading(value.member(name), name, this)
    const member = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
    return new Reading(member, name, this)
  }

  has(name: string): boolean {
    const { value } = this.at(name)
    return value !== undefined && value !== null
  }

  get present(): boolean {
    return this.#value !== undefined && this.#value !== null && this.#value !== ''
  }

  get value(): unknown {
    return this.#value
  }

  object(): Reading {
    if (!isObject(this.#value)) throw this.wrong('an object')
    return this
  }

  text(lengthMax = 500): string {
    const found = this.optionalText(lengthMax)
    if (found === undefined) throw this.wrong('text')
    return found
  }

  /** Numbers of JSON documents are text here too. */
  optionalText(lengthMax = 500): string | undefined {
    if (!this.present) return undefined
    if (typeof this.#value !== 'string') throw this.wrong('text')
    if (this.#value.length > lengthMax) throw this.wrong(`at most ${lengthMax} characters`)
    if (hasUnstorableCharacter(this.#value)) throw new InterlineError('TEXT_UNSTORABLE', { place: this.place })
    return this.#value
  }

  /** Words for people, cut where they are too long: a talkative carrier must not hold a scan back. The message keeps all of it. */
  excerpt(lengthMax = 500): string | undefined {
    const found = this.optionalText(Number.MAX_SAFE_INTEGER)
    if (found === undefined || found.length <= lengthMax) return found
    const cut = found.slice(0, lengthMax - 1)
    return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`
  }

  name(lengthMax = 500): string {
    const found = this.optionalName(lengthMax)
    if (found === undefined) throw this.wrong('text')
    return found
  }

  /**
   * What an item, lot, place or document is called: blanks and marks around it that nobody sees are no part of it. Throws TEXT_DOUBTFUL for
   * a name that a spreadsheet has damaged, or with an invisible character in it: taken at its word it would be another item.
   */
  optionalName(lengthMax = 500): string | undefined {
    const text = this.optionalText(lengthMax)
    if (text === undefined) return undefined
    const found = withoutUnseenAround(text)
    const doubt = doubtOf(found)
    if (doubt !== undefined && !this.takenAtItsWord)
      throw new InterlineError('TEXT_DOUBTFUL', { place: this.place, problem: problems[doubt] })
    return found === '' ? undefined : found
  }

  /** Whether whoever made the document has looked at its texts already. */
  protected get takenAtItsWord(): boolean {
    return this.#around?.takenAtItsWord ?? false
  }

  decimal(): string {
    const found = this.optionalDecimal()
    if (found === undefined) throw this.wrong('a number')
    return found
  }

  optionalDecimal(): string | undefined {
    const text = this.optionalText(60)
    if (text === undefined) return undefined
    const found = readDecimal(text)
    if (found === undefined) throw this.wrong('a number')
    return found
  }

  whole(): number | undefined {
    const text = this.optionalDecimal()
    if (text === undefined) return undefined
    const number = Number(text)
    if (!Number.isSafeInteger(number)) throw this.wrong('a whole number')
    return number
  }

  time(): EventTime {
    const text = this.text(40)
    const found = readEventTime(text)
    if (found === undefined) throw this.wrong('a time')
    return found
  }

  /** A time that is there and cannot be read is wrong, not absent. */
  optionalTime(): EventTime | undefined {
    return this.present ? this.time() : undefined
  }

  flag(): boolean {
    return this.#value === true || this.#value === 'true'
  }

  list(itemsMax = 1000): Reading[] {
    const found = this.optionalList(itemsMax)
    if (found === undefined) throw this.wrong('a list')
    return found
  }

  optionalList(itemsMax = 1000): Reading[] | undefined {
    if (!this.present) return undefined
    if (!Array.isArray(this.#value)) throw this.wrong('a list')
    if (this.#value.length > itemsMax) throw this.wrong(`at most ${itemsMax} items`)
    return this.#value.map((item: unknown, index) => new Reading(item, index, this))
  }

  /** Reads every item of a list that may be missing. */
  each<T>(read: (item: Reading) => T, itemsMax = 1000): T[] {
    return this.optionalList(itemsMax)?.map(read) ?? []
  }

  wrong(expected: string): InterlineError {
    return new InterlineError('CONTENT_INVALID', { place: this.place, expected, found: kindOf(this.#value) })
  }
}

const problems = {
  spreadsheet: 'this is what a spreadsheet or a floating point number makes of a name',
  invisible: 'a character that nobody sees stands within it',
} as const

/** The place of a document that has no name. */
const nowhere = 'the document'

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What was there, without saying what it said. */
function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'string') return `text of ${value.length} characters`
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
