import { writeInstant } from '../base/instant.ts'
import { shortHash } from '../base/sha256.ts'
import { gs1 } from '../model/check-digit.ts'
import type { DaySeed } from './message.ts'

/** GS1 keeps this company prefix for documentation: no unit in the world carries it. */
const companyPrefix = '0614141'

/** Numbers of a day's documents, parcels and units. Two days never share one. */
export class Numbering {
  readonly #stem: string
  readonly #digits: string

  constructor({ name, seed, startMs }: DaySeed) {
    const date = writeInstant(startMs).slice(2, 10).replaceAll('-', '')
    this.#stem = `${date}-${name.slice(0, 1).toUpperCase()}${seed}`
    const hash = Array.from(shortHash(this.#stem), (letter) => letter.charCodeAt(0) % 10)
    this.#digits = hash.join('').slice(0, 6)
  }

  document(prefix: string, number: number): string {
    return `${prefix}${this.#stem}-${String(number).padStart(5, '0')}`
  }

  tracking(prefix: string, number: number): string {
    return `${prefix}${this.#digits}${String(number).padStart(6, '0')}`
  }

  /** Extension digit, company prefix, nine digits of our own, check digit. */
  sscc(number: number): string {
    const body = `0${companyPrefix}${this.#digits.slice(0, 4)}${String(number % 100_000).padStart(5, '0')}`
    const check = Array.from('0123456789').find((digit) => gs1(`${body}${digit}`)) ?? '0'
    return `${body}${check}`
  }

  eventId(...parts: readonly (string | number)[]): string {
    return shortHash([this.#stem, ...parts].join('|'))
  }
}
