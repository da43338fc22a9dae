import type { JWK } from 'jose'
import { fits } from './foreign-issuer.ts'

/** A set is read again after this. */
const freshMs = 600_000
/** A key that nobody knows makes us read the set again, but not more often than this. */
const againMs = 30_000
const keysMax = 100

interface KeySetOptions {
  /** Reads the set: its JSON, or undefined when it cannot be had. */
  readonly read: () => Promise<unknown>
  readonly now: () => number
}

/** The public keys of another issuer. When they cannot be read, those that were known count on. */
export class KeySet {
  readonly #options: KeySetOptions
  #keys: readonly JWK[] = []
  #readAt = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | undefined

  constructor(options: KeySetOptions) {
    this.#options = options
  }

  /** The one key with this id that may prove this algorithm; undefined when there is none, or more than one. */
  async find(id: string, algorithm: string): Promise<JWK | undefined> {
    const age = this.#options.now() - this.#readAt
    if (age > freshMs || (age > againMs && !this.#keys.some(({ kid }) => kid === id))) await this.#readAgain()
    const found = this.#keys.filter(({ kid }) => kid === id)
    const [key] = found
    return found.length === 1 && key !== undefined && fits(key, algorithm) ? key : undefined
  }

  /** Once, however many ask for it. */
  #readAgain(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #read(): Promise<void> {
    const set = await this.#options.read()
    this.#readAt = this.#options.now()
    const keys = typeof set === 'object' && set !== null && 'keys' in set ? set.keys : undefined
    if (!Array.isArray(keys) || keys.length > keysMax) return
    // One symmetric key among them would make a secret out of what is public.
    const known = keys.filter(isKey)
    if (!known.some(({ kty }) => kty === 'oct')) this.#keys = known
  }
}

function isKey(value: unknown): value is JWK & { readonly kid: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kty' in value &&
    typeof value.kty === 'string' &&
    'kid' in value &&
    typeof value.kid === 'string'
  )
}
