import type { AuditNote } from '../backbone/audit.ts'
import { audited, auditValues } from '../backbone/postgres/audit.ts'
import type { Likeness } from '../model/personal/likeness.ts'
import type { Queryable } from './queryable.ts'

/** Kind of the job that erases. */
export const erasureKind = 'erasure'

/** What such a job is to do. */
export interface ErasureSpec {
  readonly dryRun: false
  readonly erasure: string
  readonly by: string
  readonly about: string
  readonly reason: string
}

/** Somebody who is or was erased. */
export interface Erasure {
  readonly id: string
  readonly tenant: string
  readonly actor: string
  readonly reason: string
  /** Cancelled: what was written over until then stays so, and nothing more is. */
  readonly state: 'running' | 'done' | 'cancelled'
  /** What they are known by, only while the work lasts. */
  readonly person: Likeness | undefined
  /** Objects that they had a part in, hub ids. */
  readonly objects: readonly string[]
  readonly salt: string
  /** Each `<what it is>:<print>`. */
  readonly prints: readonly string[]
  readonly messages: readonly string[] | undefined
  /** Messages found so far, while the look for them lasts; some may be there twice. */
  readonly found: readonly string[]
  /** What was kept all the same. */
  readonly stays: readonly Kept[]
  /** How much of each kind was erased so far. */
  readonly erased: Readonly<Record<string, number>>
  /** Milliseconds since 1970. */
  readonly at: number
  readonly doneAt: number | undefined
}

/** What an erasure does not write over, how much of it, and why. */
export interface Kept {
  readonly what: string
  readonly count: number
  readonly why: string
}

/** The register of erasures. */
export class Erasures {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** Begins one, or begins it again: after a restore the same one is done once more. */
  async begin(
    erasure: Pick<Erasure, 'id' | 'tenant' | 'actor' | 'reason' | 'objects' | 'salt' | 'prints'> & {
      readonly person: Likeness
    },
    note: AuditNote,
  ): Promise<void> {
    const { id, tenant, actor, reason, person, objects, salt, prints } = erasure
    const begin = `INSERT INTO erasure (id, tenant, actor, reason, person, objects, salt, prints, at) VALUES ($1, $2, $3, $4, $5, $6::text[], $7, $8::text[], now_ms())
      ON CONFLICT (tenant, id) DO UPDATE SET state = 'running', person = excluded.person, messages = NULL, found = '{}', done_at = NULL RETURNING id, tenant`
    await this.#database.query(audited(begin, { change: 'begin', kind: 'erasure' }, 9), [
      ...[id, tenant, actor, reason, JSON.stringify(person), objects, salt, prints],
      ...auditValues(note),
    ])
  }

  async get(tenant: string, id: string): Promise<Erasure | undefined> {
    const { rows } = await this.#database.query('SELECT * FROM erasure WHERE tenant = $1 AND id = $2', [tenant, id])
    return rows[0] === undefined ? undefined : erasureOf(rows[0])
  }

  /** The newest first; `before` is the instant and the id of the last one of the page before. */
  async list(
    tenant: string,
    { before, limit }: { readonly before?: { readonly at: number; readonly id: string }; readonly limit: number },
  ): Promise<readonly Erasure[]> {
    const { rows } = await this.#database.query(
      `SELECT * FROM erasure WHERE tenant = $1 AND ($2::bigint IS NULL OR (at, id) < ($2, $3)) ORDER BY at DESC, id DESC LIMIT $4`,
      [tenant, before?.at ?? null, before?.id ?? '', limit],
    )
    return rows.map(erasureOf)
  }

  /** What was found, before anything of it is changed. */
  async found({ tenant, id }: Pick<Erasure, 'tenant' | 'id'>, messages: readonly string[]): Promise<void> {
    await this.#database.query('UPDATE erasure SET messages = $3::text[] WHERE tenant = $1 AND id = $2', [
      tenant,
      id,
      messages,
    ])
  }

  /** What the look for messages found since the last time. */
  async findMore({ tenant, id }: Pick<Erasure, 'tenant' | 'id'>, messages: readonly string[]): Promise<void> {
    await this.#database.query('UPDATE erasure SET found = found || $3::text[] WHERE tenant = $1 AND id = $2', [
      tenant,
      id,
      messages,
    ])
  }

  /** Erasures whose jobs were called off end here: who it was is forgotten, as after any other. */
  async endCancelled(note: AuditNote): Promise<void> {
    const end = `UPDATE erasure e SET state = 'cancelled', person = NULL, messages = NULL, found = '{}', done_at = now_ms()
      FROM job j WHERE e.state = 'running' AND j.kind = '${erasureKind}' AND j.state = 'cancelled' AND j.tenant = e.tenant AND (j.spec::jsonb)->>'erasure' = e.id
       AND NOT EXISTS (SELECT FROM job l WHERE l.kind = '${erasureKind}' AND l.tenant = e.tenant AND (l.spec::jsonb)->>'erasure' = e.id AND l.state IN ('queued', 'running', 'paused'))
      RETURNING e.id, e.tenant`
    await this.#database.query(audited(end, { change: 'cancel', kind: 'erasure' }, 1), auditValues(note))
  }

  /** How much is erased so far. */
  async count({ tenant, id }: Pick<Erasure, 'tenant' | 'id'>, erased: Readonly<Record<string, number>>): Promise<void> {
    await this.#database.query('UPDATE erasure SET erased = $3::jsonb WHERE tenant = $1 AND id = $2', [
      tenant,
      id,
      JSON.stringify(erased),
    ])
  }

  /** It is done: who it was is forgotten here, too. */
  async end({ tenant, id }: Pick<Erasure, 'tenant' | 'id'>, stays: readonly Kept[], note: AuditNote): Promise<void> {
    const end = `UPDATE erasure SET state = 'done', person = NULL, messages = NULL, found = '{}', stays = $3::jsonb, done_at = now_ms() WHERE tenant = $1 AND id = $2 AND state = 'running' RETURNING id, tenant`
    await this.#database.query(audited(end, { change: 'end', kind: 'erasure' }, 4), [
      ...[tenant, id, JSON.stringify(stays)],
      ...auditValues(note),
    ])
  }
}

function erasureOf(row: Readonly<Record<string, unknown>>): Erasure {
  const text = (name: string): string => String(row[name])
  const list = (name: string): readonly string[] => row[name] as readonly string[]
  const { person, messages, done_at: doneAt } = row
  return {
    ...{ id: text('id'), tenant: text('tenant'), actor: text('actor'), reason: text('reason') },
    state: row['state'] === 'done' || row['state'] === 'cancelled' ? row['state'] : 'running',
    person: typeof person === 'string' ? (JSON.parse(person) as Likeness) : undefined,
    ...{ objects: list('objects'), salt: text('salt'), prints: list('prints') },
    messages: messages === null ? undefined : list('messages'),
    found: list('found'),
    stays: row['stays'] as readonly Kept[],
    erased: row['erased'] as Readonly<Record<string, number>>,
    at: Number(row['at']),
    doneAt: doneAt === null ? undefined : Number(doneAt),
  }
}
