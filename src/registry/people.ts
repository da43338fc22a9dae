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
  /** Counts changes. */
  readonly version: number
  readonly createdAt: number
  readonly disabledAt?: number
  /** PHC string of argon2id; absent until the first link is followed. */
  readonly password?: string
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

  async isEmpty(): Promise<boolean> {
    return (await this.#people('SELECT * FROM person LIMIT 1', [])).length === 0
  }

  async byEmail(email: string): Promise<Person | undefined> {
    return (await this.#people('SELECT * FROM person WHERE email = $1', [email.toLowerCase()]))[0]
  }

  async get(id: string): Promise<Person | undefined> {
    return (await this.#people('SELECT * FROM person WHERE id = $1', [id]))[0]
  }

  /** In order of id, after `after`. */
  list(filter: { readonly tenant: string; readonly after?: string; readonly limit: number }): Promise<Person[]> {
    const { tenant, after = '', limit } = filter
    return this.#people('SELECT * FROM person WHERE tenant = $1 AND id > $2 ORDER BY id LIMIT $3', [
      tenant,
      after,
      limit,
    ])
  }

  /** False when the id or the address is taken. */
  async add(person: Omit<Person, 'version' | 'createdAt' | 'disabledAt'>): Promise<boolean> {
    const { id, tenant, email, name, roles, password } = person
    const { rows } = await this.#database.query(
      `INSERT INTO person (id, tenant, email, name, roles, password, created_at) VALUES ($1, $2, $3, $4, $5, $6, now_ms())
       ON CONFLICT DO NOTHING RETURNING id`,
      [id, tenant, email.toLowerCase(), name, JSON.stringify(roles), password ?? null],
    )
    return rows.length === 1
  }

  /**
   * Undefined when the person is gone or was changed since `version`. The last administrator of a tenant stays one: the change that
   * would end that is answered with 'last'.
   */
  async change(id: string, version: number, change: PersonChange): Promise<Person | 'last' | undefined> {
    const { name, roles, isDisabled, password } = change
    const ends = isDisabled === true || (roles !== undefined && !roles.includes('administrator'))
    const { rows } = await this.#database.query(
      `WITH held AS (SELECT id, tenant, roles FROM person WHERE roles LIKE '%"administrator"%' AND disabled_at IS NULL ORDER BY id FOR UPDATE),
            last AS (SELECT $7::boolean AND EXISTS (SELECT FROM held WHERE id = $1)
                       AND (SELECT count(*) FROM held WHERE tenant = (SELECT tenant FROM held WHERE id = $1)) = 1 AS is_last),
            changed AS (UPDATE person SET
                name = coalesce($3, name), roles = coalesce($4, roles), password = coalesce($5, password),
                disabled_at = CASE WHEN $6::boolean IS NULL THEN disabled_at WHEN $6 THEN coalesce(disabled_at, now_ms()) END,
                version = version + 1
              WHERE id = $1 AND version = $2 AND NOT (SELECT is_last FROM last) RETURNING *)
       SELECT (SELECT is_last FROM last), changed.* FROM (SELECT) one LEFT JOIN changed ON true`,
      [
        id,
        version,
        name ?? null,
        roles === undefined ? null : JSON.stringify(roles),
        password ?? null,
        isDisabled ?? null,
        ends,
      ],
    )
    const row = rows[0]
    if (row?.['is_last'] === true) return 'last'
    return row === undefined || row['id'] === null ? undefined : personOf(row)
  }

  async #people(text: string, values: readonly unknown[]): Promise<Person[]> {
    return (await this.#database.query(text, values)).rows.map(personOf)
  }
}

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
    version: Number(row['version']),
    createdAt: Number(row['created_at']),
    ...(row['disabled_at'] === null ? {} : { disabledAt: Number(row['disabled_at']) }),
    ...(typeof password === 'string' ? { password } : {}),
  }
}
