import { ChainCheck, type ChainedRow, type ChainFault, type ChainHead, chainStart } from '../backbone/audit-chain.ts'
import type { Queryable } from './queryable.ts'

/** Which rows are wanted; what is absent does not matter. */
export interface AuditFilter {
  readonly tenant: string
  readonly name?: string
  readonly kind?: string
  readonly change?: string
  /** A part of who did it; ASCII letters in either case. */
  readonly actor?: string
  /** ms since 1970: at or after, before. */
  readonly since?: number
  readonly until?: number
  /** Rows in front of this number. */
  readonly before?: number
  readonly limit: number
}

/** What following a chain came to. `head` is where it ends. */
export interface Verification {
  readonly rows: number
  readonly head: ChainHead
  readonly faults: readonly ChainFault[]
}

/** Where a chain begins that was trimmed: the last row that went. */
export interface ChainBegin extends ChainHead {
  /** A line that the hub signed, with that head in it. */
  readonly checkpoint: string
}

/** Rows read at once: a few megabytes. */
const rowsAtOnce = 5000
const columns = `tenant, no, at, actor, address, trace, revision, source, change, kind, name, reason, before, after, encode(hash, 'hex') AS hash`

/** What was done, by whom: rows that are only added, in one chain per tenant. */
export class AuditLog {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** The newest first. */
  async page(filter: AuditFilter): Promise<readonly ChainedRow[]> {
    const { tenant, name, kind, change, actor, since, until, before, limit } = filter
    const { rows } = await this.#database.query(
      `SELECT ${columns} FROM audit
        WHERE tenant = $1 AND ($2::text IS NULL OR name = $2) AND ($3::text IS NULL OR kind = $3) AND ($4::text IS NULL OR change = $4)
          AND ($5::text IS NULL OR position(lower($5) IN lower(actor)) > 0) AND ($6::bigint IS NULL OR at >= $6) AND ($7::bigint IS NULL OR at < $7)
          AND ($8::bigint IS NULL OR no < $8)
        ORDER BY no DESC LIMIT $9`,
      [
        ...[tenant, name ?? null, kind ?? null, change ?? null, actor ?? null],
        ...[since ?? null, until ?? null, before ?? null, limit],
      ],
    )
    return rows.map(rowOf)
  }

  /** In the order of the chain, behind `after`. */
  async chain(tenant: string, after: number, limit: number): Promise<readonly ChainedRow[]> {
    const { rows } = await this.#database.query(
      `SELECT ${columns} FROM audit WHERE tenant = $1 AND no > $2 ORDER BY no LIMIT $3`,
      [tenant, after, limit],
    )
    return rows.map(rowOf)
  }

  /** Where the chain of a tenant ends, as the hub noted it. */
  async head(tenant: string): Promise<ChainHead> {
    return (await this.#heads(tenant))[0] ?? chainStart
  }

  /** Where all chains end, in the order of their tenants. */
  async heads(): Promise<readonly (ChainHead & { readonly tenant: string })[]> {
    return this.#heads(null)
  }

  /** Follows the whole chain of a tenant. `seen` are heads that left the hub before. Ends at what was there when it began. */
  async verify(tenant: string, seen: readonly ChainHead[]): Promise<Verification> {
    return this.#follow(tenant, seen, await this.head(tenant))
  }

  /** Where the chain of a tenant begins; undefined where nothing was ever trimmed. */
  async begin(tenant: string): Promise<ChainBegin | undefined> {
    const { rows } = await this.#database.query(
      `SELECT no, encode(hash, 'hex') AS hash, checkpoint FROM audit_start WHERE tenant = $1`,
      [tenant],
    )
    const [row] = rows
    return row === undefined
      ? undefined
      : { no: Number(row['no']), hash: String(row['hash']), checkpoint: String(row['checkpoint']) }
  }

  /** The last row before which everything is older than this, ms since 1970; undefined where nothing is. */
  async oldUntil(tenant: string, before: number): Promise<ChainHead | undefined> {
    const { rows } = await this.#database.query(
      `SELECT no, encode(hash, 'hex') AS hash FROM audit
        WHERE tenant = $1 AND at < $2 AND no < coalesce((SELECT min(no) FROM audit WHERE tenant = $1 AND at >= $2), 9223372036854775807)
        ORDER BY no DESC LIMIT 1`,
      [tenant, before],
    )
    const [row] = rows
    return row === undefined ? undefined : { no: Number(row['no']), hash: String(row['hash']) }
  }

  /** Whether everything up to this row is as it was written. */
  async isWholeUntil(tenant: string, until: ChainHead): Promise<boolean> {
    const { faults, head } = await this.#follow(tenant, [until], until)
    return faults.length === 0 && head.hash === until.hash
  }

  /** Rows up to this one go, behind a checkpoint that was signed and has left the hub. Gives how many went. */
  async trim(tenant: string, { no, hash, checkpoint }: ChainBegin): Promise<number> {
    await this.#database.query(
      `INSERT INTO audit_start (tenant, no, hash, checkpoint, trimmed_at) VALUES ($1, $2, decode($3, 'hex'), $4, now_ms())
       ON CONFLICT (tenant) DO UPDATE SET no = excluded.no, hash = excluded.hash, checkpoint = excluded.checkpoint, trimmed_at = excluded.trimmed_at
         WHERE audit_start.no < excluded.no`,
      [tenant, no, hash, checkpoint],
    )
    return this.sweep(tenant)
  }

  /** What is before the start of the chain goes: also what a hub that was killed left. */
  async sweep(tenant: string): Promise<number> {
    for (let sum = 0; ; ) {
      const { rows } = await this.#database.query('SELECT trim_audit($1, $2) AS n', [tenant, rowsAtOnce])
      const count = Number(rows[0]?.['n'] ?? 0)
      sum += count
      if (count < rowsAtOnce) return sum
    }
  }

  async #follow(tenant: string, seen: readonly ChainHead[], head: ChainHead): Promise<Verification> {
    const begin = await this.begin(tenant)
    const check = new ChainCheck(seen, begin)
    for (let after = begin?.no ?? 0; ; ) {
      const rows = await this.chain(tenant, after, rowsAtOnce)
      for (const row of rows) if (row.no <= head.no) check.add(row)
      after = rows.at(-1)?.no ?? after
      if (rows.length < rowsAtOnce || after >= head.no) break
    }
    return { faults: check.end(head), rows: check.rows, head: check.head }
  }

  async #heads(tenant: string | null): Promise<readonly (ChainHead & { readonly tenant: string })[]> {
    const { rows } = await this.#database.query(
      `SELECT tenant, no, encode(hash, 'hex') AS hash FROM audit_chain WHERE $1::text IS NULL OR tenant = $1 ORDER BY tenant`,
      [tenant],
    )
    return rows.map((row) => ({ tenant: String(row['tenant']), no: Number(row['no']), hash: String(row['hash']) }))
  }
}

function rowOf(row: Readonly<Record<string, unknown>>): ChainedRow {
  const text = (name: string): string => String(row[name])
  const optional = (name: string): string | null => (row[name] === null ? null : text(name))
  return {
    tenant: text('tenant'),
    no: Number(row['no']),
    at: Number(row['at']),
    actor: text('actor'),
    address: optional('address'),
    trace: optional('trace'),
    revision: Number(row['revision']),
    source: text('source'),
    change: text('change'),
    kind: text('kind'),
    name: text('name'),
    reason: optional('reason'),
    before: optional('before'),
    after: optional('after'),
    hash: text('hash'),
  }
}
