import type { X509Certificate } from 'node:crypto'
import type { CertificateSubject } from '../../registry/clients.ts'

/** Whether a certificate is of this subject, RFC 8705 §2.1.2: all of its name, or one of its alternative names. */
export function isOfSubject(certificate: X509Certificate, { kind, value }: CertificateSubject): boolean {
  switch (kind) {
    case 'dns':
      // Without wildcards: who has a certificate for all names of a domain is not each of them.
      return alternativeNames(certificate).includes(`DNS:${value.toLowerCase()}`)
    case 'uri':
      return alternativeNames(certificate, (name) => name).includes(`URI:${value}`)
    case 'ip':
      return alternativeNames(certificate).includes(`IP Address:${value.toUpperCase()}`)
    case 'email':
      return alternativeNames(certificate).includes(`email:${value.toLowerCase()}`)
    case 'dn':
      return distinguishedName(certificate.subject) === distinguishedName(value.replaceAll(/\s*,\s*/g, '\n'))
  }
}

/** As Node writes them, `DNS:a.example`; quoted where a value holds a comma, which then fits nothing. */
function alternativeNames(certificate: X509Certificate, fold = foldName): readonly string[] {
  return (certificate.subjectAltName ?? '').split(', ').map(fold)
}

function foldName(name: string): string {
  const at = name.indexOf(':')
  const [kind, value] = [name.slice(0, at), name.slice(at + 1)]
  return `${kind}:${kind === 'IP Address' ? value.toUpperCase() : value.toLowerCase()}`
}

/** Parts in one order: RFC 4514 writes them backwards, OpenSSL forwards. */
function distinguishedName(text: string): string {
  return text
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .toSorted()
    .join('\n')
}
