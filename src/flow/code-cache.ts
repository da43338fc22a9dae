import type { CodeEntry, CodeRegistry } from '../registry/codes.ts'
import { BoundedMap, type Bounds } from './bounded-map.ts'

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
  #revision = 0
  #lookedAt = Number.NEGATIVE_INFINITY

  constructor(registry: CodeRegistry | undefined, options: { readonly mono: () => number; readonly bounds: Bounds }) {
    this.#registry = registry
    this.#mono = options.mono
    this.#bounds = options.bounds
    this.#entries = new BoundedMap(options.bounds, weigh)
  }

  /** Whether there is anything to translate with. */
  async hasAny(): Promise<boolean> {
    if (this.#registry === undefined) return false
    const now = this.#mono()
    if (now - this.#lookedAt < staleMs) return this.#revision > 0
    this.#lookedAt = now
    const revision = await this.#registry.revision()
    if (revision !== this.#revision) this.clear()
    this.#revision = revision
    return revision > 0
  }

  readonly entry = (key: string): CodeEntry => this.#entries.get(key) ?? unheard

  async load(keys: Iterable<string>): Promise<void> {
    const missing = [...keys].filter((key) => !this.#entries.has(key))
    if (missing.length === 0 || this.#registry === undefined) return
    const entries = this.#entries
    for (const [key, entry] of await this.#registry.find(missing)) entries.set(key, entry)
    if (entries !== this.#entries) return this.load(missing)
  }

  /** After a batch: what was needed together is not lost while it is put together. */
  shrink(): void {
    this.#entries.shrink()
  }

  /** Something changed, and whoever says so does not want to wait until this node notices. */
  clear(): void {
    this.#entries = new BoundedMap(this.#bounds, weigh)
    this.#lookedAt = Number.NEGATIVE_INFINITY
  }
}

const unheard: CodeEntry = { mappings: [], isCanonical: false, generation: 0 }

function weigh(key: string, { mappings }: CodeEntry): number {
  return key.length + 40 + mappings.length * 80
}
