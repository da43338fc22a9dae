import { constants, createHash, type SignKeyObjectInput, sign, timingSafeEqual, verify } from 'node:crypto'
import type { Certificate, Identity } from '../certificate.ts'
import { As2Failure } from '../failure.ts'
import type { Ber } from './ber.ts'
import { encapsulated, writeContent } from './content.ts'
import { der, nothing, objectIdentifier, octets, retagged, sequence, setOf, smallInteger, time } from './der.ts'
import { type Digest, digestOf, ecdsaWith, rsaEncryption } from './digests.ts'
import { identifiers } from './object-identifiers.ts'

/** Who signs, when, and where the content stays. */
export interface Signing {
  readonly signer: Identity
  readonly digest: Digest
  /** Milliseconds since 1970. */
  readonly at: number
  /** The content stays outside: `multipart/signed`. */
  readonly detached: boolean
}

/** SignedData (RFC 5652 §5) with one signer and its certificate. */
export function signData(content: Uint8Array, { signer, digest, at, detached }: Signing): Buffer {
  const { certificate, key } = signer
  const algorithm = sequence(objectIdentifier(digest.identifier), nothing())
  const attributes = setOf(
    attribute(identifiers.contentType, objectIdentifier(identifiers.data)),
    attribute(identifiers.signingTime, time(at)),
    attribute(identifiers.messageDigest, octets(createHash(digest.name).update(content).digest())),
  )
  const byRsa = certificate.key.asymmetricKeyType === 'rsa'
  const signerInfo = sequence(
    smallInteger(1),
    sequence(certificate.issuer, certificate.serial),
    algorithm,
    retagged(0xa0, attributes),
    byRsa ? sequence(objectIdentifier(rsaEncryption), nothing()) : sequence(objectIdentifier(ecdsaWith[digest.name])),
    octets(sign(digest.name, attributes, key)),
  )
  const value = sequence(
    smallInteger(1),
    setOf(algorithm),
    encapsulated(detached ? undefined : content),
    der(0xa0, certificate.x509.raw),
    setOf(signerInfo),
  )
  return writeContent(identifiers.signedData, value)
}

/** Whose signatures count. */
export interface Verifying {
  /** Signatures by others count for nothing, whatever certificate they bring along. */
  readonly trusted: readonly Certificate[]
  readonly allowLegacy: boolean
}

/** A signature that fits. */
export interface Verified {
  readonly digest: Digest
  readonly certificate: Certificate
  /** The content that the signature covers. */
  readonly content: Uint8Array
}

/** The content inside SignedData; undefined where the signature is detached. */
export function signedContent(value: Ber): Buffer | undefined {
  return value.at(2).find(0x80)?.at(0).bytes
}

/**
 * Verifies SignedData over the first of the contents that fits. Throws `authentication-failed` when no trusted certificate made the
 * signature, `integrity-check-failed` when the content is another, `insufficient-message-security` for algorithms that are not allowed.
 */
export function verifyData(value: Ber, contents: Iterable<Uint8Array>, { trusted, allowLegacy }: Verifying): Verified {
  const found = findSigner(value, trusted)
  if (found === undefined) throw new As2Failure('authentication-failed', 'no signer has a trusted certificate')
  const { signer, certificate } = found
  const digest = digestOf(signer.at(2).at(0).objectIdentifier)
  if (digest === undefined || (digest.legacy && !allowLegacy))
    throw new As2Failure('insufficient-message-security', `digest ${digest?.name ?? 'unknown'} is not allowed`)
  // By its place: the identifier of a key has the same tag.
  const attributes = signer.at(3).kind === 0x80 ? signer.at(3) : undefined
  const at = attributes === undefined ? 3 : 4
  const check = { algorithm: signer.at(at), signature: signer.at(at + 1, 0x04).bytes, certificate, digest }
  if (attributes === undefined) return verifyPlain(contents, check)
  // DER rules for the signature even where the message is BER (RFC 5652 §5.4); everybody sends the attributes as DER.
  if (!fits(retagged(0x31, attributes.whole), check))
    throw new As2Failure('authentication-failed', 'the signature is not by the key of the certificate')
  const claimed = attributeOf(attributes, identifiers.messageDigest)?.bytes
  for (const content of contents) {
    const own = createHash(digest.name).update(content).digest()
    if (claimed !== undefined && claimed.length === own.length && timingSafeEqual(claimed, own))
      return { digest, certificate, content }
  }
  throw new As2Failure('integrity-check-failed', 'the digest of the content differs from the signed one')
}

interface Check {
  readonly algorithm: Ber
  readonly signature: Buffer
  readonly certificate: Certificate
  readonly digest: Digest
}

function verifyPlain(contents: Iterable<Uint8Array>, check: Check): Verified {
  for (const content of contents)
    if (fits(content, check)) return { digest: check.digest, certificate: check.certificate, content }
  throw new As2Failure('integrity-check-failed', 'the signature does not fit the content')
}

function fits(signed: Uint8Array, { algorithm, signature, certificate, digest }: Check): boolean {
  const named = algorithm.at(0).objectIdentifier
  if (named !== rsaEncryption && named !== identifiers.rsaPss && digestOf(named)?.name !== digest.name) return false
  const key: SignKeyObjectInput = { key: certificate.key }
  if (named === identifiers.rsaPss) {
    key.padding = constants.RSA_PKCS1_PSS_PADDING
    key.saltLength = constants.RSA_PSS_SALTLEN_AUTO
  }
  return verify(digest.name, signed, key, signature)
}

function findSigner(
  value: Ber,
  trusted: readonly Certificate[],
): { signer: Ber; certificate: Certificate } | undefined {
  for (const signer of value.at(-1, 0x31 & ~0x20).members) {
    const certificate = trusted.find((one) => names(signer.at(1), one))
    if (certificate !== undefined) return { signer, certificate }
  }
  return undefined
}

/** Whether a signer or recipient is named by issuer and serial number, or by the identifier of its key. */
export function names(identifier: Ber, { issuer, serial, subjectKeyIdentifier }: Certificate): boolean {
  if (identifier.kind === 0x80) return subjectKeyIdentifier?.equals(identifier.bytes) === true
  return identifier.at(0).whole.equals(issuer) && identifier.at(1).whole.equals(serial)
}

function attribute(type: string, value: Buffer): Buffer {
  return sequence(objectIdentifier(type), setOf(value))
}

function attributeOf(attributes: Ber, type: string): Ber | undefined {
  return attributes.members
    .find((one) => one.at(0).objectIdentifier === type)
    ?.at(1)
    .at(0)
}
