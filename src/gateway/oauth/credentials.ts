import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { InterlineError } from '../../base/errors.ts'
import type { CertificateSubject, ClientMethod, Credential } from '../../registry/clients.ts'
import { newId, newSecret } from '../access/key.ts'

/** What somebody says about how a client proves who it is. */
export interface SaidCredential {
  /** PEM. */
  readonly publicKey?: string | undefined
  /** What the client writes as `kid` of its assertions, where it writes one. */
  readonly keyId?: string | undefined
  /** PEM. */
  readonly certificate?: string | undefined
  readonly subject?: CertificateSubject | undefined
  readonly expiresInDays?: number | undefined
}

/** A credential, and the secret that belongs to it where we made one: it is said once. */
export interface MadeCredential {
  readonly credential: Credential
  readonly secret?: string
}

const dayMs = 86_400_000
/** A secret ends after this many days by itself. */
const secretDays = 365

/** Makes what is stored out of what was said. Throws CLIENT_INVALID. */
export function makeCredential(
  method: ClientMethod,
  said: SaidCredential,
  { now, randomBytes }: { readonly now: number; readonly randomBytes: (count: number) => Uint8Array },
): MadeCredential {
  const given = Object.entries(said).filter(([name, value]) => value !== undefined && name in neededBy)
  for (const [name] of given)
    if (!neededBy[name as keyof typeof neededBy].includes(method)) throw invalid(`${name} is not for ${method}`)
  const days = said.expiresInDays ?? (method === 'client_secret_basic' ? secretDays : undefined)
  const base = {
    id: newId('crd', randomBytes),
    createdAt: now,
    ...(days === undefined ? {} : { expiresAt: now + days * dayMs }),
  }
  switch (method) {
    case 'private_key_jwt':
      return { credential: { ...base, key: publicJwk(said) } }
    case 'self_signed_tls_client_auth':
      return { credential: { ...base, certificate: certificateOf(said.certificate) } }
    case 'tls_client_auth':
      if (said.subject === undefined) throw invalid('subject is missing: what of its certificate names the client')
      return { credential: { ...base, subject: said.subject } }
    case 'client_secret_basic': {
      const { text, hash } = newSecret(randomBytes)
      return { credential: { ...base, secretHash: hash }, secret: text }
    }
  }
}

const neededBy = {
  publicKey: ['private_key_jwt'],
  keyId: ['private_key_jwt'],
  certificate: ['self_signed_tls_client_auth'],
  subject: ['tls_client_auth'],
} as const satisfies Readonly<Record<string, readonly ClientMethod[]>> as Readonly<
  Record<'publicKey' | 'keyId' | 'certificate' | 'subject', readonly ClientMethod[]>
>

function publicJwk({ publicKey, keyId }: SaidCredential): Readonly<Record<string, unknown>> {
  if (publicKey === undefined) throw invalid('publicKey is missing, as PEM')
  if (/PRIVATE KEY/.test(publicKey)) throw invalid('this is a private key; keep it, and send the public one')
  let key: KeyObject
  try {
    key = createPublicKey(publicKey)
  } catch {
    throw invalid('publicKey is not a public key in PEM')
  }
  demandStrongKey(key)
  return { ...key.export({ format: 'jwk' }), use: 'sig', ...(keyId === undefined ? {} : { kid: keyId }) }
}

/** RSA from 2048 bits and with a sound exponent, the NIST curves, Ed25519. */
function demandStrongKey({ asymmetricKeyType: type, asymmetricKeyDetails: details = {} }: KeyObject): void {
  const { modulusLength = 0, publicExponent = 0n, namedCurve } = details
  if (type === 'rsa' && (modulusLength < 2048 || publicExponent < 65_537n))
    throw invalid('an RSA key needs 2048 bits and an exponent of 65537')
  if (type === 'ec' && !['prime256v1', 'secp384r1', 'secp521r1'].includes(namedCurve ?? ''))
    throw invalid('the curve is not P-256, P-384 or P-521')
  if (type !== 'rsa' && type !== 'ec' && type !== 'ed25519') throw invalid(`a key of type ${type} cannot sign tokens`)
}

function certificateOf(pem: string | undefined): string {
  if (pem === undefined) throw invalid('certificate is missing, as PEM')
  try {
    const certificate = new X509Certificate(pem)
    demandStrongKey(certificate.publicKey)
    return certificate.raw.toString('base64')
  } catch (error) {
    if (error instanceof InterlineError) throw error
    throw invalid('certificate is not a certificate in PEM')
  }
}

function invalid(problem: string): InterlineError {
  return new InterlineError('CLIENT_INVALID', { problem })
}
