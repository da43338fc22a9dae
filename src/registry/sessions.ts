import type { AuditNote } from '../backbone/audit.ts'
import { audited, auditValues } from '../backbone/postgres/audit.ts'
import { type Person, personOf } from './people.ts'
import type { Queryable } from './queryable.ts'
import type { SealedPlace } from './sealing.ts'

/** Who showed the second factor: the issuer, which says so; nobody yet; or the person to the hub, as far as they have one here. */
export type Factor = 'provider' | 'none' | 'own'

/** How a session began that an identity provider has vouched for. */
export interface Provided {
  readonly provider: string
  readonly subject: string
  /** The session there, as `sid`. */
  readonly session?: string
  readonly sealedIdToken?: string
}

/** Somebody in a session. */
export interface SignedIn {
  readonly person: Person
  readonly factor: Factor
  /** Ms since 1970. */
  readonly since: number
  readonly provided?: Provided
}

/** Browsers that are signed in, on the side of the server: each can be ended from here. `hash` is the SHA-256 of the cookie in hex. */
export class Sessions {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  async begin(
    session: {
      readonly hash: string
      readonly person: string
      readonly seconds: number
      readonly factor: Factor
      readonly provided?: Provided
    },
    note: AuditNote,
  ): Promise<void> {
    const { hash, person, seconds, factor, provided } = session
    await this.#database.query(
      audited(
        `INSERT INTO session (hash, person, created_at, seen_at, expires_at, factor, provider, provider_subject, provider_session, sealed_id_token)
         VALUES ($1, $2, now_ms(), now_ms(), now_ms() + $3::bigint * 1000, $4, $5, $6, $7, $8)
         RETURNING person AS id, (SELECT tenant FROM person WHERE person.id = session.person) AS tenant`,
        { change: 'create', kind: 'session' },
        9,
      ),
      [
        ...[hash, person, seconds, factor, provided?.provider ?? null, provided?.subject ?? null],
        ...[provided?.session ?? null, provided?.sealedIdToken ?? null, ...auditValues(note)],
      ],
    )
  }

  /** A code was shown in it: it goes on under another name, so that whoever knew the old one is left behind. */
  async prove(hash: string, next: string): Promise<void> {
    await this.#database.query("UPDATE session SET hash = $2, factor = 'own' WHERE hash = $1", [hash, next])
  }

  /** Those of a person that go on, the newest first; times in ms since 1970. */
  async list(
    person: string,
    idleSeconds: number,
  ): Promise<readonly { hash: string; createdAt: number; seenAt: number; expiresAt: number }[]> {
    const { rows } = await this.#database.query(
      `SELECT * FROM session WHERE person = $1 AND expires_at > now_ms() AND seen_at > now_ms() - $2::bigint * 1000
        ORDER BY created_at DESC LIMIT 100`,
      [person, idleSeconds],
    )
    return rows.map((row) => ({
      hash: String(row['hash']),
      createdAt: Number(row['created_at']),
      seenAt: Number(row['seen_at']),
      expiresAt: Number(row['expires_at']),
    }))
  }

  /** Whose session this is, while it lasts and was used within `idleSeconds`. Its use is noted at most once a minute. */
  async find(hash: string, idleSeconds: number): Promise<SignedIn | undefined> {
    const { rows } = await this.#database.query(
      `WITH alive AS (SELECT * FROM session
                       WHERE hash = $1 AND expires_at > now_ms() AND seen_at > now_ms() - $2::bigint * 1000),
            seen AS (UPDATE session SET seen_at = now_ms() FROM alive
                      WHERE session.hash = alive.hash AND alive.seen_at < now_ms() - 60000)
       SELECT person.*, ${columnsOf('alive')} FROM alive JOIN person ON person.id = alive.person WHERE person.disabled_at IS NULL`,
      [hash, idleSeconds],
    )
    return rows[0] === undefined ? undefined : signedIn(rows[0])
  }

  /** The same, without it being a use. */
  async look(hash: string, idleSeconds: number): Promise<SignedIn | undefined> {
    const { rows } = await this.#database.query(
      `SELECT person.*, ${columnsOf('session')} FROM session JOIN person ON person.id = session.person
        WHERE hash = $1 AND expires_at > now_ms() AND seen_at > now_ms() - $2::bigint * 1000 AND person.disabled_at IS NULL`,
      [hash, idleSeconds],
    )
    return rows[0] === undefined ? undefined : signedIn(rows[0])
  }

  /** Whatever began by a session at a provider, or, without one, by a person there: somebody has signed out of that. */
  async endProvided(
    { provider, subject, session }: { readonly provider: string; readonly subject?: string; readonly session?: string },
    note: AuditNote,
  ): Promise<void> {
    await this.#database.query(
      audited(
        `DELETE FROM session WHERE provider = $1 AND ($2::text IS NULL OR provider_subject = $2) AND ($3::text IS NULL OR provider_session = $3)
           AND coalesce($2, $3) IS NOT NULL
         RETURNING person AS id, (SELECT tenant FROM person WHERE person.id = session.person) AS tenant`,
        { change: 'remove', kind: 'session' },
        4,
      ),
      [provider, subject ?? null, session ?? null, ...auditValues(note)],
    )
  }

  /** Whatever began by a provider that is not one of these any more: nobody vouches for it. */
  async endUnvouched(providers: readonly string[], note: AuditNote): Promise<number> {
    const { rows } = await this.#database.query(
      audited(
        `DELETE FROM session WHERE provider IS NOT NULL AND NOT provider = ANY ($1::text[])
         RETURNING person AS id, (SELECT tenant FROM person WHERE person.id = session.person) AS tenant`,
        { change: 'remove', kind: 'session' },
        2,
      ),
      [providers, ...auditValues(note)],
    )
    return rows.length
  }

  async end(hash: string): Promise<void> {
    await this.#database.query('DELETE FROM session WHERE hash = $1', [hash])
  }

  /** All of a person, but the one that is kept. */
  async endAll(person: string, kept = '', note?: AuditNote): Promise<void> {
    await this.#database.query(
      audited(
        `DELETE FROM session WHERE person = $1 AND hash <> $2
         RETURNING person AS id, (SELECT tenant FROM person WHERE person.id = session.person) AS tenant`,
        { change: 'remove', kind: 'session' },
        3,
      ),
      [person, kept, ...auditValues(note)],
    )
  }

  /** Forgets what has ended by itself; at most `limit` at once. */
  async trim(limit: number): Promise<void> {
    await this.#database.query(
      'DELETE FROM session WHERE hash IN (SELECT hash FROM session WHERE expires_at < now_ms() LIMIT $1)',
      [limit],
    )
  }
}

