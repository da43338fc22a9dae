import type { AuditNote } from '../backbone/audit.ts'
import { InterlineError } from '../base/errors.ts'
import type { CrossReference } from './cross-reference.ts'
import { conflictOf, crossReferenceKey, lookupOf, reverseOf } from './cross-reference.ts'
import { type MasterKindName, masterKinds, rowProblem } from './master-kinds.ts'
import type { Queryable } from './queryable.ts'
import { substitutionLookup } from './substitution.ts'

/** A row of master data as it is now. */
export interface MasterRow {
  readonly key: string
  readonly version: number
  readonly body: Readonly<Record<string, unknown>>
  /** ms since 1970. */
  readonly at: number
  readonly actor: string
}

/** One version of a row, for the audit. */
export interface MasterVersion extends Omit<MasterRow, 'key'> {
  /** How it came: `api`, the name of an import, a task. */
  readonly source: string
}

/** What became of one row that was written. */
export interface RowOutcome {
  readonly key?: string
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'refused'
  readonly version?: number
  readonly problem?: string
  /** It was refused because its version is not the expected one: that is this. */
  readonly found?: number
}

/** Who writes what. */
export interface MasterWrite {
  readonly tenant: string
  readonly kind: MasterKindName
  readonly actor: string
  readonly source: string
  /** How the audit log names who writes, from where; without it `actor`. */
  readonly note?: AuditNote
  readonly rows: readonly unknown[]
  /** The version that the only row has so far; 0 for one that does not exist. */
  readonly expected?: number
  /** Only says what would become of each row. */
  readonly dryRun?: boolean
  /** What the only row has to be named. */
  readonly key?: string
}

/** Whoever writes at the same time goes first so often, then the hub is too busy for this. */
const triesMax = 20

/** Items, places, parties, carriers, services and cross references: every version of each, and who made it. */
export class MasterData {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** Counts the changes. */
  async revision(): Promise<number> {
    const { rows } = await this.#database.query('SELECT revision FROM master_revision', [])
    return Number(rows[0]?.['revision'] ?? 0)
  }

  async get(tenant: string, kind: MasterKindName, key: string): Promise<MasterRow | undefined> {
    return (await this.#load(tenant, kind, [key])).get(key)
  }

  /** Those of the keys that there are. */
  some(tenant: string, kind: MasterKindName, keys: readonly string[]): Promise<ReadonlyMap<string, MasterRow>> {
    return this.#load(tenant, kind, keys)
  }

  /** In the order of their keys, after `after`; with `search` those that begin so. */
  async list(filter: {
    readonly tenant: string
    readonly kind: MasterKindName
    readonly search?: string
    readonly after?: string
    readonly limit: number
  }): Promise<readonly MasterRow[]> {
    const { tenant, kind, search = '', after = '', limit } = filter
    const { rows } = await this.#database.query(
      `SELECT key, version, body, at, actor FROM master_data
        WHERE tenant = $1 AND kind = $2 AND key > $3 AND starts_with(key, $4) ORDER BY key LIMIT $5`,
      [tenant, kind, after, search, limit],
    )
    return rows.map(rowOf)
  }

