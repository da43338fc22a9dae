import type { AuditNote } from '../backbone/audit.ts'
import { audited, auditValues } from '../backbone/postgres/audit.ts'
import type { Queryable } from './queryable.ts'

/** Somebody who signs in. Times in ms since 1970. */
export interface Person {
  readonly id: string
  readonly tenant: string
  /** In lower case; one person in the whole hub. */
  readonly email: string
  readonly name: string
  /** Names of bundles of scopes. */
  readonly roles: readonly string[]
  /** Whose things alone they see; absent for one of us. */
  readonly partner?: string
  /** Counts changes. */
  readonly version: number
  readonly createdAt: number
  readonly disabledAt?: number
  /** PHC string of argon2id; absent until the first link is followed. */
  readonly password?: string
  /** Since when a code is asked for besides the password. */
  readonly secondFactorAt?: number
  /** Whether an issuer of the tenant knows them. */
  readonly hasIdentity?: true
}

/** Who somebody is at an issuer. */
export interface Identity {
  readonly tenant: string
  readonly issuer: string
  readonly subject: string
}

/** What may be changed of a person; what is absent stays. */
export interface PersonChange {
  readonly name?: string
  readonly roles?: readonly string[]
  readonly isDisabled?: boolean
  readonly password?: string
}

/** People as rows. */
export class People {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** An account that is nobody's any more: it cannot be signed in to, and only its id is left, which other rows name. */
  async erase(tenant: string, id: string): Promise<void> {
    await this.#database.query(
      `WITH sessions AS (DELETE FROM session WHERE person = $2), factors AS (DELETE FROM second_factor WHERE person = $2),
            identities AS (DELETE FROM person_identity WHERE person = $2), links AS (DELETE FROM welcome WHERE person = $2)
       UPDATE person SET email = id || '@erased.invalid', name = '[erased]', password = NULL, version = version + 1, disabled_at = coalesce(disabled_at, now_ms())
        WHERE tenant = $1 AND id = $2`,
      [tenant, id],
    )
  }

  async isEmpty(): Promise<boolean> {
    return (await this.#people(`${select} LIMIT 1`, [])).length === 0
  }

  async byEmail(email: string): Promise<Person | undefined> {
    return (await this.#people(`${select} WHERE email = $1`, [email.toLowerCase()]))[0]
  }

  async get(id: string): Promise<Person | undefined> {
    return (await this.#people(`${select} WHERE id = $1`, [id]))[0]
  }

  async byIdentity({ tenant, issuer, subject }: Identity): Promise<Person | undefined> {
    const known = 'SELECT person FROM person_identity WHERE tenant = $1 AND issuer = $2 AND subject = $3'
    return (await this.#people(`${select} WHERE id = (${known})`, [tenant, issuer, subject]))[0]
  }

  /** From now on this identity is this person. False when it is somebody else, or the person has another one at the issuer. */
  async link(id: string, { tenant, issuer, subject }: Identity, note: AuditNote): Promise<boolean> {
    const { rows } = await this.#database.query(
      audited(
        `INSERT INTO person_identity (tenant, issuer, subject, person, created_at) VALUES ($1, $2, $3, $4, now_ms())
         ON CONFLICT DO NOTHING RETURNING person AS id, tenant`,
        { change: 'create', kind: 'identity' },
        5,
      ),
      [tenant, issuer, subject, id, ...auditValues(note)],
    )
    return rows.length === 1
  }

  /** The person is nobody at any issuer any more. */
  async unlink(id: string, note: AuditNote): Promise<void> {
    await this.#database.query(
      audited(
        'DELETE FROM person_identity WHERE person = $1 RETURNING person AS id, tenant',
        { change: 'remove', kind: 'identity' },
        2,
      ),
      [id, ...auditValues(note)],
    )
  }

  /** In order of id, after `after`. */
  list(filter: {
    readonly tenant: string
    readonly partner?: string
    readonly after?: string
    readonly limit: number
  }): Promise<Person[]> {
    const { tenant, partner, after = '', limit } = filter
    return this.#people(
      `${select} WHERE tenant = $1 AND id > $2 AND ($4::text IS NULL OR partner = $4) ORDER BY id LIMIT $3`,
      [tenant, after, limit, partner ?? null],
    )
  }

  /** False when the id or the address is taken. */
  async add(
    person: Omit<Person, 'version' | 'createdAt' | 'disabledAt' | 'secondFactorAt' | 'hasIdentity'>,
    note?: AuditNote,
  ): Promise<boolean> {
    const { id, tenant, email, name, roles, partner, password } = person
    const { rows } = await this.#database.query(
      audited(
        `INSERT INTO person (id, tenant, email, name, roles, password, partner, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, now_ms())
         ON CONFLICT DO NOTHING RETURNING id, tenant`,
        { change: 'create', kind: 'person' },
        8,
      ),
      [
        id,
        tenant,
        email.toLowerCase(),
        name,
        JSON.stringify(roles),
        password ?? null,
        partner ?? null,
        ...auditValues(note),
      ],
    )
    return rows.length === 1
  }

  /**
   * Undefined when the person is gone or was changed since `version`. The last administrator of a tenant stays one: the change that
   * would end that is answered with 'last'.
   */
  async change(
    id: string,
    version: number,
    change: PersonChange & { readonly note?: AuditNote },
  ): Promise<Person | 'last' | undefined> {
    const { name, roles, isDisabled, password, note } = change
    const ends = isDisabled === true || (roles !== undefined && !roles.includes('administrator'))
    const { rows } = await this.#database.query(
      `WITH held AS (SELECT id, tenant, roles FROM person WHERE roles LIKE '%"administrator"%' AND disabled_at IS NULL ORDER BY id FOR UPDATE),
            last AS (SELECT $7::boolean AND EXISTS (SELECT FROM held WHERE id = $1)
                       AND (SELECT count(*) FROM held WHERE tenant = (SELECT tenant FROM held WHERE id = $1)) = 1 AS is_last),
            changed AS (UPDATE person SET
                name = coalesce($3, name), roles = coalesce($4, roles), password = coalesce($5, password),
                disabled_at = CASE WHEN $6::boolean IS NULL THEN disabled_at WHEN $6 THEN coalesce(disabled_at, now_ms()) END,
                version = version + 1
              WHERE id = $1 AND version = $2 AND NOT (SELECT is_last FROM last) RETURNING *),
            told AS (INSERT INTO audit (at, tenant, actor, revision, source, change, kind, name, before, after, address, trace, reason)
                     SELECT now_ms(), changed.tenant, $8::text, (SELECT revision FROM network), 'api', 'change', 'person', changed.id,
                            $9::text, $10::text, $11::text, $12::text, $13::text
                       FROM changed WHERE $8::text IS NOT NULL)
       SELECT (SELECT is_last FROM last), changed.*, ${hasIdentity('changed')} FROM (SELECT) one LEFT JOIN changed ON true`,
      [
        id,
        version,
        name ?? null,
        roles === undefined ? null : JSON.stringify(roles),
        password ?? null,
        isDisabled ?? null,
        ends,
        ...auditValues(note),
      ],
    )
    const row = rows[0]
    if (row?.['is_last'] === true) return 'last'
    return row === undefined || row['id'] === null ? undefined : personOf(row)
  }

  /** Somebody tried to sign in as this person, and could not. */
  async tellRefused(id: string, note: AuditNote): Promise<void> {
    await this.#database.query(
      audited('SELECT id, tenant FROM person WHERE id = $1', { change: 'create', kind: 'refused-sign-in' }, 2),
      [id, ...auditValues(note)],
    )
  }

  async #people(text: string, values: readonly unknown[]): Promise<Person[]> {
    return (await this.#database.query(text, values)).rows.map(personOf)
  }
}

/** A column of a row of a person. */
function hasIdentity(table: string): string {
  return `EXISTS (SELECT FROM person_identity i WHERE i.tenant = ${table}.tenant AND i.person = ${table}.id) AS has_identity`
}

const select = `SELECT person.*, ${hasIdentity('person')} FROM person`

/** The person of a row of the table, whatever else the row holds. */
export function personOf(row: Readonly<Record<string, unknown>>): Person {
  const roles: unknown = JSON.parse(String(row['roles']))
  const { password } = row
  return {
    id: String(row['id']),
    tenant: String(row['tenant']),
    email: String(row['email']),
    name: String(row['name']),
    roles: Array.isArray(roles) ? roles.map(String) : [],
    ...(typeof row['partner'] === 'string' ? { partner: row['partner'] } : {}),
    version: Number(row['version']),
    createdAt: Number(row['created_at']),
    ...(row['disabled_at'] === null ? {} : { disabledAt: Number(row['disabled_at']) }),
    ...(typeof password === 'string' ? { password } : {}),
    ...(row['second_factor_at'] === null ? {} : { secondFactorAt: Number(row['second_factor_at']) }),
    ...(row['has_identity'] === true ? { hasIdentity: true } : {}),
  }
}