/** Where the ID token of a session lies. */
export function idTokenPlace({ tenant, id }: Pick<Person, 'tenant' | 'id'>): SealedPlace {
  return { tenant, table: 'session', column: 'sealed_id_token', ids: [id] }
}

/** What a session says besides whose it is. */
function columnsOf(table: string): string {
  return ['factor', 'provider', 'provider_subject', 'provider_session', 'sealed_id_token', 'created_at']
    .map((column) => `${table}.${column} AS session_${column}`)
    .join(', ')
}

function signedIn(row: Readonly<Record<string, unknown>>): SignedIn {
  const text = (name: string): string | undefined => {
    const value = row[`session_${name}`]
    return typeof value === 'string' ? value : undefined
  }
  const [provider, subject] = [text('provider'), text('provider_subject')]
  const [session, sealedIdToken] = [text('provider_session'), text('sealed_id_token')]
  const provided =
    provider === undefined || subject === undefined
      ? undefined
      : {
          provider,
          subject,
          ...(session === undefined ? {} : { session }),
          ...(sealedIdToken === undefined ? {} : { sealedIdToken }),
        }
  return {
    person: personOf(row),
    // Written by `begin` and `prove`.
    factor: text('factor') as Factor,
    since: Number(row['session_created_at']),
    ...(provided === undefined ? {} : { provided }),
  }
}
