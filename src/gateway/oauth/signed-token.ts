/** Longest token that is looked at. */
const charactersMax = 8192
const compact = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/** What a token says of itself before anybody has proved it. */
export interface TokenHead {
  readonly algorithm: string
  readonly keyId: string
  readonly issuer: string
}

/**
 * Reads who wants to have signed a token. Undefined when it is not in the one strict form: three parts that read as they are written, a
 * named key, no extension that somebody would have to understand. What else its head says (`jku`, `jwk`, `x5u`) is never looked at.
 */
export function tokenHead(token: string): TokenHead | undefined {
  if (token.length > charactersMax || !compact.test(token)) return undefined
  const parts = token.split('.')
  if (parts.some((part) => Buffer.from(part, 'base64url').toString('base64url') !== part)) return undefined
  const [head, claims] = parts.slice(0, 2).map(object)
  if (head === undefined || claims === undefined || 'crit' in head || 'b64' in head) return undefined
  const { alg, kid } = head
  const { iss } = claims
  if (typeof alg !== 'string' || typeof kid !== 'string' || typeof iss !== 'string') return undefined
  return { algorithm: alg, keyId: kid, issuer: iss }
}

function object(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}
