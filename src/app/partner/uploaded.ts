import { createPrivateKey, type X509Certificate } from 'node:crypto'
import { InterlineError } from '../../base/errors.ts'
import type { ReadCertificate } from '../../gateway/desks/network-desk.ts'
import type { CertificateUse } from '../../registry/partner-certificates.ts'
import { type Certificate, readCertificates } from '../../transports/as2/certificate.ts'

/** A certificate and whoever issued it, up to its root. */
const chainMost = 5
const rsaBitsMost = 8192
/** What is over tomorrow is no next certificate. */
const lastsMs = 86_400_000

/**
 * Reads what somebody has uploaded: one certificate with the chain of those who issued it. Nothing is kept of what is refused. Throws
 * CERTIFICATE_IS_PRIVATE for a private key in any form, CERTIFICATE_INVALID.
 */
export function readUploaded(bytes: Buffer, use: CertificateUse, now: number): ReadCertificate {
  demandPublic(bytes)
  const [leaf, ...issuers] = parsed(bytes)
  if (leaf === undefined) throw invalid('there is no certificate in it')
  if (issuers.length >= chainMost) throw invalid(`it holds more than ${chainMost} certificates`)
  judgeChain([leaf, ...issuers])
  judgeKey(leaf, use)
  if (leaf.validTo <= leaf.validFrom) throw invalid('it ends before it begins')
  if (leaf.validTo < now + lastsMs) throw invalid(`it ended or ends on ${day(leaf.validTo)}`)
  return {
    pem: [leaf, ...issuers].map(({ x509 }) => x509.toString()).join(''),
    subject: leaf.x509.subject.replaceAll('\n', ', ').slice(0, 500),
    fingerprint: leaf.fingerprint,
    validFrom: leaf.validFrom,
    validTo: leaf.validTo,
  }
}

/** A key that was sent somewhere is known to others, whatever becomes of it here. Throws CERTIFICATE_IS_PRIVATE. */
function demandPublic(bytes: Buffer): void {
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(bytes.toString('latin1')) || isBareKey(bytes) || isArchive(bytes))
    throw new InterlineError('CERTIFICATE_IS_PRIVATE')
}

/** A private key without any words around it. */
function isBareKey(bytes: Buffer): boolean {
  return (['pkcs8', 'pkcs1', 'sec1'] as const).some((type) => {
    try {
      createPrivateKey({ key: bytes, format: 'der', type })
      return true
    } catch {
      // Not one of this kind, which is what is wanted.
      return false
    }
  })
}

/** PFX holds the private key as well: a sequence that begins with the number 3. Encrypted keys of PKCS #8 begin with the name of a password scheme. */
function isArchive(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 32).toString('hex')
  return /^30(?:8[0-4](?:..){0,4}|[0-7].)020103/.test(head) || head.includes('06092a864886f70d01050d')
}

function parsed(bytes: Buffer): readonly Certificate[] {
  try {
    return readCertificates(bytes)
  } catch (error) {
    const said = error instanceof Error ? error.message : ''
    // What is thrown here by ourselves is about the key; all else is in the words of a parser.
    throw invalid(/key/.test(said) && !/:/.test(said) ? said : 'it is no certificate in PEM, DER or P7B')
  }
}

/** Each next one has issued the one before it. */
function judgeChain(chain: readonly Certificate[]): void {
  chain.slice(1).forEach(({ x509: issuer }, index) => {
    const { x509 } = chain[index] as Certificate
    if (!x509.checkIssued(issuer) || !isSignedBy(x509, issuer))
      throw invalid(`certificate ${index + 2} in it has not issued the one before it`)
  })
}

function isSignedBy(one: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return one.verify(issuer.publicKey)
  } catch {
    // By an algorithm that does not go with this key.
    return false
  }
}

function judgeKey({ key }: Certificate, use: CertificateUse): void {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details = {} } = key
  if ((details.modulusLength ?? 0) > rsaBitsMost) throw invalid(`its key has more than ${rsaBitsMost} bits`)
  if ((use === 'encryption' || use === 'both') && type !== 'rsa')
    throw invalid('to encrypt for you its key must be RSA with 2048 bits or more')
}

function invalid(problem: string): InterlineError {
  return new InterlineError('CERTIFICATE_INVALID', { problem })
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
