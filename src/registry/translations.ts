import { type CodedKind, codeKey, readCodeKey } from '../model/codes/code-key.ts'
import { canonicalUnit } from '../model/partner-unit.ts'
import type { Substitution } from '../model/stock/substitute.ts'
import { isKnownUnit } from '../model/unit.ts'
import type { CodeEntry, CodeProposal, CodeRegistry, ItemUnits, OutwardNames } from './codes.ts'
import { approved, type CrossReference, crossReferenceKey, validity } from './cross-reference.ts'
import { MasterData } from './master-data.ts'
import { type Item, type MasterKindName, serviceKey } from './master-kinds.ts'
import { proposalsFor } from './proposals.ts'
import type { Queryable } from './queryable.ts'

const kindOf: Readonly<Record<CodedKind, MasterKindName | undefined>> = {
  item: 'items',
  uom: undefined,
  location: 'locations',
  party: 'parties',
  carrier: 'carriers',
  service: 'services',
}

/** Translations of codes from the tables of master data. */
export class Translations implements CodeRegistry {
  readonly #database: Queryable
  readonly #data: MasterData

  constructor(database: Queryable) {
    this.#database = database
    this.#data = new MasterData(database)
  }

  revision(): Promise<number> {
    return this.#data.revision()
  }

  async find(keys: readonly string[]): Promise<ReadonlyMap<string, CodeEntry>> {
    const codes = keys.map(readCodeKey)
    // What stands for a service without its carrier counts for all carriers.
    const lookups = codes.map((code, index) => [keys[index] ?? '', codeKey({ ...code, qualifier: '' })] as const)
    const { rows } = await this.#database.query('SELECT lookup, body FROM master_data WHERE lookup = ANY($1::text[])', [
      [...new Set(lookups.flat())],
    ])
    const byLookup = Map.groupBy(rows, (row) => String(row['lookup']))
    // Best first: those of the carrier itself. One that does not count, or not at that time, hides none that counts for all.
    const references = lookups.map((both): readonly CrossReference[] =>
      [...new Set(both)].flatMap((lookup) =>
        (byLookup.get(lookup) ?? []).map((row) => JSON.parse(String(row['body'])) as CrossReference),
      ),
    )
    const own = await this.#own(
      codes.flatMap((code, index) => [
        ownKey(code),
        ...(references[index] ?? []).map(({ canonicalId }) => ownKey({ ...code, value: canonicalId })),
      ]),
    )
    return new Map(
      codes.map((code, index) => {
        const list = references[index] ?? []
        const thing = own.get(textOf(ownKey(code)))
        const mappings = list
          .filter(({ status, direction }) => status === 'active' && direction !== 'out')
          .map((one) => {
            const units = unitsOf(own.get(textOf(ownKey({ ...code, value: one.canonicalId }))))
            return {
              canonical: one.canonicalId,
              ...validity(one),
              isFallback: one.fallback ?? false,
              ...(units === undefined ? {} : { units }),
            }
          })
        const units = unitsOf(thing)
        const generation = list.reduce((sum, { endings = 0 }) => sum + endings, 0)
        const entry: CodeEntry = {
          mappings,
          isCanonical: thing !== undefined,
          generation,
          ...(units === undefined ? {} : { units }),
        }
        return [keys[index] ?? '', entry]
      }),
    )
  }

  async approve(
    key: string,
    { canonicalId, by }: { readonly canonicalId: string; readonly by: string },
  ): Promise<'approved' | 'unknown'> {
    const code = readCodeKey(key)
    if (!(await this.#isOurs({ ...code, value: canonicalId }, code.value))) return 'unknown'
    const [outcome] = await this.#data.write({
      tenant: code.tenant,
      kind: 'cross-references',
      actor: by,
      source: 'task',
      rows: [approved(code, canonicalId)],
    })
    return outcome?.outcome === 'refused' ? 'unknown' : 'approved'
  }

  async reject(key: string, { task, by }: { readonly task: string; readonly by: string }): Promise<void> {
    const code = readCodeKey(key)
    const row = { ...approved(code, code.value), status: 'retired' as const }
    const before = await this.#data.get(code.tenant, 'cross-references', crossReferenceKey(row))
    const known = before?.body as Partial<CrossReference> | undefined
    if (known?.endedBy === task) return
    await this.#data.end(
      { tenant: code.tenant, actor: by, source: task },
      { ...row, endings: (known?.endings ?? 0) + 1, endedBy: task },
    )
  }

  async proposals(key: string): Promise<readonly CodeProposal[]> {
    const code = readCodeKey(key)
    return proposalsFor(this.#database, code, kindOf[code.kind])
  }

  async outward(keys: readonly string[]): Promise<ReadonlyMap<string, OutwardNames>> {
    const lookups = keys.map((key) => [key, codeKey({ ...readCodeKey(key), qualifier: '' })] as const)
    const { rows } = await this.#database.query(
      'SELECT reverse, body FROM master_data WHERE reverse = ANY($1::text[])',
      [[...new Set(lookups.flat())]],
    )
    const byReverse = Map.groupBy(rows, (row) => String(row['reverse']))
    return new Map(
      lookups.map(([exact, general]) => {
        const found = [...new Set([exact, general])].flatMap((reverse) => byReverse.get(reverse) ?? [])
        const names = found.map((row) => {
          const one = JSON.parse(String(row['body'])) as CrossReference
          return { external: one.externalValue, ...validity(one), isFallback: one.fallback ?? false }
        })
        return [exact, names]
      }),
    )
  }

  async substitutions(keys: readonly string[]): Promise<ReadonlyMap<string, readonly Substitution[]>> {
    const { rows } = await this.#database.query(
      `SELECT lookup, reverse, body FROM master_data WHERE kind = 'substitutes' AND lookup = ANY($1::text[])
        UNION SELECT lookup, reverse, body FROM master_data WHERE kind = 'substitutes' AND reverse = ANY($1::text[])`,
      [[...new Set(keys)]],
    )
    const all = rows.map((row) => ({
      of: [row['lookup'], row['reverse']],
      relation: JSON.parse(String(row['body'])) as Substitution,
    }))
    return new Map(
      keys.map((key) => [key, all.filter(({ of }) => of.includes(key)).map(({ relation }) => relation)] as const),
    )
  }

  async name(
    key: string,
    { external, by }: { readonly external: string; readonly by: string },
  ): Promise<'named' | 'taken'> {
    if (external === '') return 'taken'
    const code = readCodeKey(key)
    const row = { ...approved({ ...code, value: external }, code.value), direction: 'out' as const }
    const before = await this.#data.get(code.tenant, 'cross-references', crossReferenceKey(row))
    const known = before?.body as Partial<CrossReference> | undefined
    const isActive = known?.status === 'active'
    if (isActive && known.canonicalId !== code.value) return 'taken'
    // The same name already leads inwards: then it leads both ways.
    const direction = isActive && known.direction !== 'out' ? 'both' : 'out'
    const [outcome] = await this.#data.write({
      tenant: code.tenant,
      kind: 'cross-references',
      actor: by,
      source: 'task',
      rows: [{ ...row, direction }],
    })
    return outcome?.outcome === 'refused' ? 'taken' : 'named'
  }

  /** A thing of ours, a code that is right as it is, or anything where nobody keeps that kind here. */
  async #isOurs(code: ReturnType<typeof readCodeKey>, asItIs: string): Promise<boolean> {
    if (code.value === '') return false
    const kind = kindOf[code.kind]
    if (kind === undefined) return code.value === asItIs || isKnownUnit(code.value)
    if (code.value === asItIs || !(await this.#data.hasAny(code.tenant, kind))) return true
    return (await this.#own([ownKey(code)])).size > 0
  }

  async #own(keys: readonly OwnKey[]): Promise<ReadonlyMap<string, Own>> {
    const wanted = keys.filter(({ kind }) => kind !== '')
    if (wanted.length === 0) return new Map()
    const { rows } = await this.#database.query(
      `SELECT m.tenant, m.kind, m.key, CASE WHEN m.kind = 'items' THEN m.body END AS body
         FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[], $3::text[]) u(tenant, kind, key)) u
         JOIN master_data m USING (tenant, kind, key)`,
      [wanted.map(({ tenant }) => tenant), wanted.map(({ kind }) => kind), wanted.map(({ key }) => key)],
    )
    return new Map(
      rows.map((row) => {
        const key = { tenant: String(row['tenant']), kind: String(row['kind']), key: String(row['key']) }
        const { body } = row
        return [textOf(key), typeof body === 'string' ? { item: JSON.parse(body) as Item } : {}]
      }),
    )
  }
}

interface OwnKey {
  readonly tenant: string
  readonly kind: string
  readonly key: string
}

interface Own {
  readonly item?: Item
}

function ownKey({ tenant, kind, qualifier, value }: ReturnType<typeof readCodeKey>): OwnKey {
  const key = kind === 'service' ? serviceKey(qualifier, value) : value
  return { tenant, kind: kindOf[kind] ?? '', key }
}

function textOf({ tenant, kind, key }: OwnKey): string {
  return JSON.stringify([tenant, kind, key])
}

function unitsOf(own: Own | undefined): ItemUnits | undefined {
  const { item } = own ?? {}
  if (item?.uomConversions === undefined) return undefined
  const { baseUom } = item
  return Object.fromEntries(
    item.uomConversions.map(({ uom, numerator, denominator }) => [
      canonicalUnit(uom),
      { baseUom: canonicalUnit(baseUom), numerator, denominator },
    ]),
  )
}
