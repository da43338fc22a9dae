import { InterlineError } from '../../base/errors.ts'
import type { ApiClient } from '../../registry/clients.ts'
import { hashKey, type Principal } from '../access/principal.ts'
import { covers } from '../access/scope.ts'
import type { ClientDirectory } from './client-directory.ts'
import { type TokenHead, tokenHead } from './signed-token.ts'

/** What a token says, once it is proved. */
export interface Verified {
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  readonly scopes: readonly string[]
  /** SHA-256 of the certificate that has to come with it, in base64url. */
  readonly thumbprint?: string
  /** A client of ours; tokens of an earlier epoch are void. */
  readonly client?: { readonly id: string; readonly epoch: number }
  /** Somebody whom another issuer knows. */
  readonly stranger?: Pick<Principal, 'key' | 'name' | 'tenant'>
}

/** Whoever gives tokens. `verify` answers undefined for one that is not theirs, is forged, or does not count any more. */
export interface TokenIssuer {
  isFor(issuer: string): boolean
  verify(token: string, head: TokenHead, now: number): Promise<Verified | undefined>
}

/** With what a token comes. */
export interface Presented {
  readonly now: number
  /** SHA-256 of the certificate of the connection, in base64url. */
  readonly certificate: () => string | undefined
}

/** Most tokens that are remembered. */
const knownMax = 10_000

/**
 * Tokens by the SHA-256 of their text, remembered until they end: a signature costs as much as several requests. What may change
 * meanwhile, the client, is looked at each time.
 */
export class AccessTokens {
  readonly #issuers: readonly TokenIssuer[]
  readonly #clients: ClientDirectory
  readonly #known = new Map<string, Verified>()

  constructor(issuers: readonly TokenIssuer[], clients: ClientDirectory) {
    this.#issuers = issuers
    this.#clients = clients
  }

  /** At once for a token that came lately. Throws AUTHENTICATION_REQUIRED. */
  principal(token: string, presented: Presented): Principal | Promise<Principal> {
    const digest = hashKey(token)
    const known = this.#known.get(digest)
    return known !== undefined && known.expiresAt > presented.now
      ? this.#admit(known, presented)
      : this.#verify(token, digest, presented)
  }

  /** After somebody was revoked. */
  forget(): void {
    this.#known.clear()
    this.#clients.forget()
  }

  async #verify(token: string, digest: string, presented: Presented): Promise<Principal> {
    const head = tokenHead(token)
    const issuer = head === undefined ? undefined : this.#issuers.find((one) => one.isFor(head.issuer))
    const verified = head === undefined ? undefined : await issuer?.verify(token, head, presented.now)
    if (verified === undefined) throw refused()
    if (this.#known.size >= knownMax) this.#known.clear()
    this.#known.set(digest, verified)
    return this.#admit(verified, presented)
  }

  #admit(verified: Verified, { now, certificate }: Presented): Principal | Promise<Principal> {
    const { thumbprint, stranger, client, scopes } = verified
    if (thumbprint !== undefined && certificate() !== thumbprint) throw refused()
    if (client === undefined) {
      if (stranger === undefined) throw refused()
      return { ...stranger, scopes }
    }
    const found = this.#clients.find(client.id, now)
    return found instanceof Promise ? found.then((one) => principalOf(one, verified)) : principalOf(found, verified)
  }
}

/** What the client may do now, not what it could when it got the token. */
function principalOf(client: ApiClient | undefined, { client: said, scopes }: Verified): Principal {
  if (client === undefined || client.epoch !== said?.epoch) throw refused()
  const { id, tenant, name, partner, scopes: granted } = client
  return {
    key: id,
    tenant,
    name,
    scopes: scopes.filter((scope) => covers(granted, scope)),
    ...(partner === undefined ? {} : { partner }),
  }
}

function refused(): InterlineError {
  return new InterlineError('AUTHENTICATION_REQUIRED', { given: 1 })
}
