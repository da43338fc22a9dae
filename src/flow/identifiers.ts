import type { Backbone } from '../backbone/backbone.ts'
import type { IdentifierClaim, KnownIdentifier } from '../backbone/step.ts'
import { identifierKey } from '../model/identifier.ts'

/**
 * Identifiers seen lately. Only what is known is kept, never that something is unknown: another node may claim it at any moment.
 * A claim that a merge moved elsewhere does no harm here, because the alias forwards what it gets.
 */
export class IdentifierCache {
  readonly #entriesMax: number
  #known = new Map<string, readonly KnownIdentifier[]>()

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax
  }

  readonly known = (key: string): readonly KnownIdentifier[] => this.#known.get(key) ?? []

  async load(keys: readonly string[], backbone: Backbone): Promise<void> {
    const missing = keys.filter((key) => !this.#known.has(key))
    if (missing.length === 0) return
    const cache = this.#known
    const found = await backbone.identifiers(missing)
    if (cache !== this.#known) return this.load(keys, backbone)
    for (const [key, known] of found) if (known.length > 0) cache.set(key, known)
    this.#shrink()
  }

  put(claims: readonly IdentifierClaim[]): void {
    for (const claim of claims) {
      const one = { subject: claim.subject, from: claim.from, lastUsed: claim.from }
      const others = this.known(identifierKey(claim)).filter(
        ({ subject }) => subject !== claim.replaces && subject !== claim.subject,
      )
      this.#known.set(identifierKey(claim), [...others, one])
    }
    this.#shrink()
  }

  clear(): void {
    this.#known = new Map()
  }

  #shrink(): void {
    let surplus = this.#known.size - this.#entriesMax
    if (surplus <= 0) return
    for (const key of this.#known.keys()) {
      if (surplus-- <= 0) break
      this.#known.delete(key)
    }
  }
}
