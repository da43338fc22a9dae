import { randomBytes } from 'node:crypto'
import { InterlineError } from '../base/errors.ts'
import type { MasterKeys } from './master-keys.ts'
import type { Queryable } from './queryable.ts'
import { keyNameOf, type NamedKey, openText, sealText } from './sealed-text.ts'
import { boundTo, type SealedPlace, type Sealing } from './sealing.ts'

/** Another instance may have made a newer key: it is looked for so often. */
const readAgainMs = 30_000
/** Where a key does not open, the master keys are looked up anew, at most so often. */
const mastersAgainMs = 1000
/** A key that nothing is sealed with any more stays for so long: another instance may still seal with it. */
const afterlifeMs = 86_400_000
const opensMost = 10_000
/** Longer texts are opened seldom: answers that are given again. */
const rememberedLengthMost = 2000

/** A key of a tenant as a list shows it. */
export interface DataKeyEntry {
  readonly id: string
  /** The master key that seals it. */
  readonly master: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

/** What releases before had: one key, and a place as a path. */
export type OlderSealing = (sealed: string, place: string) => string | undefined

/** One key per tenant, made when it is first needed, sealed by a master key. The newest seals; all of them open what they sealed. */
export class DataKeys implements Sealing {
  readonly #database: Queryable
  #masters: MasterKeys
  readonly #older: OlderSealing | undefined
  readonly #mastersNow: () => MasterKeys | undefined
  #mastersAskedAt = Number.NEGATIVE_INFINITY
  readonly #now: () => number
  readonly #keys = new Map<string, NamedKey>()
  readonly #newest = new Map<string, { readonly key: NamedKey; readonly until: number }>()
  /** Opening costs microseconds, but webhooks are signed thousands of times a second. */
  readonly #opened = new Map<string, string>()

  constructor(
    database: Queryable,
    options: {
      readonly masters: MasterKeys
      /** The master keys as they are given by now: another instance may have sealed with one that was not there at the start. */
      readonly mastersNow?: () => MasterKeys | undefined
      readonly older?: OlderSealing | undefined
      readonly now: () => number
    },
  ) {
    this.#database = database
    this.#masters = options.masters
    this.#mastersNow = options.mastersNow ?? (() => undefined)
    this.#older = options.older
    this.#now = options.now
  }

  /** Throws MASTER_KEY_UNFIT where a key of this database does not open. */
  async prove(): Promise<void> {
    const { rows } = await this.#database.query('SELECT id, tenant, sealed FROM data_key ORDER BY created_at, id', [])
    for (const row of rows) this.#keep(row)
    await this.#newestOf('')
  }

