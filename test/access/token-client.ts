import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { type JWTPayload, SignJWT } from 'jose'
import { Agent, request } from 'undici'
import type { HubAnswer } from '../hub-process.ts'

/** A key pair of a partner, made on the spot. */
export function partnerKeys(): { readonly publicPem: string; readonly privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(), privateKey }
}

/** What a client signs to prove who it is, RFC 7523. */
export function assertion(
  { id, audience, key }: { readonly id: string; readonly audience: string; readonly key: KeyObject },
  changes: JWTPayload = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: id, sub: id, aud: audience, jti: randomUUID(), iat: now, exp: now + 60, ...changes }
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(key)
}

/** The form that asks for a token with an assertion. */
export function withAssertion(text: string, more: Record<string, string> = {}): string {
  return new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: text,
    ...more,
  }).toString()
}

export const formType = { authorization: '', 'content-type': 'application/x-www-form-urlencoded' }

/** The token that an answer holds, or why there is none. */
export function tokenIn(answer: HubAnswer): string {
  const { access_token: token, error_description: why } = answer.json() as Record<string, string>
  if (token === undefined) throw new Error(`no token: ${why}`)
  return token
}

interface Shown {
  readonly certificate: string
  readonly key: string
}

/** A caller over TLS, with a certificate or without one. */
export class TlsCaller {
  readonly #url: string
  readonly #agent: Agent

  constructor(url: string, options: { readonly authority: string; readonly shows?: Shown }) {
    this.#url = url
    const { authority, shows } = options
    const own =
      shows === undefined
        ? {}
        : { cert: shows.certificate, key: createPrivateKey(shows.key).export({ format: 'pem', type: 'pkcs8' }) }
    this.#agent = new Agent({ connect: { ca: authority, ...own } })
  }

  async call(
    method: 'GET' | 'POST',
    path: string,
    more: { headers?: Record<string, string>; body?: string } = {},
  ): Promise<HubAnswer> {
    const { statusCode, headers, body } = await request(`${this.#url}${path}`, {
      method,
      dispatcher: this.#agent,
      headers: more.headers ?? {},
      body: more.body ?? null,
    })
    const text = await body.text()
    return { status: statusCode, headers, text, json: () => JSON.parse(text) as unknown }
  }

  close(): Promise<void> {
    return this.#agent.close()
  }
}
