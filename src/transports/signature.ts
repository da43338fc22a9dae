import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  sign as signBytes,
  timingSafeEqual,
  verify as verifyBytes,
} from 'node:crypto'
import type { SignatureScheme } from '../base/signature-scheme.ts'
import { remembered } from './remembered.ts'

/** What a proof is checked over. */
export interface Signed {
  readonly headers: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: Uint8Array
  readonly nowSeconds: number
}

/**
 * 'ok', or what is wrong in plain words. Over the raw bytes, in constant time. A secret that is empty, or that decodes to no key, is
 * never a valid one: everybody could sign with it.
 */
export function verifySignature(scheme: SignatureScheme, signed: Signed): string {
  if (scheme.scheme === 'api-key') return 'an API key is needed'
  if (scheme.secret === '') return 'the connection has no secret'
  switch (scheme.scheme) {
    case 'hmac':
      return verifyHmac(scheme, signed)
    case 'token':
      return same(signed.headers[scheme.header] ?? '', scheme.secret) ? 'ok' : 'the token differs'
    case 'query-token':
      return same(signed.query.get(scheme.parameter) ?? '', scheme.secret) ? 'ok' : 'the token differs'
    case 'standard-webhooks':
      return verifyWebhook(signed, scheme.secret)
  }
}

function verifyHmac(scheme: SignatureScheme & { scheme: 'hmac' }, { headers, body }: Signed): string {
  const { algorithm, header, prefix = '', encoding } = scheme
  const given = headers[header]
  if (given === undefined) return `the header ${header} is missing`
  const secret = scheme.normalize === 'nfkd' ? scheme.secret.normalize('NFKD') : scheme.secret
  const digest = createHmac(algorithm, secret).update(body).digest(encoding)
  return same(given, `${prefix}${digest}`) ? 'ok' : 'the signature differs'
}

/** Standard Webhooks 1.0: at least one signature fits, and the timestamp is within five minutes. */
export function verifyWebhook({ headers, body, nowSeconds }: Omit<Signed, 'query'>, secret: string): string {
  const id = headers['webhook-id']
  const timestamp = headers['webhook-timestamp']
  const signatures = headers['webhook-signature']
  if (id === undefined || timestamp === undefined || signatures === undefined) return 'a webhook header is missing'
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(nowSeconds - Number(timestamp)) > toleranceSeconds)
    return 'the timestamp is more than five minutes off'
  const given = signatures.split(' ')
  if (given.length > signaturesMost) return `more than ${signaturesMost} signatures`
  const fits = verifier(secret)
  if (fits === undefined) return 'the connection has no usable secret'
  const content = contentOf(id, timestamp, body)
  return given.some((one) => fits(one, content)) ? 'ok' : 'the signature differs'
}

/** The value of `webhook-signature`: one signature per secret, the newest first. `whsec_` signs v1, `whsk_` v1a. */
export function signWebhook(input: {
  readonly id: string
  readonly timestampSeconds: number
  readonly body: Uint8Array
  readonly secrets: readonly string[]
}): string {
  const content = contentOf(input.id, String(input.timestampSeconds), input.body)
  return input.secrets
    .map((secret) =>
      secret.startsWith('whsk_')
        ? `v1a,${signBytes(null, content, privateKey(secret)).toString('base64')}`
        : `v1,${createHmac('sha256', sharedKey(secret)).update(content).digest('base64')}`,
    )
    .join(' ')
}

/** A new shared secret from 24 to 64 random bytes. */
export function webhookSecret(random: Uint8Array): string {
  return `whsec_${Buffer.from(random).toString('base64')}`
}

/** A key pair for v1a from 32 random bytes: `whsk_` signs, `whpk_` is given to the receiver. */
export function webhookKeys(random: Uint8Array): { readonly signing: string; readonly public: string } {
  const signing = `whsk_${Buffer.from(random).toString('base64')}`
  const exported = createPublicKey(privateKey(signing)).export({ format: 'der', type: 'spki' })
  return { signing, public: `whpk_${exported.subarray(-32).toString('base64')}` }
}

const toleranceSeconds = 300

/** A rotation needs two or three; each of them may cost a public-key operation for somebody who is not known yet. */
const signaturesMost = 8

/** What checks a single signature; undefined when the secret is none. Versions it does not know fit nothing. */
function verifier(secret: string): ((signature: string, content: Buffer) => boolean) | undefined {
  const bytes = keyBytes(secret)
  if (secret.startsWith('whpk_')) {
    if (bytes.length !== 32) return undefined
    const key = publicKey(secret)
    return (signature, content) => {
      const value = signature.startsWith('v1a,') ? signature.slice(4) : ''
      const decoded = Buffer.from(value, 'base64')
      // The decoder forgives; a text that is not exactly the encoding of these bytes is not a signature.
      return decoded.toString('base64') === value && verifyBytes(null, content, key, decoded)
    }
  }
  if (secret.startsWith('whsk_') || bytes.length === 0) return undefined
  const key = sharedKey(secret)
  return (signature, content) =>
    signature.startsWith('v1,') && same(signature.slice(3), createHmac('sha256', key).update(content).digest('base64'))
}

function contentOf(id: string, timestamp: string, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body])
}

function keyBytes(secret: string): Buffer {
  return Buffer.from(secret.replace(/^wh(?:sec|sk|pk)_/, ''), 'base64')
}

/** PKCS #8 and SPKI headers of Ed25519 (RFC 8410), before the 32 raw bytes. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const spki = Buffer.from('302a300506032b6570032100', 'hex')

const privateKey = remembered((secret) =>
  createPrivateKey({ key: Buffer.concat([pkcs8, keyBytes(secret)]), format: 'der', type: 'pkcs8' }),
)

const publicKey = remembered((secret) =>
  createPublicKey({ key: Buffer.concat([spki, keyBytes(secret)]), format: 'der', type: 'spki' }),
)

/** As a key of the library: given as bytes, Node needs five times as long to find out what it is as for the signature. */
const sharedKey = remembered((secret) => createSecretKey(keyBytes(secret)))

function same(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