  /** Newest first. */
  async versions(tenant: string, kind: MasterKindName, key: string): Promise<readonly MasterVersion[]> {
    const { rows } = await this.#database.query(
      `SELECT key, version, body, at, actor, source FROM master_data_version
        WHERE tenant = $1 AND kind = $2 AND key = $3 ORDER BY version DESC LIMIT 200`,
      [tenant, kind, key],
    )
    return rows.map((row) => {
      const { key: _, ...rest } = rowOf(row)
      return { ...rest, source: String(row['source']) }
    })
  }

  /** Whether anybody keeps rows of this kind here. */
  async hasAny(tenant: string, kind: MasterKindName): Promise<boolean> {
    const { rows } = await this.#database.query('SELECT 1 FROM master_data WHERE tenant = $1 AND kind = $2 LIMIT 1', [
      tenant,
      kind,
    ])
    return rows.length > 0
  }

  /** All good rows together, in their order; the same rows again change nothing. One outcome for each. Throws HUB_BUSY. */
  async write(wanted: MasterWrite): Promise<readonly RowOutcome[]> {
    if (wanted.dryRun === true) return (await this.#plan(wanted)).outcomes
    const { outcomes } = await this.#change(wanted, () => this.#plan(wanted))
    return outcomes
  }

  /** Writes down that a translation is ended by a decision, with what only the hub may say. Throws HUB_BUSY. */
  async end(about: Omit<MasterWrite, 'rows' | 'kind'>, row: CrossReference): Promise<void> {
    const key = masterKinds['cross-references'].keyOf({ ...row })
    await this.#change({ ...about, kind: 'cross-references' }, async () => {
      const before = await this.get(about.tenant, 'cross-references', key)
      const isEnded = before?.body['endedBy'] === row.endedBy
      const change = { key, version: (before?.version ?? 0) + 1, body: { ...row }, before: before?.body }
      return { changes: isEnded ? [] : [change] }
    })
  }

  /** Plans anew whenever somebody else wrote since it was planned. Throws HUB_BUSY. */
  async #change<P extends Pick<Plan, 'changes'>>(
    about: Omit<MasterWrite, 'rows'>,
    planned: () => Promise<P>,
  ): Promise<P> {
    for (let tries = 0; tries < triesMax; tries++) {
      const revision = await this.revision()
      const plan = await planned()
      if (plan.changes.length === 0 || (await this.#put(about, revision, plan.changes))) return plan
    }
    throw new InterlineError('HUB_BUSY')
  }

  async #plan({ tenant, kind, rows, expected, key: named, actor }: MasterWrite): Promise<Plan> {
    const problems = rows.map((row) => rowProblem(kind, row))
    const bodies = rows.map((row, index) => (problems[index] === undefined ? normal(kind, row, actor) : undefined))
    const keys = bodies.map((body) => (body === undefined ? undefined : masterKinds[kind].keyOf(body)))
    const known = new Map(await this.#load(tenant, kind, [...new Set(keys.flatMap((key) => key ?? []))]))
    let beside: readonly CrossReference[] = kind === 'cross-references' ? await this.#beside(tenant, bodies) : []
    const changes: Change[] = []
    const outcomes = bodies.map((body, index): RowOutcome => {
      const key = keys[index]
      if (body === undefined || key === undefined) return { outcome: 'refused', problem: problems[index] ?? '' }
      if (named !== undefined && key !== named) return { key, outcome: 'refused', problem: `it is named ${key}` }
      const before = known.get(key)
      if (expected !== undefined && expected !== (before?.version ?? 0))
        return { key, outcome: 'refused', problem: 'it was changed meanwhile', found: before?.version ?? 0 }
      const next = kind === 'cross-references' ? succeeding(body, before?.body) : approvedAlready(body, before?.body)
      if (before !== undefined && textOf(before.body) === textOf(next))
        return { key, outcome: 'unchanged', version: before.version }
      if (kind === 'cross-references') {
        const conflict = conflictOf(referenceOf(next), beside)
        if (conflict !== undefined) return { key, outcome: 'refused', problem: conflict }
        // In the place of what it was: a row that ends a translation makes room for those behind it.
        beside = [...beside.filter((one) => crossReferenceKey(one) !== key), referenceOf(next)]
      }
      const version = (before?.version ?? 0) + 1
      known.set(key, { key, version, body: next, at: 0, actor })
      changes.push({ key, version, body: next, before: before?.body })
      return { key, outcome: before === undefined ? 'created' : 'changed', version }
    })
    return { outcomes, changes }
  }

  async #load(tenant: string, kind: MasterKindName, keys: readonly string[]): Promise<Map<string, MasterRow>> {
    if (keys.length === 0) return new Map()
    const { rows } = await this.#database.query(
      'SELECT key, version, body, at, actor FROM master_data WHERE tenant = $1 AND kind = $2 AND key = ANY($3::text[])',
      [tenant, kind, keys],
    )
    return new Map(rows.map(rowOf).map((row) => [row.key, row]))
  }

  /** Translations of the same codes, and of the same things outwards. */
  async #beside(tenant: string, bodies: readonly (Body | undefined)[]): Promise<CrossReference[]> {
    const references = bodies.flatMap((body) => (body === undefined ? [] : [referenceOf(body)]))
    const lookups = references.map((one) => lookupOf(tenant, one))
    const reverses = references.flatMap((one) => reverseOf(tenant, one) ?? [])
    const { rows } = await this.#database.query(
      `SELECT body FROM master_data WHERE lookup = ANY($1::text[]) UNION SELECT body FROM master_data WHERE reverse = ANY($2::text[])`,
      [[...new Set(lookups)], [...new Set(reverses)]],
    )
    return rows.map((row) => JSON.parse(String(row['body'])) as CrossReference)
  }

  /** False when somebody else wrote since `revision`. */
  async #put(
    { tenant, kind, actor, source, note = { actor } }: Omit<MasterWrite, 'rows'>,
    revision: number,
    changes: readonly Change[],
  ): Promise<boolean> {
    const newest = [...new Map(changes.map((change) => [change.key, change])).values()]
    const found = newest.map(({ body, key }) => finders(tenant, kind, { body, key }))
    const { rows } = await this.#database.query(
      `WITH moved AS (UPDATE master_revision SET revision = revision + 1 WHERE revision = $1 RETURNING revision),
            put AS (INSERT INTO master_data AS m (tenant, kind, key, version, body, lookup, reverse, plain, at, actor)
                    SELECT $2, $3, t.key, t.version, t.body, t.lookup, t.reverse, t.plain, now_ms(), $4
                      FROM moved, unnest($6::text[], $7::int[], $8::text[], $9::text[], $10::text[], $11::text[]) t(key, version, body, lookup, reverse, plain)
                     ORDER BY t.key
                    ON CONFLICT (tenant, kind, key) DO UPDATE SET version = excluded.version, body = excluded.body, lookup = excluded.lookup,
                      reverse = excluded.reverse, plain = excluded.plain, at = excluded.at, actor = excluded.actor),
            told AS (INSERT INTO master_data_version (tenant, kind, key, version, body, at, actor, source)
                     SELECT $2, $3, t.key, t.version, t.body, now_ms(), $4, $5
                       FROM moved, unnest($12::text[], $13::int[], $14::text[]) t(key, version, body) ORDER BY t.key, t.version),
            audited AS (INSERT INTO audit (at, tenant, actor, revision, source, change, kind, name, before, after, address, trace, reason)
                     SELECT now_ms(), $2, $15, (SELECT revision FROM network), $5, t.change, $3, t.key, t.before, t.after, $16, $17, $18
                       FROM moved, unnest($12::text[], $19::text[], $20::text[], $21::text[]) WITH ORDINALITY t(key, change, before, after, no) ORDER BY t.no)
       SELECT revision FROM moved`,
      [
        ...[revision, tenant, kind, actor, source],
        ...[newest.map(({ key }) => key), newest.map(({ version }) => version), newest.map(({ body }) => textOf(body))],
        ...[found.map(({ lookup }) => lookup), found.map(({ reverse }) => reverse), found.map(({ plain }) => plain)],
        ...[
          changes.map(({ key }) => key),
          changes.map(({ version }) => version),
          changes.map(({ body }) => textOf(body)),
        ],
        ...[note.actor, note.address ?? null, note.trace ?? null, note.reason ?? null],
        ...auditColumns(changes),
      ],
    )
    return rows.length > 0
  }
}

