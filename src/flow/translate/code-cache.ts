import type { Substitution } from '../../model/stock/substitute.ts'
import type { CodeEntry, CodeRegistry, OutwardNames } from '../../registry/codes.ts'
import { BoundedMap, type Bounds } from '../bounded-map.ts'

/** For so long a node may not know that master data changed. What waits for a code is looked up anew. */
const staleMs = 1000

/**
 * Codes seen lately, also those that nobody knows. All of it is dropped when anything of master data changes: changes are rare, and
 * looking for what they touch would cost more.
 */
export class CodeCache {
  readonly #registry: CodeRegistry | undefined
  readonly #mono: () => number
  readonly #bounds: Bounds
  #entries: BoundedMap<CodeEntry>
  #names: BoundedMap<OutwardNames>
  #substitutions: BoundedMap<readonly Substitution[]>
  #revision = 0
  #lookedAt = Number.NEGATIVE_INFINITY
  /** The newest look at the revision: whoever comes while it is under way waits for it. */
  #look: Promise<void> = Promise.resolve()

  constructor(registry: CodeRegistry | undefined, options: { readonly mono: () => number; readonly bounds: Bounds }) {
    this.#registry = registry
    this.#mono = options.mono
    this.#bounds = options.bounds
    this.#entries = new BoundedMap(options.bounds, weigh)
    this.#names = new BoundedMap(options.bounds, weighNames)
    this.#substitutions = new BoundedMap(options.bounds, weighSubstitutions)
  }

  /** Whether there is anything to translate with. Rejects when that cannot be found out: then nothing may pass as it is. */
  async hasAny(): Promise<boolean> {
    if (this.#registry === undefined) return false
    const now = this.#mono()
    if (now - this.#lookedAt >= staleMs) {
      this.#lookedAt = now
      this.#look = this.#lookAt(this.#registry)
    }
    await this.#look
    return this.#revision > 0
  }

  /** The same without waiting; undefined where it has to be looked up. */
  hasAnyNow(): boolean | undefined {
    if (this.#registry === undefined) return false
    return this.#mono() - this.#lookedAt < staleMs ? this.#revision > 0 : undefined
  }

  /** What is known of each of these codes, whatever is dropped meanwhile. Without a registry nothing is. */
  async load(keys: Iterable<string>): Promise<ReadonlyMap<string, CodeEntry>> {
    const found = new Map<string, CodeEntry>()
    if (this.#registry === undefined) return found
    const wanted = [...keys]
    const entries = this.#entries
    for (const key of wanted) {
      const known = entries.get(key)
      if (known !== undefined) found.set(key, known)
    }
    const missing = wanted.filter((key) => !found.has(key))
    if (missing.length === 0) return found
    for (const [key, entry] of await this.#registry.find(missing)) {
      entries.set(key, entry)
      found.set(key, entry)
    }
    entries.shrink()
    // Master data changed meanwhile: what was found before and after that does not belong together.
    return entries === this.#entries ? found : this.load(wanted)
  }

  /** What systems call each of these things of ours. Without a registry they have no names of their own. */
  async outward(keys: Iterable<string>): Promise<ReadonlyMap<string, OutwardNames>> {
    const found = new Map<string, OutwardNames>()
    if (this.#registry === undefined) return found
    const wanted = [...keys]
    const names = this.#names
    for (const key of wanted) {
      const known = names.get(key)
      if (known !== undefined) found.set(key, known)
    }
    const missing = wanted.filter((key) => !found.has(key))
    if (missing.length === 0) return found
    for (const [key, one] of await this.#registry.outward(missing)) {
      names.set(key, one)
      found.set(key, one)
    }
    names.shrink()
    return names === this.#names ? found : this.outward(wanted)
  }

  /** What may be sent instead of each of these items. Without a registry nothing may. */
  async substitutions(keys: Iterable<string>): Promise<ReadonlyMap<string, readonly Substitution[]>> {
    const found = new Map<string, readonly Substitution[]>()
    // Looks at the revision, too: what was approved a second ago counts.
    if (this.#registry === undefined || !(await this.hasAny())) return found
    const wanted = [...keys]
    const relations = this.#substitutions
    for (const key of wanted) {
      const known = relations.get(key)
      if (known !== undefined) found.set(key, known)
    }
    const missing = wanted.filter((key) => !found.has(key))
    if (missing.length === 0) return found
    for (const [key, one] of await this.#registry.substitutions(missing)) {
      relations.set(key, one)
      found.set(key, one)
    }
    relations.shrink()
    return relations === this.#substitutions ? found : this.substitutions(wanted)
  }

  /** Something changed, and whoever says so does not want to wait until this node notices. */
  clear(): void {
    this.#forget()
    this.#lookedAt = Number.NEGATIVE_INFINITY
  }

  #forget(): void {
    this.#entries = new BoundedMap(this.#bounds, weigh)
    this.#names = new BoundedMap(this.#bounds, weighNames)
    this.#substitutions = new BoundedMap(this.#bounds, weighSubstitutions)
  }

  async #lookAt(registry: CodeRegistry): Promise<void> {
    try {
      const revision = await registry.revision()
      if (revision === this.#revision) return
      this.#revision = revision
      this.#forget()
    } catch (error) {
      this.#lookedAt = Number.NEGATIVE_INFINITY
      throw error
    }
  }
}

function weigh(key: string, { mappings }: CodeEntry): number {
  return key.length + 40 + mappings.length * 80
}

function weighNames(key: string, names: OutwardNames): number {
  return key.length + 40 + names.length * 80
}

function weighSubstitutions(key: string, relations: readonly Substitution[]): number {
  return key.length + 40 + relations.length * 500
}
