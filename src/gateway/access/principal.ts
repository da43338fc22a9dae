import { hash } from 'node:crypto'
import { InterlineError } from '../../base/errors.ts'
import type { AccessTokens } from '../oauth/access-tokens.ts'

/** Who calls: an API key or a client with its scopes, or a person who is signed in with those of their roles. */
export interface Principal {
  /** Id of the key, of the client or of the person. */
  readonly key: string
  readonly tenant: string
  readonly name: string
  readonly scopes: readonly string[]
  /** Hash of the session of a person; absent with a key. */
  readonly session?: string
  /** The only partner whose things are seen; absent for our own systems and people. */
  readonly partner?: string
}

/** A stored key as far as checking it needs. Times in ms since 1970. */
export interface KeyRow {
  readonly id: string
  readonly tenant: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly partner?: string
  readonly expiresAt?: number
  readonly revokedAt?: number
}

/** Every scope that a key can have; a route names the one that it needs. */
export const scopes = [
  'inbound:write',
  'messages:read',
  'messages:raw',
  'shipments:read',
  'shipments:share',
  'documents:read',
  'inventory:read',
  'inventory:reserve',
  'effects:read',
  'effects:decide',
  'parked:read',
  'parked:decide',
  'replays:write',
  'jobs:read',
  'subscriptions:read',
  'subscriptions:write',
  'accounting:read',
  'checks:read',
  'alerts:read',
  'alerts:write',
  'exceptions:read',
  'exceptions:write',
  'contracts:read',
  'contracts:write',
  'keys:write',
  'network:read',
  'network:write',
  'personal:read',
  'privacy:export',
  'privacy:erase',
  'master-data:read',
  'master-data:write',
  'tasks:read',
  'tasks:write',
  'tasks:decide',
  'tasks:reassign',
  'notifications:read',
  'notifications:write',
  'processes:read',
  'processes:decide',
  'clients:read',
  'clients:write',
  'people:read',
  'people:write',
  'secrets:read',
  'secrets:write',
  'portal:write',
  'flow:read',
  'flow:write',
  'system:read',
  'system:write',
] as const
/** One of them. */
export type Scope = (typeof scopes)[number]

/**
 * Keys by the SHA-256 of their text, kept for a few seconds: a look-up per request would cost more than the request. Revocation
 * clears the entry here and reaches other instances when it expires there.
 */
export class Keys {
  readonly #find: (hash: string) => Promise<KeyRow | undefined>
  readonly #used: (id: string, at: number) => void
  readonly #tokens: AccessTokens
  readonly #known = new Map<string, { readonly row: KeyRow | undefined; readonly until: number }>()

  constructor(options: {
    find: (hash: string) => Promise<KeyRow | undefined>
    used: (id: string, at: number) => void
    tokens: AccessTokens
  }) {
    this.#find = options.find
    this.#tokens = options.tokens
    this.#used = options.used
  }

  /**
   * At once for a key or a token that was asked for lately. `certificate` is that of the connection. Throws AUTHENTICATION_REQUIRED when
   * there is no valid one.
   */
  principal(
    headers: Readonly<Record<string, string | string[] | undefined>>,
    now: number,
    certificate: () => string | undefined,
  ): Principal | Promise<Principal> {
    const token = tokenOf(headers)
    if (token === undefined) throw new InterlineError('AUTHENTICATION_REQUIRED')
    // A key has no dots, a token has two.
    if (token.includes('.')) return this.#tokens.principal(token, { now, certificate })
    const digest = hashKey(token)
    const known = this.#known.get(digest)
    return known === undefined || known.until < now ? this.#ask(digest, now) : valid(known.row, now)
  }

  async #ask(digest: string, now: number): Promise<Principal> {
    const row = await this.#find(digest)
    if (this.#known.size > 10_000) this.#known.clear()
    this.#known.set(digest, { row, until: now + (row === undefined ? 1000 : 5000) })
    if (row !== undefined) this.#used(row.id, now)
    return valid(row, now)
  }

  /** After a key or a client was revoked. */
  forget(): void {
    this.#known.clear()
    this.#tokens.forget()
  }
}

function valid(row: KeyRow | undefined, now: number): Principal {
  if (row === undefined || row.revokedAt !== undefined || (row.expiresAt ?? Number.POSITIVE_INFINITY) < now) {
    throw new InterlineError('AUTHENTICATION_REQUIRED', { given: 1 })
  }
  const { id, tenant, name, partner } = row
  return { key: id, tenant, name, scopes: row.scopes, ...(partner === undefined ? {} : { partner }) }
}

/** SHA-256 of a key in hex, as it is stored. */
export function hashKey(token: string): string {
  return hash('sha256', token, 'hex')
}

/** Throws SCOPE_MISSING. */
export function demand(principal: Principal, scope: Scope, thing?: string): void {
  if (!hasScope(principal, scope, thing)) throw new InterlineError('SCOPE_MISSING', { scope })
}

/** `scope` alone, or with a filter (`inbound:write:wms-*`) that must fit the thing asked for. */
export function hasScope(principal: Pick<Principal, 'scopes'>, scope: Scope, thing?: string): boolean {
  return principal.scopes.some((one) => {
    if (one === '*' || one === scope) return true
    if (thing === undefined || !one.startsWith(`${scope}:`)) return false
    const filter = one.slice(scope.length + 1)
    return filter.endsWith('*') ? thing.startsWith(filter.slice(0, -1)) : thing === filter
  })
}

/** The key that a request carries. */
export function tokenOf(headers: Readonly<Record<string, string | string[] | undefined>>): string | undefined {
  const { authorization } = headers
  if (typeof authorization === 'string' && /^bearer /i.test(authorization)) return authorization.slice(7).trim()
  const key = headers['x-api-key']
  return typeof key === 'string' && key !== '' ? key : undefined
}

/** How the audit log names who asks: the id of the key, and what people call it. */
export function actorOf({ key, name }: Pick<Principal, 'key' | 'name'>): string {
  return `${key} ${name}`
}
