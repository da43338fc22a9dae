import type { AuditNote } from '../backbone/audit.ts'
import { audited, auditValues } from '../backbone/postgres/audit.ts'
import type { Queryable } from './queryable.ts'

/** What somebody likes to see of a list. */
export interface SavedView {
  readonly id: string
  readonly tenant: string
  /** Person or key that keeps it. */
  readonly owner: string
  /** Address of the screen, such as `/shipments`. */
  readonly list: string
  readonly name: string
  /** Query of the address: filters, columns, order. */
  readonly search: string
  /** Everybody of the tenant sees it. */
  readonly shared: boolean
  /** ms since 1970. */
  readonly changedAt: number
}

/** Whose views are looked at. */
interface Owner {
  readonly tenant: string
  readonly owner: string
}

/** Views of lists that people keep for themselves or share with their tenant. */
export class SavedViews {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** Own ones and shared ones of a list, by name; at most `limit`. */
  async list({
    tenant,
    owner,
    list,
    limit,
  }: Owner & { readonly list: string; readonly limit: number }): Promise<readonly SavedView[]> {
    const { rows } = await this.#database.query(
      `SELECT * FROM saved_view WHERE tenant = $1 AND list = $3 AND (owner = $2 OR shared) ORDER BY name, id LIMIT $4`,
      [tenant, owner, list, limit],
    )
    return rows.map(viewOf)
  }

  /** Another one of the same owner, list and name takes its place. Undefined where somebody keeps `most` already. */
  async save(view: Omit<SavedView, 'changedAt'>, note: AuditNote, most: number): Promise<SavedView | undefined> {
    const { id, tenant, owner, list, name, search, shared } = view
    const save = `INSERT INTO saved_view (id, tenant, owner, list, name, search, shared, changed_at)
      SELECT $1, $2, $3, $4, $5, $6, $7::boolean, now_ms()
       WHERE (SELECT count(*) FROM saved_view WHERE tenant = $2 AND owner = $3 AND (list, name) <> ($4, $5)) < $8::bigint
      ON CONFLICT (tenant, owner, list, name) DO UPDATE SET search = excluded.search, shared = excluded.shared, changed_at = excluded.changed_at
      RETURNING *`
    const { rows } = await this.#database.query(audited(save, { change: 'save', kind: 'view' }, 9), [
      ...[id, tenant, owner, list, name, search, shared, most],
      ...auditValues(note),
    ])
    return rows[0] === undefined ? undefined : viewOf(rows[0])
  }

  /** False where the owner has no such view. */
  async remove({ tenant, owner, id }: Owner & { readonly id: string }, note: AuditNote): Promise<boolean> {
    const remove = 'DELETE FROM saved_view WHERE id = $1 AND tenant = $2 AND owner = $3 RETURNING *'
    const { rows } = await this.#database.query(audited(remove, { change: 'remove', kind: 'view' }, 4), [
      ...[id, tenant, owner],
      ...auditValues(note),
    ])
    return rows.length === 1
  }
}

function viewOf(row: Readonly<Record<string, unknown>>): SavedView {
  const text = (name: string): string => String(row[name])
  return {
    id: text('id'),
    tenant: text('tenant'),
    owner: text('owner'),
    list: text('list'),
    name: text('name'),
    search: text('search'),
    shared: row['shared'] === true,
    changedAt: Number(row['changed_at']),
  }
}
