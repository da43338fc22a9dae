import type { TokenIssuer, Verified } from './access-tokens.ts'
import { type KeyRing, tokenAlgorithm } from './key-ring.ts'
import type { TokenHead } from './signed-token.ts'

/** Clocks of two machines may differ by so much. */
export const skewSeconds = 30

/** Proves tokens that this hub gave. */
export function ownIssuer(ring: KeyRing, address: () => string): TokenIssuer {
  return {
    isFor: (issuer) => issuer === address(),
    verify: (token, head, now) => verify({ ring, address: address() }, { token, head, now }),
  }
}

async function verify(
  { ring, address }: { readonly ring: KeyRing; readonly address: string },
  { token, head, now }: { readonly token: string; readonly head: TokenHead; readonly now: number },
): Promise<Verified | undefined> {
  if (head.algorithm !== tokenAlgorithm) return undefined
  const publicKey = await ring.find(head.keyId)
  if (publicKey === undefined) return undefined
  const { jwtVerify, importJWK, errors } = await import('jose')
  try {
    const { payload } = await jwtVerify(token, await importJWK(publicKey, tokenAlgorithm), {
      issuer: address,
      audience: address,
      algorithms: [tokenAlgorithm],
      typ: 'at+jwt',
      clockTolerance: skewSeconds,
      currentDate: new Date(now),
      requiredClaims: ['exp', 'iat', 'jti', 'client_id'],
    })
    const { aud, exp = 0, scope, client_id: client, epoch, cnf } = payload
    // A list of audiences would let others use what they were given for themselves.
    if (aud !== address || typeof client !== 'string' || typeof epoch !== 'number') return undefined
    return {
      expiresAt: (exp + skewSeconds) * 1000,
      scopes: typeof scope === 'string' ? scope.split(' ') : [],
      client: { id: client, epoch },
      ...thumbprintOf(cnf),
    }
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}

/** What a token says of the certificate that it is bound to, RFC 8705 §3.1. A binding that we do not know binds to nothing that anybody has. */
export function thumbprintOf(confirmation: unknown): { readonly thumbprint?: string } {
  if (confirmation === undefined) return {}
  const known = typeof confirmation === 'object' && confirmation !== null && 'x5t#S256' in confirmation
  return { thumbprint: known ? String(confirmation['x5t#S256']) : '' }
}