type Body = Readonly<Record<string, unknown>>

interface Change {
  readonly key: string
  readonly version: number
  readonly body: Body
  readonly before: Body | undefined
}

interface Plan {
  readonly outcomes: readonly RowOutcome[]
  readonly changes: readonly Change[]
}

/** Letters and digits in upper case, without zeros in front: how people compare codes. */
export function plainCode(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^0+(?=.)/, '')
}

/** What was done, before and after: versions and names of members only, because rows may hold people; the versions themselves are kept. */
function auditColumns(changes: readonly Change[]): readonly (readonly (string | null)[])[] {
  return [
    changes.map(({ before }) => (before === undefined ? 'create' : 'change')),
    changes.map(({ before, version }) => (before === undefined ? null : JSON.stringify({ version: version - 1 }))),
    changes.map(({ before = {}, body, version }) => {
      const members = [...new Set([...Object.keys(before), ...Object.keys(body)])].toSorted()
      const changed = members.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(body[name]))
      return JSON.stringify({ version, changed })
    }),
  ]
}

function finders(
  tenant: string,
  kind: MasterKindName,
  { body, key }: Pick<Change, 'body' | 'key'>,
): { readonly lookup: string | null; readonly reverse: string | null; readonly plain: string } {
  if (kind === 'substitutes') {
    const [lookup, reverse] = [body['sku'], body['substitute']].map((sku) => substitutionLookup(tenant, String(sku)))
    return { lookup: lookup ?? null, reverse: reverse ?? null, plain: plainCode(key) }
  }
  if (kind !== 'cross-references') return { lookup: null, reverse: null, plain: plainCode(key) }
  const row = referenceOf(body)
  return {
    lookup: lookupOf(tenant, row),
    reverse: reverseOf(tenant, row) ?? null,
    plain: plainCode(row.externalValue),
  }
}

