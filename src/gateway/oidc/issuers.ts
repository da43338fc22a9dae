import { createPrivateKey } from 'node:crypto'
import type * as openid from 'openid-client'
import type { ClientAuth, Configuration, ServerMetadata } from 'openid-client'
import { InterlineError } from '../../base/errors.ts'
import { KeySet } from '../oauth/key-set.ts'
import { type IssuerFetch, IssuerSilent, silentBehind } from './issuer-fetch.ts'
import { type LogoutOrder, readLogoutToken } from './logout-token.ts'
import type { IdentityProvider, IssuerAuthentication } from './provider.ts'
import { groupsIn, readVouched, type Vouched } from './vouched.ts'

type Library = typeof openid

/** What only this sign-in knows: none of it is used twice. */
export interface Began {
  readonly state: string
  readonly nonce: string
  /** PKCE. */
  readonly verifier: string
}

interface IssuersOptions {
  readonly fetch: IssuerFetch
  readonly now: () => number
}

/** What an issuer says of itself is read again after this. */
const freshMs = 600_000
/** One that did not answer is left alone for so long. */
const silentMs = 5000
const timeoutSeconds = 10

interface Known {
  readonly metadata?: ServerMetadata
  readonly readAt: number
  readonly isSilent: boolean
}

/** Talks with issuers, by OpenID Connect. The package that does it is loaded with the first sign-in. */
export class Issuers {
  readonly #options: IssuersOptions
  readonly #known = new Map<string, Known>()
  readonly #reading = new Map<string, Promise<ServerMetadata>>()
  readonly #keys = new Map<string, KeySet>()

  constructor(options: IssuersOptions) {
    this.#options = options
  }

  /** Where the browser goes to sign in. Throws IDENTITY_PROVIDER_AWAY. */
  async doorOf(provider: IdentityProvider, { state, nonce, verifier }: Began, landing: string): Promise<string> {
    const library = await import('openid-client')
    const configuration = await this.#configuration(library, provider)
    const { strongContexts } = provider
    return library.buildAuthorizationUrl(configuration, {
      redirect_uri: landing,
      scope: provider.scopes,
      ...{ state, nonce },
      code_challenge: await library.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(strongContexts.length === 0 ? {} : { acr_values: strongContexts.join(' ') }),
    }).href
  }

