import { type IssuerFetch, IssuerSilent } from '../../gateway/oidc/issuer-fetch.ts'
import type { GuardedClient } from '../../transports/http/outbound.ts'

/** Most bytes of an answer: keys and tokens are small. */
const bytesMax = 512 * 1024
const timeoutMs = 8000

/**
 * Asks issuers through the guarded client. What an issuer names as its token endpoint or its keys is somebody else's address: it is reached
 * by the rules for such, in plain HTTP only where the issuer itself is declared so, and on no other port than 443 and the issuer's.
 */
export function issuerFetch(
  outbound: Pick<GuardedClient, 'send'>,
  { allowedPrivateRanges }: { readonly allowedPrivateRanges: readonly string[] },
): IssuerFetch {
  return async (issuer, url, { method, headers, body }) => {
    const { port, protocol } = new URL(issuer)
    const sent = body === undefined || body === null ? undefined : Buffer.from(bodyText(body))
    const result = await outbound.send({
      url,
      method,
      headers: withoutOwn(headers),
      timeoutMs,
      maxResponseBytes: bytesMax,
      ...(sent === undefined ? {} : { body: sent }),
      pool: `identity ${issuer}`,
      concurrency: 4,
      allowHttp: protocol === 'http:',
      allowedCidrs: allowedPrivateRanges,
      ...(port === '' ? {} : { allowedPorts: [443, Number(port)] }),
    })
    if (result.outcome !== 'answer') throw new IssuerSilent(result.code)
    // Below that an answer of this class cannot be; above, it has nothing to say.
    if (result.status < 200 || result.status >= 500) throw new IssuerSilent(`status ${result.status}`)
    const isEmpty = [204, 205, 304].includes(result.status) || result.body.length === 0
    return new Response(isEmpty ? null : Buffer.from(result.body), { status: result.status, headers: result.headers })
  }
}

/** The package sends forms and nothing else. */
function bodyText(body: unknown): string {
  if (typeof body === 'string') return body
  if (body instanceof URLSearchParams) return body.toString()
  throw new TypeError('a request to an issuer carries a form')
}

/** The client writes these by itself. */
function withoutOwn(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const own = ['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding']
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !own.includes(name.toLowerCase())))
}