  async seal(text: string, place: SealedPlace): Promise<string> {
    return sealText(await this.#newestOf(place.tenant), text, boundTo(place))
  }

  async open(sealed: string, place: SealedPlace): Promise<string | undefined> {
    const bound = boundTo(place)
    const remembered = `${sealed} ${bound}`
    const known = this.#opened.get(remembered)
    if (known !== undefined) return known
    if (sealed.startsWith('v1.')) return this.#older?.(sealed, `${place.table}/${place.ids.join('/')}`)
    const key = await this.#find(keyNameOf(sealed) ?? '')
    const text = key === undefined ? undefined : openText(key, sealed, bound)
    if (text !== undefined && sealed.length <= rememberedLengthMost) {
      if (this.#opened.size >= opensMost) this.#opened.clear()
      this.#opened.set(remembered, text)
    }
    return text
  }

  /** Makes a key that seals from now on; with the same id again it is the same one. */
  async add(id: string, tenant: string): Promise<void> {
    await this.#database.query(
      `INSERT INTO data_key (id, tenant, sealed, created_at)
       SELECT $1, $2, $3, greatest(now_ms(), coalesce(max(created_at) + 1, 0)) FROM data_key WHERE tenant = $2 ON CONFLICT DO NOTHING`,
      [id, tenant, this.#masters.seal(randomBytes(32), placeOf(id, tenant))],
    )
    this.#newest.delete(tenant)
  }

  /** The newest first. */
  async list(tenant: string): Promise<readonly DataKeyEntry[]> {
    const { rows } = await this.#database.query(
      'SELECT id, sealed, created_at FROM data_key WHERE tenant = $1 ORDER BY created_at DESC, id DESC',
      [tenant],
    )
    return rows.map((row) => ({
      id: String(row['id']),
      master: keyNameOf(String(row['sealed'])) ?? '',
      createdAt: Number(row['created_at']),
    }))
  }

  get master(): string {
    return this.#masters.current
  }

  /** Seals the keys of all tenants by the first of these; those before it open until then. Returns how many were sealed anew. */
  async rewrap(masters: MasterKeys): Promise<number> {
    this.#masters = masters
    const { rows } = await this.#database.query(
      `SELECT id, tenant, sealed FROM data_key WHERE split_part(sealed, '.', 2) <> $1 ORDER BY id`,
      [masters.current],
    )
    for (const row of rows) {
      const { name: id, bytes } = this.#keep(row)
      await this.#database.query('UPDATE data_key SET sealed = $2 WHERE id = $1 AND sealed = $3', [
        id,
        masters.seal(bytes, placeOf(id, String(row['tenant']))),
        row['sealed'],
      ])
    }
    return rows.length
  }

  /** Removes old keys of a tenant that nothing is sealed with. `used` are the names that were found in the database. */
  async forget(tenant: string, used: ReadonlySet<string>): Promise<void> {
    const [newest, ...older] = await this.list(tenant)
    if (newest === undefined || newest.createdAt > this.#now() - afterlifeMs) return
    const gone = older.filter(({ id }) => !used.has(id)).map(({ id }) => id)
    if (gone.length > 0)
      await this.#database.query('DELETE FROM data_key WHERE tenant = $1 AND id = ANY ($2::text[])', [tenant, gone])
  }

  async #newestOf(tenant: string): Promise<NamedKey> {
    const known = this.#newest.get(tenant)
    if (known !== undefined && known.until > this.#now()) return known.key
    const key = (await this.#readNewest(tenant)) ?? (await this.#make(tenant))
    this.#newest.set(tenant, { key, until: this.#now() + readAgainMs })
    return key
  }

  async #make(tenant: string): Promise<NamedKey> {
    await this.add(`dk_${randomBytes(12).toString('hex')}`, tenant)
    const made = await this.#readNewest(tenant)
    if (made === undefined) throw new Error('a data key that was made is gone')
    return made
  }

  async #readNewest(tenant: string): Promise<NamedKey | undefined> {
    const { rows } = await this.#database.query(
      'SELECT id, tenant, sealed FROM data_key WHERE tenant = $1 ORDER BY created_at DESC, id DESC LIMIT 1',
      [tenant],
    )
    return rows[0] === undefined ? undefined : this.#keep(rows[0])
  }

  async #find(id: string): Promise<NamedKey | undefined> {
    const known = this.#keys.get(id)
    if (known !== undefined) return known
    const { rows } = await this.#database.query('SELECT id, tenant, sealed FROM data_key WHERE id = $1', [id])
    return rows[0] === undefined ? undefined : this.#keep(rows[0])
  }

  #openKey(sealed: string, place: string): Uint8Array | undefined {
    const bytes = this.#masters.open(sealed, place)
    if (bytes !== undefined || this.#now() - this.#mastersAskedAt < mastersAgainMs) return bytes
    this.#mastersAskedAt = this.#now()
    const masters = this.#mastersNow()
    const opened = masters?.open(sealed, place)
    if (masters !== undefined && opened !== undefined) this.#masters = masters
    return opened
  }

  /** Throws MASTER_KEY_UNFIT. */
  #keep(row: Readonly<Record<string, unknown>>): NamedKey {
    const name = String(row['id'])
    const known = this.#keys.get(name)
    if (known !== undefined) return known
    const sealed = String(row['sealed'])
    const bytes = this.#openKey(sealed, placeOf(name, String(row['tenant'])))
    if (bytes === undefined)
      throw new InterlineError('MASTER_KEY_UNFIT', {
        wanted: keyNameOf(sealed) ?? 'unknown',
        given: this.#masters.names.join(', '),
      })
    const key = { name, bytes }
    this.#keys.set(name, key)
    return key
  }
}

/** So that the key of one tenant is not put in the place of another's. */
function placeOf(id: string, tenant: string): string {
  return boundTo({ tenant, table: 'data_key', column: 'sealed', ids: [id] })
}
