import type { AuditNote } from '../backbone/audit.ts'
import type { Queryable } from './queryable.ts'

/** A folder of manifests as it was applied. */
export interface StoredSource {
  readonly tenant: string
  readonly name: string
  readonly mayDeclareAny: boolean
  readonly files: readonly { readonly path: string; readonly bytes: Buffer }[]
  /** Of the folder that a start applied last. */
  readonly startHash: string | undefined
}

/** One thing that an application changes. */
export interface AuditedChange {
  readonly change: 'create' | 'change' | 'remove'
  readonly kind: string
  readonly name: string
  readonly before?: unknown
  readonly after?: unknown
}

/** A change as the audit log keeps it. */
export interface AuditRow extends AuditedChange {
  readonly id: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly actor: string
  readonly revision: number
  readonly source: string
}

/** The network that is in force for all instances on this database, and who made it so. */
export class NetworkRegistry {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** Counts the changes so far; 0 before the first. */
  async revision(): Promise<number> {
    const { rows } = await this.#database.query('SELECT revision FROM network', [])
    return Number(rows[0]?.['revision'] ?? 0)
  }

  /** Revision and sources of one moment. */
  async load(): Promise<{ readonly revision: number; readonly sources: readonly StoredSource[] }> {
    const { rows } = await this.#database.query(
      `SELECT n.revision AS current, s.* FROM network n LEFT JOIN network_source s ON true ORDER BY s.tenant, s.name`,
      [],
    )
    return {
      revision: Number(rows[0]?.['current'] ?? 0),
      sources: rows.filter((row) => row['name'] !== null).map(sourceOf),
    }
  }

  /**
   * Puts the files of a source in force and writes down what that changes, all or nothing. Undefined when the network is not at
   * `revision` any more; otherwise its new one.
   */
  async apply(input: {
    readonly revision: number
    readonly source: StoredSource
    readonly note: AuditNote
    readonly changes: readonly AuditedChange[]
  }): Promise<number | undefined> {
    const { revision, source, note, changes } = input
    const { rows } = await this.#database.query(
      `WITH moved AS (UPDATE network SET revision = revision + 1 WHERE revision = $1 RETURNING revision),
            put AS (INSERT INTO network_source AS s (tenant, name, revision, may_declare_any, files, start_hash)
                    SELECT $2, $3, revision, $4, $5, $6 FROM moved
                    ON CONFLICT (tenant, name) DO UPDATE SET revision = excluded.revision, files = excluded.files,
                      may_declare_any = excluded.may_declare_any, start_hash = coalesce(excluded.start_hash, s.start_hash)),
            told AS (INSERT INTO audit (at, tenant, actor, revision, source, change, kind, name, before, after, address, trace)
                     SELECT now_ms(), $2, $7, revision, $3, c->>'change', c->>'kind', c->>'name', c->>'before', c->>'after', $9, $10
                       FROM moved, jsonb_array_elements($8::jsonb) WITH ORDINALITY AS one(c, no) ORDER BY no)
       SELECT revision FROM moved`,
      [
        revision,
        source.tenant,
        source.name,
        source.mayDeclareAny,
        JSON.stringify(source.files.map(({ path, bytes }) => [path, bytes.toString('base64')])),
        source.startHash ?? null,
        note.actor,
        // Whole: a removed connection is read from here again. Manifests name secrets and hold none.
        JSON.stringify(changes),
        note.address ?? null,
        note.trace ?? null,
      ],
    )
    return rows[0] === undefined ? undefined : Number(rows[0]['revision'])
  }

  /**
   * What was removed together with a connection, when it was the last to be changed and that was its removal; nothing otherwise.
   */
  async removedWith(connection: string): Promise<readonly (AuditRow & { readonly tenant: string })[]> {
    const { rows } = await this.#database.query(
      `WITH last AS (SELECT * FROM audit WHERE kind = 'connection' AND name = $1 ORDER BY id DESC LIMIT 1)
       SELECT a.* FROM last JOIN audit a ON a.revision = last.revision AND a.tenant = last.tenant AND a.source = last.source
        WHERE last.change = 'remove' AND a.change = 'remove'`,
      [connection],
    )
    return rows.map((row) => ({ ...auditRow(row), tenant: String(row['tenant']) }))
  }
}

function sourceOf(row: Readonly<Record<string, unknown>>): StoredSource {
  // Written by `apply`.
  const files = JSON.parse(String(row['files'])) as readonly (readonly [string, string])[]
  return {
    tenant: String(row['tenant']),
    name: String(row['name']),
    mayDeclareAny: row['may_declare_any'] === true,
    files: files.map(([path, text]) => ({ path, bytes: Buffer.from(text, 'base64') })),
    startHash: row['start_hash'] === null ? undefined : (row['start_hash'] as string),
  }
}

function auditRow(row: Readonly<Record<string, unknown>>): AuditRow {
  // Text or nothing, as `apply` wrote it.
  const value = (name: 'before' | 'after'): object =>
    row[name] === null ? {} : { [name]: JSON.parse(row[name] as string) as unknown }
  return {
    id: Number(row['id']),
    at: Number(row['at']),
    actor: String(row['actor']),
    revision: Number(row['revision']),
    source: String(row['source']),
    // The table checks it.
    change: String(row['change']) as AuditRow['change'],
    kind: String(row['kind']),
    name: String(row['name']),
    ...value('before'),
    ...value('after'),
  }
}
