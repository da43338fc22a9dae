import { X509Certificate } from 'node:crypto'
import type { ApiClient, Credential } from '../../registry/clients.ts'

/** A certificate that a client shows by TLS, as a partner's page shows it. Times in ms since 1970. */
export interface ClientCertificate {
  /** Name of the client. */
  readonly connection: string
  readonly use: 'mtls'
  readonly subject: string
  readonly fingerprint: string
  readonly validFrom: number
  readonly validTo: number
  readonly isUsed: boolean
}

/** Whether a client proves itself by a certificate that is known as a whole. */
export function showsCertificate({ method, revokedAt }: ApiClient): boolean {
  return method === 'self_signed_tls_client_auth' && revokedAt === undefined
}

/** All that count of these clients. */
export function clientCertificates(clients: readonly ApiClient[], now: number): readonly ClientCertificate[] {
  return clients.filter(showsCertificate).flatMap(({ name, credentials }) =>
    credentials.flatMap(({ certificate, expiresAt }) => {
      if (certificate === undefined || (expiresAt ?? now + 1) <= now) return []
      const { subject, fingerprint256, validFromDate, validToDate } = read(certificate)
      const [validFrom, validTo] = [validFromDate.getTime(), validToDate.getTime()]
      const isUsed = validFrom <= now && now <= validTo
      const shown = subject.replaceAll('\n', ', ')
      return [
        {
          connection: name,
          use: 'mtls' as const,
          subject: shown,
          fingerprint: fingerprint256,
          validFrom,
          validTo,
          isUsed,
        },
      ]
    }),
  )
}

/** The new one beside the newest old one, which counts until it ends by itself: two are enough for a roll-over. */
export function withCertificate(
  { credentials }: Pick<ApiClient, 'credentials'>,
  { pem, id, now }: { readonly pem: string; readonly id: string; readonly now: number },
): readonly Credential[] {
  const certificate = new X509Certificate(pem).raw.toString('base64')
  if (credentials.some((one) => one.certificate === certificate)) return credentials
  const old = credentials.filter(({ expiresAt }) => (expiresAt ?? now + 1) > now).at(-1)
  const end = old?.certificate === undefined ? now : read(old.certificate).validToDate.getTime()
  return [
    ...(old === undefined ? [] : [{ ...old, expiresAt: Math.min(old.expiresAt ?? end, end) }]),
    { id, createdAt: now, certificate },
  ]
}

/** Without one that is taken out. */
export function withoutCertificate({ credentials }: ApiClient, pem: string): readonly Credential[] {
  const gone = new X509Certificate(pem).raw.toString('base64')
  return credentials.filter(({ certificate }) => certificate !== gone)
}

function read(base64: string): X509Certificate {
  return new X509Certificate(Buffer.from(base64, 'base64'))
}
