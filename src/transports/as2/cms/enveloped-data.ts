import { createCipheriv, createDecipheriv, type DecipherGCM, randomBytes } from 'node:crypto'
import type { Certificate, Identity } from '../certificate.ts'
import { As2Failure } from '../failure.ts'
import type { Ber } from './ber.ts'
import { type Cipher, cipherOf } from './ciphers.ts'
import { type CmsContent, writeContent } from './content.ts'
import { derAround, objectIdentifier, octets, retagged, sequence, setOf, smallInteger } from './der.ts'
import { type KeyTransport, unwrapKey, wrapKey } from './key-transport.ts'
import { identifiers } from './object-identifiers.ts'
import type { Pieces } from './pieces.ts'

/** Who is to open it, with which cipher, and how each gets the key (RFC 5652 §6.2). */
export interface Encrypting {
  readonly recipients: readonly Certificate[]
  readonly cipher: Cipher
  readonly keyTransport: KeyTransport
}

/** EnvelopedData (RFC 5652 §6), or AuthEnvelopedData (RFC 5083) for authenticated ciphers. */
export function encryptData(content: Pieces, { recipients, cipher, keyTransport }: Encrypting): Pieces {
  const key = randomBytes(cipher.keyBytes)
  const nonce = randomBytes(cipher.nonceBytes)
  const wrapped = setOf(...recipients.map((one) => wrapKey(key, one, keyTransport)))
  if (!cipher.authenticated) {
    const engine = createCipheriv(cipher.node, key, nonce)
    const encrypted = encryptedContent(cipher, octets(nonce), encryptedBy(engine, content))
    return writeContent(identifiers.envelopedData, derAround(0x30, [smallInteger(0), wrapped, ...encrypted]))
  }
  const engine = createCipheriv(cipher.node as 'aes-256-gcm', key, nonce, { authTagLength })
  const parameters = sequence(octets(nonce), smallInteger(authTagLength))
  const encrypted = encryptedContent(cipher, parameters, encryptedBy(engine, content))
  const value = derAround(0x30, [smallInteger(0), wrapped, ...encrypted, octets(engine.getAuthTag())])
  return writeContent(identifiers.authEnvelopedData, value)
}

function encryptedBy(engine: ReturnType<typeof createCipheriv>, content: Pieces): Pieces {
  const encrypted = content.map((one) => engine.update(one))
  return [...encrypted, engine.final()]
}

/** Our keys, and whether weak ciphers are taken. */
export interface Decrypting {
  readonly own: readonly Identity[]
  readonly allowLegacy: boolean
}

/** What takes the encryption off; `final` throws when it does not fit. */
export type Decipher = ReturnType<typeof createDecipheriv>

/**
 * Finds the key and the cipher of what was encrypted for us, and does not look at the content. Throws `decryption-failed`, the same for every
 * reason but the algorithm that anybody can see.
 */
export function openEncryption({ type, value }: CmsContent, { own, allowLegacy }: Decrypting): Decipher {
  const authenticated = type === identifiers.authEnvelopedData
  const { members } = value
  const at = members.findIndex(({ tag }) => tag === 0x31)
  const [recipients, encrypted] = [members[at], members[at + 1]]
  if (recipients === undefined || encrypted === undefined) throw new As2Failure('decryption-failed', 'no recipients')
  const algorithm = encrypted.at(1)
  const cipher = cipherOf(algorithm.at(0).objectIdentifier)
  if (cipher === undefined || cipher.authenticated !== authenticated || (cipher.legacy && !allowLegacy))
    throw new As2Failure('insufficient-message-security', `cipher ${cipher?.name ?? 'unknown'} is not allowed`)
  const key = unwrapKey(recipients.members, own, cipher.keyBytes)
  if (key === undefined) throw new As2Failure('decryption-failed', 'no recipient is one of our certificates')
  if (encrypted.find(0x80) === undefined) throw new As2Failure('decryption-failed', 'no encrypted content')
  return decrypting(() =>
    authenticated
      ? openSealed({ cipher, key, algorithm, rest: members.slice(at + 2) })
      : createDecipheriv(cipher.node, key, algorithm.at(1, 0x04).bytes),
  )
}

function decrypting<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new As2Failure('decryption-failed', 'the content does not decrypt', error)
  }
}

const authTagLength = 16

interface Sealed {
  readonly cipher: Cipher
  readonly key: Buffer
  readonly algorithm: Ber
  /** Attributes, the tag, attributes that are not covered. */
  readonly rest: readonly Ber[]
}

function openSealed({ cipher, key, algorithm, rest }: Sealed): Decipher {
  const tag = rest.find(({ kind }) => kind === 0x04)?.bytes
  // RFC 5084 allows 12 bytes; a shorter one is a weaker promise that nobody makes.
  if (tag === undefined || tag.length < 12) throw new Error('the tag is missing or short')
  const nonce = algorithm.at(1).at(0, 0x04).bytes
  const engine: DecipherGCM = createDecipheriv(cipher.node as 'aes-256-gcm', key, nonce, { authTagLength: tag.length })
  const covered = rest.find(({ kind }) => kind === 0x81)
  if (covered !== undefined) engine.setAAD(retagged(0x31, covered.whole))
  engine.setAuthTag(tag)
  return engine
}

function encryptedContent({ identifier }: Cipher, parameters: Buffer, encrypted: Pieces): Pieces {
  const algorithm = sequence(objectIdentifier(identifier), parameters)
  return derAround(0x30, [objectIdentifier(identifiers.data), algorithm, ...derAround(0x80, encrypted)])
}
