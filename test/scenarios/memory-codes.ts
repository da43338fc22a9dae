import type { Substitution } from '../../src/model/stock/substitute.ts'
import type { CodeEntry, CodeProposal, CodeRegistry, OutwardNames } from '../../src/registry/codes.ts'
import { substitutionLookup } from '../../src/registry/substitution.ts'

/** Translations in memory: the promises of the registry without a database. */
export class MemoryCodes implements CodeRegistry {
  readonly translations = new Map<string, string>()
  /** What may be sent instead of what. */
  readonly relations: Substitution[] = []
  /** Who approved what, once for each time. */
  readonly approvals: string[] = []
  readonly #endings = new Map<string, Set<string>>()
  #revision = 1

  async substitutions(keys: readonly string[]): Promise<ReadonlyMap<string, readonly Substitution[]>> {
    return new Map(
      keys.map((key) => [
        key,
        this.relations.filter(({ sku, substitute }) =>
          [sku, substitute].some((one) => substitutionLookup('main', one) === key),
        ),
      ]),
    )
  }

  async revision(): Promise<number> {
    return this.#revision
  }

  async find(keys: readonly string[]): Promise<ReadonlyMap<string, CodeEntry>> {
    return new Map(
      keys.map((key) => {
        const canonical = this.translations.get(key)
        const mappings = canonical === undefined ? [] : [{ canonical, isFallback: false }]
        return [key, { mappings, isCanonical: false, generation: this.#endings.get(key)?.size ?? 0 }]
      }),
    )
  }

  async approve(
    key: string,
    { canonicalId, by }: { readonly canonicalId: string; readonly by: string },
  ): Promise<'approved' | 'unknown'> {
    if (canonicalId.startsWith('NO')) return 'unknown'
    if (this.translations.get(key) !== canonicalId) {
      this.translations.set(key, canonicalId)
      this.approvals.push(by)
      this.#revision++
    }
    return 'approved'
  }

  async reject(key: string, { task }: { readonly task: string }): Promise<void> {
    this.#endings.set(key, new Set([...(this.#endings.get(key) ?? []), task]))
    this.#revision++
  }

  /** What systems call things of ours, by `codeKey` of our code. */
  readonly names = new Map<string, string>()

  async outward(keys: readonly string[]): Promise<ReadonlyMap<string, OutwardNames>> {
    return new Map(
      keys.map((key) => {
        const external = this.names.get(key)
        return [key, external === undefined ? [] : [{ external, isFallback: false }]]
      }),
    )
  }

  async name(key: string, { external }: { readonly external: string }): Promise<'named' | 'taken'> {
    if ([...this.names.values()].includes(external)) return 'taken'
    this.names.set(key, external)
    this.#revision++
    return 'named'
  }

  async proposals(): Promise<readonly CodeProposal[]> {
    return [{ canonicalId: 'LAMP', why: 'almost LAMP' }]
  }
}
