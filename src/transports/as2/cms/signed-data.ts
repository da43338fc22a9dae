import { constants, createHash, createVerify, sign, timingSafeEqual, type VerifyKeyObjectInput } from 'node:crypto'
import type { Certificate, Identity } from '../certificate.ts'
import { As2Failure } from '../failure.ts'
import type { Ber } from './ber.ts'
import { encapsulated, writeContent } from './content.ts'
import {
  der,
  derAround,
  nothing,
  objectIdentifier,
  octets,
  retagged,
  sequence,
  setOf,
  smallInteger,
  time,
} from './der.ts'
import { type Digest, digestOf, ecdsaWith, rsaEncryption } from './digests.ts'
import { identifiers } from './object-identifiers.ts'
import type { Pieces } from './pieces.ts'

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
export function signData(content: Pieces, { signer, digest, at, detached }: Signing): Pieces {
  const { certificate, key } = signer
  const hash = createHash(digest.name)
  for (const one of content) hash.update(one)
  const algorithm = sequence(objectIdentifier(digest.identifier), nothing())
  const attributes = setOf(
    attribute(identifiers.contentType, objectIdentifier(identifiers.data)),
    attribute(identifiers.signingTime, time(at)),
    attribute(identifiers.messageDigest, octets(hash.digest())),
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
  const value = derAround(0x30, [
    smallInteger(1),
    setOf(algorithm),
    ...encapsulated(detached ? undefined : content),
    der(0xa0, certificate.x509.raw),
    setOf(signerInfo),
  ])
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

/** Verifies SignedData over the first of the contents that fits. Throws as `openSignature` does, and `integrity-check-failed` when none does. */
export function verifyData(value: Ber, contents: Iterable<Uint8Array>, options: Verifying): Verified {
  const opened = openSignature(value, options)
  for (const content of contents) {
    const comparison = opened.begin()
    comparison.update(content)
    if (comparison.end() !== undefined) return { digest: opened.digest, certificate: opened.certificate, content }
  }
  throw opened.misfit
}

/** A signature by somebody who is trusted, to be compared with content, as often as there are variants of it. */
export interface OpenedSignature {
  readonly digest: Digest
  readonly certificate: Certificate
  begin(): Comparison
  /** What is told when no content fits. */
  readonly misfit: As2Failure
}

/** Takes content in pieces; in the end its digest, if the signature is for it. */
export interface Comparison {
  update(piece: Uint8Array): void
  end(): Buffer | undefined
}

/**
 * Throws `authentication-failed` when no trusted certificate made the signature, `insufficient-message-security` for algorithms that are
 * not allowed.
 */
export function openSignature(value: Ber, { trusted, allowLegacy }: Verifying): OpenedSignature {
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
  if (attributes === undefined)
    return {
      digest,
      certificate,
      begin: () => comparing(check),
      misfit: misfit('the signature does not fit the content'),
    }
  // DER rules for the signature even where the message is BER (RFC 5652 §5.4); everybody sends the attributes as DER.
  const covered = verifier(check)
  if (covered === undefined || !covered.update(retagged(0x31, attributes.whole)).verify(keyOf(check), check.signature))
    throw new As2Failure('authentication-failed', 'the signature is not by the key of the certificate')
  const claimed = attributeOf(attributes, identifiers.messageDigest)?.bytes
  return {
    digest,
    certificate,
    begin: () => comparingDigest(digest, claimed),
    misfit: misfit('the digest of the content differs from the signed one'),
  }
}

function misfit(detail: string): As2Failure {
  return new As2Failure('integrity-check-failed', detail)
}

interface Check {
  readonly algorithm: Ber
  readonly signature: Buffer
  readonly certificate: Certificate
  readonly digest: Digest
}

/** With signed attributes: they say which digest the content has. */
function comparingDigest(digest: Digest, claimed: Buffer | undefined): Comparison {
  const hash = createHash(digest.name)
  return {
    update: (piece) => void hash.update(piece),
    end: () => {
      const own = hash.digest()
      return claimed !== undefined && claimed.length === own.length && timingSafeEqual(claimed, own) ? own : undefined
    },
  }
}

/** Without: the signature is for the content itself. */
function comparing(check: Check): Comparison {
  const hash = createHash(check.digest.name)
  const verifying = verifier(check)
  return {
    update: (piece) => {
      hash.update(piece)
      verifying?.update(piece)
    },
    end: () => (verifying?.verify(keyOf(check), check.signature) === true ? hash.digest() : undefined),
  }
}

/** Undefined where the algorithm is not one of the digest. */
function verifier({ algorithm, digest }: Check): ReturnType<typeof createVerify> | undefined {
  const named = algorithm.at(0).objectIdentifier
  if (named !== rsaEncryption && named !== identifiers.rsaPss && digestOf(named)?.name !== digest.name) return undefined
  return createVerify(digest.name)
}

function keyOf({ algorithm, certificate }: Check): VerifyKeyObjectInput {
  const isPss = algorithm.at(0).objectIdentifier === identifiers.rsaPss
  return {
    key: certificate.key,
    ...(isPss ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO } : {}),
  }
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
