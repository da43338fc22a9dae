import type { JWK, JWTPayload } from 'jose'
import { scopePattern } from '../access/scope.ts'
import type { TokenIssuer, Verified } from './access-tokens.ts'
import type { KeySet } from './key-set.ts'
import { skewSeconds, thumbprintOf } from './own-issuer.ts'
import type { TokenHead } from './signed-token.ts'

/** Signatures of another issuer: public keys only. */
export const foreignAlgorithms = ['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519', 'PS256', 'PS384', 'PS512', 'RS256']
/** A token that counts for longer than this is none that anybody could end. */
const lifeSecondsMax = 86_400

/** Another issuer whose tokens count here. */
export interface ForeignIssuer {
  readonly issuer: string
  /** What its tokens must name as audience, and nothing else beside it. */
  readonly audience: string
  readonly tenant: string
  /** From its scopes and roles to ours; without any, scopes of the same name count. */
  readonly scopes: ReadonlyMap<string, readonly string[]>
  readonly keys: Pick<KeySet, 'find'>
}

/** Proves tokens of another issuer. */
export function foreignIssuer(options: ForeignIssuer): TokenIssuer {
  return {
    isFor: (issuer) => issuer === options.issuer,
    verify: (token, head, now) => verify(options, { token, head, now }),
  }
}

async function verify(
  { issuer, audience, tenant, scopes, keys }: ForeignIssuer,
  { token, head, now }: { readonly token: string; readonly head: TokenHead; readonly now: number },
): Promise<Verified | undefined> {
  if (!foreignAlgorithms.includes(head.algorithm)) return undefined
  const jwk = await keys.find(head.keyId, head.algorithm)
  if (jwk === undefined) return undefined
  const { jwtVerify, importJWK, errors } = await import('jose')
  try {
    const { payload, protectedHeader } = await jwtVerify(token, await importJWK(jwk, head.algorithm), {
      issuer,
      audience,
      algorithms: [head.algorithm],
      clockTolerance: skewSeconds,
      currentDate: new Date(now),
      requiredClaims: ['exp', 'iat', 'sub'],
    })
    const { exp = 0, iat = 0, cnf } = payload
    const isOnlyOurs = payload.aud === audience || (Array.isArray(payload.aud) && payload.aud.length === 1)
    const name = nameOf(payload)
    if (!isAccessToken(protectedHeader.typ) || !isOnlyOurs || exp - iat > lifeSecondsMax || name === undefined)
      return undefined
    return {
      expiresAt: (exp + skewSeconds) * 1000,
      scopes: translated(payload, scopes),
      stranger: { key: `ext_${name}`, name, tenant },
      ...thumbprintOf(cnf),
    }
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}

/** RFC 9068 names them; many issuers still write `JWT`. */
function isAccessToken(type: string | undefined): boolean {
  return type === undefined || ['at+jwt', 'application/at+jwt', 'jwt'].includes(type.toLowerCase())
}

/** The client, where the issuer says it; as the audit log and the quotas name it. */
function nameOf({ client_id: client, azp, sub }: JWTPayload): string | undefined {
  const name = [client, azp, sub].find((one) => typeof one === 'string')
  return typeof name === 'string' && /^[\x21-\x7e]{1,200}$/.test(name) ? name : undefined
}

function translated(payload: JWTPayload, scopes: ForeignIssuer['scopes']): readonly string[] {
  const said = [payload['scope'], payload['scp'], payload['roles']].flatMap((one) => {
    if (typeof one === 'string') return one.split(' ')
    return Array.isArray(one) ? one.map(String) : []
  })
  if (scopes.size > 0) return [...new Set(said.flatMap((one) => scopes.get(one) ?? []))]
  const known = new RegExp(scopePattern)
  return [...new Set(said.filter((one) => one !== '*' && known.test(one)))]
}

/** Whether a key may prove a signature of this algorithm: for signatures, strong enough, and not for another one. */
export function fits(jwk: JWK, algorithm: string): boolean {
  const { kty, use, key_ops: operations, alg, crv, n = '' } = jwk
  if ((use ?? 'sig') !== 'sig' || operations?.includes('verify') === false || (alg ?? algorithm) !== algorithm)
    return false
  if (/^[RP]S/.test(algorithm)) return kty === 'RSA' && Buffer.from(n, 'base64url').length >= 256
  if (algorithm.startsWith('ES')) return kty === 'EC' && crv === curves[algorithm]
  return kty === 'OKP' && crv === 'Ed25519'
}

const curves: Readonly<Record<string, string>> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' }
