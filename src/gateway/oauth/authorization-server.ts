import { hash, timingSafeEqual, X509Certificate } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { errors as refusals, TokenContext } from 'oidc-provider'
import type { Assertions } from '../../registry/assertions.ts'
import { type ApiClient, activeCredentials, clientMethods } from '../../registry/clients.ts'
import { hashKey } from '../access/principal.ts'
import { covers } from '../access/scope.ts'
import { isOfSubject } from './certificate-subject.ts'
import type { ClientDirectory } from './client-directory.ts'
import { type KeyRing, tokenAlgorithm } from './key-ring.ts'
import { skewSeconds } from './own-issuer.ts'
import type { Peers } from './peer.ts'

/** Signatures of clients' assertions: public keys only, never a shared secret, never `none`. */
export const assertionAlgorithms = ['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519', 'PS256', 'PS384', 'PS512', 'RS256']
/** An assertion is for one request now. */
const assertionSeconds = 600
/** Where tokens are given. */
export const tokenPath = '/oauth/token'

interface ServerOptions {
  readonly clients: ClientDirectory
  readonly assertions: Assertions
  readonly ring: KeyRing
  readonly peers: Peers
  /** Where others reach the hub: issuer and audience of every token. */
  readonly address: () => string
  readonly tokenSeconds: number
  readonly now: () => number
  readonly randomBytes: (count: number) => Uint8Array
  readonly failed: (error: unknown) => void
}

/** What the package throws so that it answers with it. */
type Refusals = typeof refusals
type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Gives tokens to clients, as OAuth 2 says. The package that does it is loaded with the first request for one. */
export class AuthorizationServer {
  readonly #options: ServerOptions
  #current: { readonly key: string; readonly address: string; readonly serve: Serve } | undefined

  constructor(options: ServerOptions) {
    this.#options = options
  }

  /** Answers a request for a token. `take` gives the answer to write. */
  async serve(request: IncomingMessage, take: () => ServerResponse): Promise<void> {
    const { ring, address } = this.#options
    const { id, key } = await ring.signing()
    if (this.#current?.key !== id || this.#current.address !== address()) {
      const jwk = { ...key.export({ format: 'jwk' }), kid: id, use: 'sig', alg: tokenAlgorithm }
      this.#current = { key: id, address: address(), serve: await this.#build(id, jwk) }
    }
    await this.#current.serve(request, take())
  }

  async #build(keyId: string, jwk: object): Promise<Serve> {
    const { assertions, address, failed } = this.#options
    const { Provider, errors } = await import('oidc-provider')
    const provider = new Provider(address(), this.#configuration(keyId, jwk, errors))
    provider.Client.prototype.compareClientSecret = this.#isSecretOf
    // The package looks first and writes then: two at once would both be the first.
    provider.ReplayDetection.unique = (issuer, id, expirySeconds) =>
      assertions.use(hash('sha256', JSON.stringify([issuer, id]), 'hex'), expirySeconds * 1000)
    provider.on('server_error', (_context, error) => failed(error))
    provider.on('error', failed)
    return provider.callback()
  }

