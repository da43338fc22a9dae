import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { onLoopback } from './on-loopback.ts'

/** What an issuer that lies puts into its next ID token. */
export interface Forgery {
  readonly claims?: JWTPayload
  /** Claims that are left out. */
  readonly without?: readonly string[]
  /** The whole token, instead of one that is made here. */
  readonly token?: (claims: JWTPayload) => string | Promise<string>
  /** Of the token endpoint. */
  readonly status?: number
}

/** An issuer that says whatever a test wants, with keys that the hub may read. */
export class ForgingIssuer {
  readonly url: string
  readonly codes: string[] = []
  forgery: Forgery = {}
  /** What it says of itself beside the usual. */
  metadata: Readonly<Record<string, unknown>> = {}
  isDown = false
  #key!: CryptoKey
  #keyId = ''
  #jwk: object = {}
  readonly #server: Server

  static async start(): Promise<ForgingIssuer> {
    const server = createServer()
    const issuer = new ForgingIssuer(await onLoopback(server), server)
    await issuer.rotate()
    server.on('request', (request, response) => {
      issuer.#answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
    })
    return issuer
  }

  private constructor(url: string, server: Server) {
    this.url = url
    this.#server = server
  }

  get publicKey(): object {
    return this.#jwk
  }

  /** Another key; the one before is gone. */
  async rotate(): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    this.#key = privateKey
    this.#keyId = randomUUID()
    this.#jwk = { ...(await exportJWK(publicKey)), kid: this.#keyId, use: 'sig', alg: 'ES256' }
  }

  /** Claims of somebody, as this issuer would write them now. */
  claims(more: JWTPayload = {}): JWTPayload {
    const now = Math.floor(Date.now() / 1000)
    const own = { iss: this.url, sub: 'sub-mallory', aud: 'interline', iat: now, exp: now + 300 }
    return { ...own, email: 'mallory@example.com', email_verified: true, name: 'Mallory', ...more }
  }

  sign(claims: JWTPayload, header: object = {}): Promise<string> {
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: this.#keyId, ...header }).sign(this.#key)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const say = (body: unknown, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (this.isDown) return say({ error: 'down' }, 503)
    const { url } = this
    if (request.url === '/.well-known/openid-configuration')
      return say({
        ...{ issuer: url, authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token` },
        ...{ jwks_uri: `${url}/jwks`, response_types_supported: ['code'], subject_types_supported: ['public'] },
        id_token_signing_alg_values_supported: ['ES256', 'RS256', 'HS256', 'none'],
        ...this.metadata,
      })
    if (request.url === '/jwks') return say({ keys: [this.#jwk] })
    if (request.url !== '/token') return say({ error: 'not_found' }, 404)
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const form = new URLSearchParams(Buffer.concat(chunks).toString())
    this.codes.push(form.get('code') ?? '')
    const { claims = {}, without = [], token, status } = this.forgery
    if (status !== undefined) return say({ error: status < 500 ? 'invalid_grant' : 'server_error' }, status)
    // The code carries the nonce: nothing has to be remembered.
    const whole = Object.entries(this.claims({ nonce: form.get('code') ?? '', ...claims }))
    const said: JWTPayload = Object.fromEntries(whole.filter(([name]) => !without.includes(name)))
    const idToken = token === undefined ? await this.sign(said) : await token(said)
    say({ access_token: 'nothing', token_type: 'Bearer', id_token: idToken, expires_in: 60 })
  }
}