/** With what a translation or a relation has where its sender does not say so. */
function normal(kind: MasterKindName, row: unknown, actor: string): Body {
  const body = row as Body
  const usual = defaults[kind]
  if (usual === undefined) return body
  const { status, ...rest }: Body = { ...usual, ...body }
  return { ...rest, status, ...(status === 'active' ? { approvedBy: actor } : {}) }
}

/** What has to be approved says so from the beginning. */
const defaults: Partial<Readonly<Record<MasterKindName, Body>>> = {
  'cross-references': { direction: 'in', status: 'proposed' },
  substitutes: { direction: 'one_way', priority: 50, priceRule: 'ordered_item', status: 'proposed' },
}

/** What was approved as it is stays approved by whoever did it. */
function approvedAlready(body: Body, before: Body | undefined): Body {
  if (before === undefined || before['approvedBy'] === undefined) return body
  const same = { ...body, approvedBy: before['approvedBy'] }
  return textOf(same) === textOf(before) ? same : body
}

/** Who approved it stays, and how often it was ended goes on. */
function succeeding(body: Body, before: Body | undefined): Body {
  if (before === undefined) return body
  const [was, now] = [referenceOf(before), referenceOf(body)]
  const { endings = 0, endedBy } = was
  const ends = was.status !== 'retired' && now.status === 'retired'
  const count = endings + (ends ? 1 : 0)
  const isSame = was.status === 'active' && now.status === 'active' && was.canonicalId === now.canonicalId
  return {
    ...body,
    ...(isSame && was.approvedBy !== undefined ? { approvedBy: was.approvedBy } : {}),
    ...(count === 0 ? {} : { endings: count }),
    ...(endedBy === undefined || body['endedBy'] !== undefined ? {} : { endedBy }),
  }
}

function referenceOf(body: Body): CrossReference {
  return body as unknown as CrossReference
}

/** The same content is the same text, whatever the order in which it was said. */
function textOf(body: Body): string {
  return JSON.stringify(body, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

function rowOf(row: Readonly<Record<string, unknown>>): MasterRow {
  return {
    key: String(row['key']),
    version: Number(row['version']),
    // Written by `write`.
    body: JSON.parse(String(row['body'])) as Body,
    at: Number(row['at']),
    actor: String(row['actor']),
  }
}
