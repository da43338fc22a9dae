import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { request } from 'undici'

/** Headers by which a request says who sends it. */
export type Proof = Readonly<Record<string, string>>

/** Somebody who is signed in at the pages of this hub. */
export async function personProof(
  database: pg.Client,
  url: string,
  person: {
    readonly id: string
    readonly tenant: string
    readonly roles: readonly string[]
    readonly partner?: string
  },
): Promise<Proof> {
  const { id, tenant, roles, partner } = person
  const cookie = randomBytes(32).toString('base64url')
  const hash = createHash('sha256').update(cookie).digest('hex')
  await database.query(
    `INSERT INTO person (id, tenant, email, name, roles, partner, created_at) VALUES ($1, $2, $1 || '@matrix.example', $1, $3, $4, 0)`,
    [id, tenant, JSON.stringify(roles), partner ?? null],
  )
  await database.query(
    'INSERT INTO session (hash, person, created_at, seen_at, expires_at) VALUES ($1, $2, now_ms(), now_ms(), now_ms() + 3600000)',
    [hash, id],
  )
  return { cookie: `__Host-interline=${cookie}`, origin: url, 'x-interline-page': '1' }
}

/** A client of OAuth 2 with a token of its own. */
export async function clientProof(
  url: string,
  administrator: Proof,
  client: { readonly name: string; readonly scopes: readonly string[]; readonly partner?: string },
): Promise<Proof> {
  const made = await request(`${url}/v1/clients`, {
    method: 'POST',
    headers: { ...administrator, 'content-type': 'application/json', 'idempotency-key': `"${client.name}"` },
    body: JSON.stringify({ ...client, method: 'client_secret_basic' }),
  })
  const { id, secret } = (await made.body.json()) as { id: string; secret: string }
  const answer = await request(`${url}/oauth/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  })
  const { access_token: token } = (await answer.body.json()) as { access_token?: string }
  if (token === undefined) throw new Error(`no token for ${client.name}: ${answer.statusCode}`)
  return { authorization: `Bearer ${token}` }
}
