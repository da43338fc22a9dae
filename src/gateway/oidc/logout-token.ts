import { foreignAlgorithms } from '../oauth/foreign-issuer.ts'
import type { KeySet } from '../oauth/key-set.ts'
import { skewSeconds } from '../oauth/own-issuer.ts'
import { tokenHead } from '../oauth/signed-token.ts'
import type { IdentityProvider } from './provider.ts'

/** Who has signed out at the issuer: a session, or whoever it is everywhere. */
export interface LogoutOrder {
  /** Names the order: it counts once. */
  readonly id: string
  readonly subject?: string
  readonly session?: string
  /** When it would be refused anyway, ms since 1970. */
  readonly expiresAt: number
}

const event = 'http://schemas.openid.net/event/backchannel-logout'
/** An order that is older is none any more. */
const ageSecondsMax = 300

/** Proves an order by OpenID Connect Back-Channel Logout 1.0 §2.6. Undefined for one that does not prove itself. */
export async function readLogoutToken(
  { issuer, clientId }: IdentityProvider,
  token: string,
  { keys, now }: { readonly keys: Pick<KeySet, 'find'>; readonly now: number },
): Promise<LogoutOrder | undefined> {
  const head = tokenHead(token)
  if (head === undefined || head.issuer !== issuer || !foreignAlgorithms.includes(head.algorithm)) return undefined
  const jwk = await keys.find(head.keyId, head.algorithm)
  if (jwk === undefined) return undefined
  const { jwtVerify, importJWK, errors } = await import('jose')
  try {
    const { payload, protectedHeader } = await jwtVerify(token, await importJWK(jwk, head.algorithm), {
      issuer,
      audience: clientId,
      algorithms: [head.algorithm],
      clockTolerance: skewSeconds,
      currentDate: new Date(now),
      maxTokenAge: ageSecondsMax,
      requiredClaims: ['iat', 'jti', 'events'],
    })
    const { sub: subject, sid, iat = 0, jti = '', nonce, events } = payload
    const isOrder = typeof events === 'object' && events !== null && event in events
    // An ID token has a nonce: it is no order to sign out.
    if (!isOrder || nonce !== undefined || !isOfLogout(protectedHeader.typ)) return undefined
    if (subject === undefined && typeof sid !== 'string') return undefined
    return {
      id: jti,
      ...(subject === undefined ? {} : { subject }),
      ...(typeof sid === 'string' ? { session: sid } : {}),
      expiresAt: (iat + ageSecondsMax + 2 * skewSeconds) * 1000,
    }
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}

function isOfLogout(type: string | undefined): boolean {
  return type === undefined || ['logout+jwt', 'application/logout+jwt', 'jwt'].includes(type.toLowerCase())
}
