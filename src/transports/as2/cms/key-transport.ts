import { constants, createHmac, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto'
import type { Certificate, Identity } from '../certificate.ts'
import type { Ber } from './ber.ts'
import { explicit, nothing, objectIdentifier, octets, sequence, smallInteger } from './der.ts'
import { digestNamed, digestOf } from './digests.ts'
import { identifiers } from './object-identifiers.ts'
import { names } from './signed-data.ts'

/** How the content key reaches the recipient: RSA PKCS #1 v1.5, or OAEP with SHA-256. */
export type KeyTransport = 'v1.5' | 'oaep'

/** KeyTransRecipientInfo (RFC 5652 §6.2.1) for one recipient. */
export function wrapKey(contentKey: Buffer, recipient: Certificate, transport: KeyTransport): Buffer {
  if (recipient.key.asymmetricKeyType !== 'rsa') throw new Error('only certificates with RSA keys can be encrypted for')
  const oaep = transport === 'oaep'
  const padding = oaep ? constants.RSA_PKCS1_OAEP_PADDING : constants.RSA_PKCS1_PADDING
  const encrypted = publicEncrypt({ key: recipient.key, padding, ...(oaep ? { oaepHash: 'sha256' } : {}) }, contentKey)
  return sequence(
    smallInteger(0),
    sequence(recipient.issuer, recipient.serial),
    oaep ? oaepAlgorithm() : sequence(objectIdentifier(identifiers.rsaEncryption), nothing()),
    octets(encrypted),
  )
}

/**
 * The content key, by the first of our keys that a recipient names. Undefined only for reasons that anybody can see: no recipient is
 * ours, or an algorithm that is not offered. A damaged block gives some key of the right length, so that what follows fails in one way.
 */
export function unwrapKey(recipients: readonly Ber[], own: readonly Identity[], keyBytes: number): Buffer | undefined {
  for (const { certificate, key } of own) {
    const recipient = recipients.find((one) => one.tag === 0x30 && names(one.at(1), certificate))
    if (recipient === undefined) continue
    const decrypt = decryptionOf(recipient.at(2), key)
    if (decrypt === undefined) continue
    const encrypted = recipient.at(3, 0x04).bytes
    return ofLength(keyBytes, decrypt(encrypted), () => substitute(key, encrypted, keyBytes))
  }
  return undefined
}

function decryptionOf(algorithm: Ber, key: KeyObject): ((encrypted: Buffer) => Buffer) | undefined {
  const named = algorithm.at(0).objectIdentifier
  if (named === identifiers.rsaEncryption) return attempting({ key, padding: constants.RSA_PKCS1_PADDING })
  if (named !== identifiers.rsaOaep) return undefined
  const oaepHash = oaepDigest(algorithm)
  return oaepHash === undefined ? undefined : attempting({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash })
}

/** v1.5 rejects implicitly: bad padding is no error. What still throws (OAEP, wrong lengths) is given the same way on. */
function attempting(options: Parameters<typeof privateDecrypt>[0]): (encrypted: Buffer) => Buffer {
  return (encrypted) => {
    try {
      return privateDecrypt(options, encrypted)
    } catch {
      return Buffer.alloc(0)
    }
  }
}

/** Both digests of OAEP must be the same one; absent ones are SHA-1 (RFC 8017 A.2.1). */
function oaepDigest(algorithm: Ber): string | undefined {
  const parameters = algorithm.members[1]?.members ?? []
  const hash =
    parameters
      .find(({ kind }) => kind === 0x80)
      ?.at(0)
      .at(0).objectIdentifier ?? sha1
  const mask =
    parameters
      .find(({ kind }) => kind === 0x81)
      ?.at(0)
      .at(1)
      .at(0).objectIdentifier ?? sha1
  const label =
    parameters
      .find(({ kind }) => kind === 0x82)
      ?.at(0)
      .at(1).bytes.length ?? 0
  return hash === mask && label === 0 ? digestOf(hash)?.name : undefined
}

function oaepAlgorithm(): Buffer {
  const hash = sequence(objectIdentifier(digestNamed('sha256').identifier), nothing())
  const mask = sequence(objectIdentifier(identifiers.maskGeneration1), hash)
  return sequence(objectIdentifier(identifiers.rsaOaep), sequence(explicit(0, hash), explicit(1, mask)))
}

/** Both are computed, whichever is used. */
function ofLength(keyBytes: number, found: Buffer, other: () => Buffer): Buffer {
  const instead = other()
  return found.length === keyBytes ? found : instead
}

/** Some key that nobody without the private key can foresee, the same for the same block. */
function substitute(key: KeyObject, encrypted: Buffer, keyBytes: number): Buffer {
  const secret =
    secrets.get(key) ??
    createHmac('sha256', 'interline')
      .update(key.export({ type: 'pkcs8', format: 'der' }))
      .digest()
  secrets.set(key, secret)
  return createHmac('sha512', secret).update(encrypted).digest().subarray(0, keyBytes)
}

const secrets = new WeakMap<KeyObject, Buffer>()

const sha1 = '1.3.14.3.2.26'
