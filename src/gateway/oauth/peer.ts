import { hash, X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** The certificate of whoever is at the other end. */
export interface PeerCertificate {
  readonly certificate: X509Certificate
  /** SHA-256 of its DER in base64url, as RFC 8705 binds tokens to it. */
  readonly thumbprint: string
  /** Whether an authority that we, or our proxy, trust has signed it. */
  readonly isAuthorized: boolean
}

/** Who is at the other end of a request: what a proxy says of that counts only where it is one of ours. */
export class Peers {
  readonly #isTrusted: (address: string) => boolean
  readonly #seen = new WeakMap<object, PeerCertificate | undefined>()

  constructor(isTrusted: (address: string) => boolean) {
    this.#isTrusted = isTrusted
  }

  /** The address of the client: behind our proxies, the last one that is not a proxy of ours. */
  addressOf({ socket, headers }: IncomingMessage): string {
    const direct = socket.remoteAddress ?? ''
    const forwarded = headers['x-forwarded-for']
    if (forwarded === undefined || !this.#isTrusted(direct)) return direct
    const hops = String(forwarded)
      .split(',')
      .map((hop) => hop.trim())
      .filter((hop) => /^[0-9A-Fa-f.:]{2,45}$/.test(hop))
    return hops.findLast((hop) => !this.#isTrusted(hop)) ?? hops[0] ?? direct
  }

  /** The certificate that the client has shown; undefined without one. */
  certificateOf({ socket, headers }: IncomingMessage): PeerCertificate | undefined {
    if (this.#isTrusted(socket.remoteAddress ?? '')) return forwardedCertificate(headers)
    if (this.#seen.has(socket)) return this.#seen.get(socket)
    const found = ownCertificate(socket)
    this.#seen.set(socket, found)
    return found
  }
}

/** Of a TLS connection to ourselves. */
function ownCertificate(socket: object): PeerCertificate | undefined {
  if (!('getPeerX509Certificate' in socket) || typeof socket.getPeerX509Certificate !== 'function') return undefined
  const certificate: unknown = socket.getPeerX509Certificate()
  if (!(certificate instanceof X509Certificate)) return undefined
  return shown(certificate, 'authorized' in socket && socket.authorized === true)
}

/** `Client-Cert` of RFC 9440, or the last element of Envoy's `X-Forwarded-Client-Cert`. */
function forwardedCertificate(headers: IncomingMessage['headers']): PeerCertificate | undefined {
  const standard = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(String(headers['client-cert'] ?? ''))?.[1]
  const envoy = /(?:^|[;,])\s*Cert="([^"]+)"[^,]*$/i.exec(String(headers['x-forwarded-client-cert'] ?? ''))?.[1]
  try {
    if (standard !== undefined) return shown(new X509Certificate(Buffer.from(standard, 'base64')), true)
    return envoy === undefined ? undefined : shown(new X509Certificate(decodeURIComponent(envoy)), true)
  } catch {
    // What a proxy garbled is no certificate.
    return undefined
  }
}

function shown(certificate: X509Certificate, isAuthorized: boolean): PeerCertificate {
  return { certificate, thumbprint: thumbprintOfDer(certificate.raw), isAuthorized }
}

/** As RFC 8705 writes it. */
export function thumbprintOfDer(der: Uint8Array): string {
  return hash('sha256', der, 'base64url')
}