  #configuration(keyId: string, jwk: object, errors: Refusals): object {
    const { tokenSeconds, address, clients, now } = this.#options
    const find = async (id: string): Promise<ApiClient | undefined> => clients.find(id, now())
    const resource = async (context: TokenContext, wanted: string): Promise<object> => {
      if (wanted !== address()) throw new errors.InvalidTarget()
      const client = await find(context.oidc.client.clientId)
      const scopes = context.oidc.params.scope?.split(' ') ?? client?.scopes ?? []
      const beyond = scopes.find((scope) => !covers(client?.scopes ?? [], scope))
      if (beyond !== undefined) throw new errors.InvalidScope('the client does not have this scope', beyond)
      // Without a wish a client gets what it has.
      context.oidc.params.scope = scopes.join(' ')
      return {
        scope: scopes.join(' '),
        audience: address(),
        accessTokenTTL: tokenSeconds,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: tokenAlgorithm, kid: keyId } },
      }
    }
    return {
      adapter: (model: string) => adapterOf(model, async (id) => this.#metadata(await find(id))),
      jwks: { keys: [jwk] },
      scopes: [],
      responseTypes: [],
      clientDefaults: {
        grant_types: ['client_credentials'],
        response_types: [],
        id_token_signed_response_alg: tokenAlgorithm,
      },
      clientAuthMethods: clientMethods,
      enabledJWA: { clientAuthSigningAlgValues: assertionAlgorithms },
      clockTolerance: skewSeconds,
      routes: { token: tokenPath },
      ttl: { ClientCredentials: tokenSeconds },
      assertJwtClientAuthClaimsAndHeader: async (_context: TokenContext, claims: { readonly exp: number }) => {
        if (claims.exp * 1000 > now() + (assertionSeconds + skewSeconds) * 1000)
          throw new errors.InvalidClientAuth('the assertion is valid for longer than ten minutes')
      },
      extraTokenClaims: async (context: TokenContext) => ({ epoch: (await find(context.oidc.client.clientId))?.epoch }),
      features: {
        devInteractions: { enabled: false },
        userinfo: { enabled: false },
        rpInitiatedLogout: { enabled: false },
        pushedAuthorizationRequests: { enabled: false },
        dPoP: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: async () => address(),
          getResourceServerInfo: resource,
        },
        mTLS: { enabled: true, ...this.#certificates() },
      },
    }
  }

  #certificates(): object {
    const { peers } = this.#options
    return {
      certificateBoundAccessTokens: true,
      tlsClientAuth: true,
      selfSignedTlsClientAuth: true,
      getCertificate: ({ req }: TokenContext) => peers.certificateOf(req)?.certificate,
      certificateAuthorized: ({ req }: TokenContext) => peers.certificateOf(req)?.isAuthorized === true,
      certificateSubjectMatches: ({ req }: TokenContext, property: string, value: string) => {
        const shown = peers.certificateOf(req)
        const kind = subjectKinds.find((one) => parameterOf(one) === property)
        return shown !== undefined && kind !== undefined && isOfSubject(shown.certificate, { kind, value })
      },
    }
  }

  /** A client as the package wants it. */
  #metadata(client: ApiClient | undefined): object | undefined {
    if (client === undefined) return undefined
    const { now, randomBytes } = this.#options
    const { id, method, isBound } = client
    const active = activeCredentials(client, now())
    const keys = active.flatMap(({ key, certificate }) => [
      ...(key === undefined ? [] : [key]),
      ...(certificate === undefined ? [] : [certificateKey(certificate)]),
    ])
    const subject = active.find((one) => one.subject !== undefined)?.subject
    return {
      client_id: id,
      redirect_uris: [],
      token_endpoint_auth_method: method,
      tls_client_certificate_bound_access_tokens: isBound,
      ...(keys.length === 0 ? {} : { jwks: { keys } }),
      ...(subject === undefined ? {} : { [parameterOf(subject.kind)]: subject.value }),
      // Nobody knows it: the hashes are compared instead, and if that ever failed to happen, nothing would fit.
      ...(method === 'client_secret_basic' ? { client_secret: this.#nobodysSecret(randomBytes) } : {}),
    }
  }

  #unknownSecret: string | undefined
  #nobodysSecret(randomBytes: (count: number) => Uint8Array): string {
    this.#unknownSecret ??= Buffer.from(randomBytes(32)).toString('base64url')
    return this.#unknownSecret
  }

  readonly #isSecretOf = (() => {
    const isSecret = (id: string, given: string): Promise<boolean> => this.#hasSecret(id, given)
    return function compare(this: { readonly clientId: string }, given: string): Promise<boolean> {
      return isSecret(this.clientId, given)
    }
  })()

  async #hasSecret(id: string, given: string): Promise<boolean> {
    const { clients, now } = this.#options
    const client = await clients.find(id, now())
    const digest = Buffer.from(hashKey(given))
    return (client === undefined ? [] : activeCredentials(client, now())).some(
      ({ secretHash }) => secretHash !== undefined && timingSafeEqual(Buffer.from(secretHash), digest),
    )
  }
}

const subjectKinds = ['dn', 'dns', 'uri', 'ip', 'email'] as const

function parameterOf(kind: (typeof subjectKinds)[number]): string {
  return kind === 'dn' ? 'tls_client_auth_subject_dn' : `tls_client_auth_san_${kind}`
}

/** Clients are ours; nothing else of the package is stored, because nothing else is offered. */
function adapterOf(model: string, find: (id: string) => Promise<object | undefined>): object {
  const refuse = async (): Promise<never> => {
    throw new Error(`the authorization server does not keep ${model}`)
  }
  return {
    find: model === 'Client' ? find : refuse,
    upsert: refuse,
    destroy: refuse,
    consume: refuse,
    findByUid: refuse,
    findByUserCode: refuse,
    revokeByGrantId: refuse,
  }
}

/** A certificate as the key of a client that shows it. */
function certificateKey(base64: string): object {
  const { publicKey } = new X509Certificate(Buffer.from(base64, 'base64'))
  return { ...publicKey.export({ format: 'jwk' }), x5c: [base64] }
}
