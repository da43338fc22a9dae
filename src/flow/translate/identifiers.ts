import type { Backbone } from '../../backbone/backbone.ts'
import type { IdentifierClaim, KnownIdentifier } from '../../backbone/step.ts'
import { identifierKey } from '../../model/identifier.ts'
import { BoundedMap, type Bounds } from '../bounded-map.ts'

/**
 * Identifiers seen lately. Only what is known is kept, never that something is unknown: another node may claim it at any moment.
 * A claim that a merge moved elsewhere does no harm here, because the alias forwards what it gets.
 */
export class IdentifierCache {
  readonly #bounds: Bounds
  #known: BoundedMap<readonly KnownIdentifier[]>

  constructor(bounds: Bounds) {
    this.#bounds = bounds
    this.#known = new BoundedMap(bounds, weigh)
  }

  readonly known = (key: string): readonly KnownIdentifier[] => this.#known.get(key) ?? []

  async load(keys: readonly string[], backbone: Backbone): Promise<void> {
    const missing = keys.filter((key) => !this.#known.has(key))
    if (missing.length === 0) return
    const cache = this.#known
    const found = await backbone.identifiers(missing)
    if (cache !== this.#known) return this.load(keys, backbone)
    for (const [key, known] of found) if (known.length > 0) cache.set(key, known)
    cache.shrink()
  }

  put(claims: readonly IdentifierClaim[]): void {
    for (const claim of claims) {
      const one = { subject: claim.subject, from: claim.from, lastUsed: claim.from }
      const others = this.known(identifierKey(claim)).filter(
        ({ subject }) => subject !== claim.replaces && subject !== claim.subject,
      )
      this.#known.set(identifierKey(claim), [...others, one])
    }
    this.#known.shrink()
  }

  clear(): void {
    this.#known = new BoundedMap(this.#bounds, weigh)
  }
}

/** The key, and for each object that it means its id and when it was met. */
function weigh(key: string, known: readonly KnownIdentifier[]): number {
  return key.length + known.length * 60
}