  /**
   * Who came back, proven: state, issuer, code, PKCE, signature by a key that the issuer publishes now, audience, age and nonce. `landed` is the
   * address that they came back to. Throws IDENTITY_PROVIDER_AWAY, IDENTITY_DENIED, IDENTITY_UNPROVEN.
   */
  async vouchedBy(provider: IdentityProvider, began: Began, landed: URL): Promise<Vouched> {
    const library = await import('openid-client')
    const configuration = await this.#configuration(library, provider)
    try {
      const tokens = await library.authorizationCodeGrant(configuration, landed, {
        expectedState: began.state,
        expectedNonce: began.nonce,
        pkceCodeVerifier: began.verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (claims === undefined || tokens.id_token === undefined) throw unproven(provider, 'there is no ID token')
      if (claims.sub.length > 255) throw unproven(provider, 'the subject is longer than 255 characters')
      const lacks =
        claims['email'] === undefined || (provider.roles.size > 0 && groupsIn(claims, provider.rolesClaim).length === 0)
      const more =
        lacks && configuration.serverMetadata().userinfo_endpoint !== undefined
          ? await library.fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : {}
      return readVouched(provider, { ...more, ...claims }, tokens.id_token)
    } catch (error) {
      throw this.#failure(library, provider, error)
    }
  }

  /** Where the browser signs out there, too; undefined where the issuer has no such place, or does not answer now. */
  async exitOf(provider: IdentityProvider, idToken: string | undefined, back: string): Promise<string | undefined> {
    const library = await import('openid-client')
    try {
      const configuration = await this.#configuration(library, provider)
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined
      return library.buildEndSessionUrl(configuration, {
        post_logout_redirect_uri: back,
        ...(idToken === undefined ? {} : { id_token_hint: idToken }),
      }).href
    } catch (error) {
      if (error instanceof InterlineError) return undefined
      throw error
    }
  }

  /** Who has signed out there. Undefined for a token that does not prove it. Throws IDENTITY_PROVIDER_AWAY. */
  async logoutIn(provider: IdentityProvider, token: string): Promise<LogoutOrder | undefined> {
    const { jwks_uri: address } = await this.#metadata(await import('openid-client'), provider)
    if (address === undefined) return undefined
    const known = this.#keys.get(address)
    const keys = known ?? new KeySet({ read: () => this.#readKeys(provider, address), now: this.#options.now })
    this.#keys.set(address, keys)
    return readLogoutToken(provider, token, { keys, now: this.#options.now() })
  }

  /** A new one for each sign-in, so that keys are read anew: one that was replaced a moment ago is known at once, one that was taken back is not. */
  async #configuration(library: Library, provider: IdentityProvider): Promise<Configuration> {
    const metadata = await this.#metadata(library, provider)
    const made = new library.Configuration(
      metadata,
      provider.clientId,
      undefined,
      await authenticate(library, provider.authentication),
    )
    made.timeout = timeoutSeconds
    made[library.customFetch] = (url, request) => this.#options.fetch(provider.issuer, url, request)
    if (provider.issuer.startsWith('http:')) library.allowInsecureRequests(made)
    library.enableNonRepudiationChecks(made)
    return made
  }

  /** What the issuer says of itself. While it does not answer, what it said before counts on. */
  async #metadata(library: Library, provider: IdentityProvider): Promise<ServerMetadata> {
    const { issuer } = provider
    const known = this.#known.get(issuer)
    const age = this.#options.now() - (known?.readAt ?? Number.NEGATIVE_INFINITY)
    if (known !== undefined && age < (known.isSilent ? silentMs : freshMs)) {
      if (known.metadata === undefined) throw away(provider, 'it did not answer a moment ago')
      return known.metadata
    }
    const reading = this.#reading.get(issuer) ?? this.#read(library, provider)
    this.#reading.set(issuer, reading)
    try {
      return await reading
    } finally {
      this.#reading.delete(issuer)
    }
  }

  async #read(library: Library, provider: IdentityProvider): Promise<ServerMetadata> {
    const { issuer, clientId } = provider
    const before = this.#known.get(issuer)?.metadata
    const readAt = this.#options.now()
    try {
      const found = await library.discovery(new URL(issuer), clientId, undefined, library.None(), {
        [library.customFetch]: (url, request) => this.#options.fetch(issuer, url, request),
        timeout: timeoutSeconds,
        execute: issuer.startsWith('http:') ? [library.allowInsecureRequests] : [],
      })
      // Without what the package has hung on it.
      const metadata: ServerMetadata = { ...found.serverMetadata() }
      // To the letter: one address of a large provider speaks for all of its customers, and must not speak for this one.
      if (metadata.issuer !== issuer) throw new Error(`it calls itself ${metadata.issuer}`)
      this.#known.set(issuer, { metadata, readAt, isSilent: false })
      return metadata
    } catch (error) {
      this.#known.set(issuer, { ...(before === undefined ? {} : { metadata: before }), readAt, isSilent: true })
      if (before !== undefined) return before
      throw away(provider, reasonOf(error))
    }
  }

  async #readKeys(provider: IdentityProvider, address: string): Promise<unknown> {
    try {
      const answer = await this.#options.fetch(provider.issuer, address, {
        method: 'GET',
        headers: { accept: 'application/json' },
        body: undefined,
      })
      return answer.ok ? await answer.json() : undefined
    } catch {
      // Nothing that could be read: what was known counts on.
      return undefined
    }
  }

  #failure(library: Library, provider: IdentityProvider, error: unknown): InterlineError {
    if (error instanceof InterlineError) return error
    if (error instanceof library.AuthorizationResponseError)
      return new InterlineError('IDENTITY_DENIED', { provider: provider.title, reason: plain(error.error) })
    if (silentBehind(error) !== undefined) return away(provider, reasonOf(error))
    return unproven(provider, reasonOf(error))
  }
}

async function authenticate(library: Library, how: IssuerAuthentication): Promise<ClientAuth> {
  switch (how.method) {
    case 'none':
      return library.None()
    case 'client_secret_basic':
      return library.ClientSecretBasic(how.secret)
    case 'client_secret_post':
      return library.ClientSecretPost(how.secret)
    case 'private_key_jwt': {
      const { importPKCS8 } = await import('jose')
      const key = createPrivateKey(how.key)
      const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString()
      return library.PrivateKeyJwt(await importPKCS8(pem, algorithmOf(key.asymmetricKeyType)))
    }
  }
}

function algorithmOf(type: string | undefined): string {
  if (type === 'ec') return 'ES256'
  return type === 'ed25519' ? 'Ed25519' : 'RS256'
}

function away(provider: IdentityProvider, reason: string): InterlineError {
  return new InterlineError('IDENTITY_PROVIDER_AWAY', { provider: provider.title, reason, seconds: 5 })
}

function unproven(provider: IdentityProvider, reason: string): InterlineError {
  return new InterlineError('IDENTITY_UNPROVEN', { provider: provider.title, reason })
}

/** Why, in words of the package or of the network, without anything of the answer. */
function reasonOf(error: unknown): string {
  const silent = silentBehind(error)
  if (silent instanceof IssuerSilent) return silent.message
  if (!(error instanceof Error)) return 'unknown'
  const code = 'error' in error && typeof error.error === 'string' ? ` (${plain(error.error)})` : ''
  return `${plain(error.message)}${code}`
}

function plain(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 120)
}
