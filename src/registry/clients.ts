import type { AuditNote } from '../backbone/audit.ts'
import { audited, auditValues } from '../backbone/postgres/audit.ts'
import type { Queryable } from './queryable.ts'

/** How a client proves who it is. A secret only where nothing else is possible: whoever overhears it has it. */
export const clientMethods = [
  'private_key_jwt',
  'tls_client_auth',
  'self_signed_tls_client_auth',
  'client_secret_basic',
] as const
/** One of them. */
export type ClientMethod = (typeof clientMethods)[number]

/** What of a certificate names its owner, RFC 8705 §2.1.2. */
export interface CertificateSubject {
  readonly kind: 'dn' | 'dns' | 'uri' | 'ip' | 'email'
  readonly value: string
}

/** One proof of identity. During a rotation two count; times in ms since 1970. */
export interface Credential {
  readonly id: string
  readonly createdAt: number
  /** It does not count from then on. */
  readonly expiresAt?: number
  /** A public key as JWK. */
  readonly key?: Readonly<Record<string, unknown>>
  /** DER in base64. */
  readonly certificate?: string
  readonly subject?: CertificateSubject
  /** SHA-256 of a secret in hex. */
  readonly secretHash?: string
}

/** A system or partner that gets tokens by OAuth 2. */
export interface ApiClient {
  readonly id: string
  readonly tenant: string
  readonly name: string
  readonly partner?: string
  readonly method: ClientMethod
  readonly credentials: readonly Credential[]
  readonly scopes: readonly string[]
  /** Tokens count only with the certificate that they were given to. */
  readonly isBound: boolean
  /** Tokens of an earlier one are void. */
  readonly epoch: number
  readonly createdAt: number
  readonly revokedAt?: number
  readonly lastUsedAt?: number
}

/** Clients as rows. */
export class Clients {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  async add(
    client: Omit<ApiClient, 'createdAt' | 'revokedAt' | 'lastUsedAt' | 'epoch'>,
    note: AuditNote,
  ): Promise<void> {
    const { id, tenant, name, partner, method, credentials, scopes, isBound } = client
    await this.#database.query(
      audited(
        `INSERT INTO api_client (id, tenant, name, partner, method, credentials, scopes, bound, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now_ms()) ON CONFLICT (id) DO NOTHING RETURNING id, tenant`,
        { change: 'create', kind: 'client' },
        9,
      ),
      [
        ...[id, tenant, name, partner ?? null, method, JSON.stringify(credentials), JSON.stringify(scopes), isBound],
        ...auditValues(note),
      ],
    )
  }

  async get(id: string): Promise<ApiClient | undefined> {
    return (await this.#clients('SELECT * FROM api_client WHERE id = $1', [id]))[0]
  }

  /** In order of id, after `after`; of one partner where one is named. */
  list(filter: {
    readonly tenant: string
    readonly partner?: string
    readonly after?: string
    readonly limit: number
  }): Promise<ApiClient[]> {
    const { tenant, partner = null, after = '', limit } = filter
    return this.#clients(
      'SELECT * FROM api_client WHERE tenant = $1 AND id > $2 AND ($4::text IS NULL OR partner = $4) ORDER BY id LIMIT $3',
      [tenant, after, limit, partner],
    )
  }

  /**
   * Other credentials from now on. `voidsTokens`: tokens that were given before do not count any more. False when it was revoked meanwhile, or
   * its credentials are not those of `client` any more: what somebody else took out must not come back.
   */
  async rotate(
    { id, tenant, credentials }: Pick<ApiClient, 'id' | 'tenant' | 'credentials'>,
    change: { readonly credentials: readonly Credential[]; readonly voidsTokens: boolean },
    note: AuditNote,
  ): Promise<boolean> {
    const { rows } = await this.#database.query(
      audited(
        `UPDATE api_client SET credentials = $3, epoch = epoch + $4::integer
          WHERE id = $1 AND tenant = $2 AND revoked_at IS NULL AND credentials::jsonb = $5::jsonb RETURNING id, tenant`,
        { change: 'change', kind: 'client' },
        6,
      ),
      [
        ...[id, tenant, JSON.stringify(change.credentials), change.voidsTokens ? 1 : 0, JSON.stringify(credentials)],
        ...auditValues(note),
      ],
    )
    return rows.length === 1
  }

  /** False when the tenant has no such client or it is revoked already. */
  async revoke(tenant: string, id: string, note: AuditNote): Promise<boolean> {
    const { rows } = await this.#database.query(
      audited(
        'UPDATE api_client SET revoked_at = now_ms() WHERE id = $1 AND tenant = $2 AND revoked_at IS NULL RETURNING id, tenant',
        { change: 'remove', kind: 'client' },
        3,
      ),
      [id, tenant, ...auditValues(note)],
    )
    return rows.length === 1
  }

  /** Last use, for many clients at once; written now and then, never on each request. */
  async touch(ids: readonly string[]): Promise<void> {
    await this.#database.query(
      'UPDATE api_client SET last_used_at = now_ms() WHERE id IN (SELECT id FROM api_client WHERE id = ANY ($1::text[]) ORDER BY id FOR UPDATE)',
      [ids],
    )
  }

  async #clients(text: string, values: readonly unknown[]): Promise<ApiClient[]> {
    return (await this.#database.query(text, values)).rows.map(clientOf)
  }
}

/** Credentials that count at this moment. */
export function activeCredentials({ credentials }: Pick<ApiClient, 'credentials'>, now: number): readonly Credential[] {
  return credentials.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now)
}

function clientOf(row: Readonly<Record<string, unknown>>): ApiClient {
  // Written by `add` and `rotate`.
  const list = <T>(name: string): readonly T[] => JSON.parse(String(row[name])) as readonly T[]
  return {
    id: String(row['id']),
    tenant: String(row['tenant']),
    name: String(row['name']),
    method: row['method'] as ClientMethod,
    credentials: list<Credential>('credentials'),
    scopes: list<string>('scopes'),
    isBound: row['bound'] === true,
    epoch: Number(row['epoch']),
    createdAt: Number(row['created_at']),
    ...(typeof row['partner'] === 'string' ? { partner: row['partner'] } : {}),
    ...(row['revoked_at'] === null ? {} : { revokedAt: Number(row['revoked_at']) }),
    ...(row['last_used_at'] === null ? {} : { lastUsedAt: Number(row['last_used_at']) }),
  }
}
