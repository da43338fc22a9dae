import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { Ber } from './cms/ber.ts'
import { readContent } from './cms/content.ts'
import { identifiers } from './cms/object-identifiers.ts'

/** An X.509 certificate with what CMS needs to know of it, read once. */
export class Certificate {
  readonly x509: X509Certificate
  readonly key: KeyObject
  /** DER of the issuer's name and of the serial number: what a signature or an encrypted key names. */
  readonly issuer: Buffer
  readonly serial: Buffer
  readonly subjectKeyIdentifier: Buffer | undefined
  /** Milliseconds since 1970. */
  readonly validFrom: number
  readonly validTo: number

  /** Throws when it cannot be read, or its key is weaker than RSA with 2048 bits or P-256. */
  constructor(bytes: Uint8Array | string) {
    this.x509 = new X509Certificate(bytes)
    this.key = this.x509.publicKey
    const body = Ber.read(this.x509.raw).at(0).members
    const at = body[0]?.kind === 0x80 ? 1 : 0
    this.serial = demanded(body[at]).whole
    this.issuer = demanded(body[at + 2]).whole
    this.subjectKeyIdentifier = keyIdentifierOf(body)
    this.validFrom = this.x509.validFromDate.getTime()
    this.validTo = this.x509.validToDate.getTime()
    demandStrength(this.key)
  }

  /** SHA-256, as `openssl x509 -fingerprint -sha256` prints it. */
  get fingerprint(): string {
    return this.x509.fingerprint256
  }

  isValidAt(ms: number): boolean {
    return this.validFrom <= ms && ms <= this.validTo
  }
}

/** A certificate of ours and its private key. */
export interface Identity {
  readonly certificate: Certificate
  readonly key: KeyObject
}

/** Throws when key and certificate do not belong together. */
export function readIdentity(input: {
  readonly certificate: Certificate
  readonly key: string | Buffer
  readonly passphrase?: string
}): Identity {
  const { certificate, passphrase } = input
  const key = createPrivateKey({ key: input.key, ...(passphrase === undefined ? {} : { passphrase }) })
  if (!certificate.x509.checkPrivateKey(key)) throw new Error('the private key does not belong to the certificate')
  return { certificate, key }
}

/** All certificates of a file: PEM (one or several), DER, or PKCS #7 (P7B). Throws when there is none. */
export function readCertificates(bytes: Buffer): readonly Certificate[] {
  const text = bytes.toString('latin1')
  const pem = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g)
  if (pem !== null) return pem.map((one) => new Certificate(one))
  const packed = /-----BEGIN (?:PKCS7|CMS)-----([\s\S]+?)-----END/.exec(text)?.[1]
  const binary = packed === undefined ? bytes : Buffer.from(packed, 'base64')
  const kind = kindOf(binary)
  if (kind === 'archive')
    throw new Error(
      'this is a PFX archive; convert it: openssl pkcs12 -in FILE -nodes -out FILE.pem (with -legacy for old ones)',
    )
  if (kind === 'certificate') return [new Certificate(binary)]
  return (readContent(binary).value.find(0x80)?.members ?? []).map(({ whole }) => new Certificate(whole))
}

function kindOf(binary: Buffer): 'certificate' | 'archive' | 'bundle' {
  const first = Ber.read(binary).at(0)
  if (first.tag === 0x30) return 'certificate'
  return first.tag === 0x02 ? 'archive' : 'bundle'
}

function demandStrength({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): void {
  if (asymmetricKeyType === 'rsa' || asymmetricKeyType === 'rsa-pss') {
    const bits = asymmetricKeyDetails?.modulusLength ?? 0
    if (bits < 2048) throw new Error(`its RSA key has ${bits} bits; at least 2048 are needed`)
    return
  }
  const curves = ['prime256v1', 'secp384r1', 'secp521r1']
  if (asymmetricKeyType !== 'ec' || !curves.includes(asymmetricKeyDetails?.namedCurve ?? ''))
    throw new Error('its key must be RSA with 2048 bits or more, or P-256, P-384 or P-521')
}

function keyIdentifierOf(body: readonly Ber[]): Buffer | undefined {
  const extensions = body.find(({ tag }) => tag === 0xa3)?.at(0).members ?? []
  const found = extensions.find((one) => one.at(0).objectIdentifier === identifiers.subjectKeyIdentifier)
  return found === undefined ? undefined : Ber.read(found.at(-1).bytes).bytes
}

function demanded(one: Ber | undefined): Ber {
  if (one === undefined) throw new Error('not a certificate')
  return one
}
