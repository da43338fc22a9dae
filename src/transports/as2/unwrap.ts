import type { Certificate, Identity } from './certificate.ts'
import { decompressData } from './cms/compressed-data.ts'
import { type CmsContent, readContent } from './cms/content.ts'
import type { Digest } from './cms/digests.ts'
import { decryptData } from './cms/enveloped-data.ts'
import { identifiers } from './cms/object-identifiers.ts'
import { signedContent, verifyData } from './cms/signed-data.ts'
import { As2Failure } from './failure.ts'
import { type Mic, micOf } from './mic.ts'
import { canonicalLines } from './mime/canonical.ts'
import { readContentType, readParameters } from './mime/content-type.ts'
import { type Entity, fieldOf, readEntity } from './mime/entity.ts'
import { readMultipart } from './mime/multipart.ts'
import { decodeTransfer } from './mime/transfer-encoding.ts'

/** What is known of the two partners before a message is opened. */
export interface Unwrapping {
  /** Our keys, all that are still active. */
  readonly own: readonly Identity[]
  /** The partner's certificates, all that are still accepted. */
  readonly trusted: readonly Certificate[]
  readonly allowLegacy: boolean
  /** Most bytes that may come out, also between the layers. */
  readonly bytesMost: number
  /** Whether nothing counts that the partner did not sign. */
  readonly signatureNeeded: boolean
  /** The digest for an unsigned message; asked only then, and may throw. */
  readonly digest: () => Digest
}

/** What was inside a message, and how it was protected. */
export interface Unwrapped {
  readonly content: Buffer
  readonly contentType: string
  readonly filename?: string
  /** Of the signed bytes, in the variant that verified. */
  readonly mic: Mic
  readonly signedBy?: Certificate
  readonly encrypted: boolean
  readonly compressed: boolean
}

/** What has been found on the way in. */
interface State {
  encrypted: boolean
  compressed: boolean
  signedBy: Certificate | undefined
  mic: Mic | undefined
}

/** Takes a message apart, whatever the order of its layers. Throws an As2Failure whose code is what the receipt says. */
export async function unwrap(message: Entity, options: Unwrapping): Promise<Unwrapped> {
  const state: State = { encrypted: false, compressed: false, signedBy: undefined, mic: undefined }
  let entity = message
  for (let depth = 0; ; depth++) {
    if (depth > layersMost) throw new As2Failure('unexpected-processing-error', `more than ${layersMost} layers`)
    const inner = await peel(entity, state, options)
    if (inner === undefined) break
    entity = inner
  }
  return finish(entity, entity === message, state, options)
}

async function peel(entity: Entity, state: State, options: Unwrapping): Promise<Entity | undefined> {
  const { type, parameters } = reading(state, () =>
    readContentType(fieldOf(entity.fields, 'content-type') ?? 'text/plain'),
  )
  if (type === 'multipart/signed') return peelDetached(entity, parameters['boundary'] ?? '', state, options)
  if (!/^application\/(?:x-)?pkcs7-mime$/.test(type)) return undefined
  const cms = reading(state, () => readContent(contentOf(entity)))
  if (cms.type === identifiers.signedData) return peelOpaque(cms, state, options)
  if (cms.type === identifiers.compressedData) {
    if (state.compressed) throw new As2Failure('decompression-failed', 'it is compressed twice')
    state.compressed = true
    const plain = await guarded('decompression-failed', () => decompressData(cms.value, options.bytesMost))
    return reading(state, () => readEntity(plain))
  }
  if (state.encrypted || (cms.type !== identifiers.envelopedData && cms.type !== identifiers.authEnvelopedData))
    throw new As2Failure('unexpected-processing-error', 'a layer that is not known here')
  state.encrypted = true
  const plain = await guarded('decryption-failed', async () => decryptData(cms.type, cms.value, options))
  return reading(state, () => readEntity(plain))
}

function peelDetached(entity: Entity, boundary: string, state: State, options: Unwrapping): Entity {
  const [part, signature] = reading(state, () => {
    const [first, second, ...rest] = readMultipart(entity.content, boundary)
    if (first === undefined || second === undefined || rest.length > 0) throw new Error('not two parts')
    const signed = readContent(contentOf(readEntity(second)))
    if (signed.type !== identifiers.signedData) throw new Error('no signature')
    return [first, signed] as const
  })
  return accept(verify(signature, variants(part), state, options))
}

function peelOpaque(cms: CmsContent, state: State, options: Unwrapping): Entity {
  const content = reading(state, () => signedContent(cms.value))
  if (content === undefined) throw new As2Failure('integrity-check-failed', 'nothing is signed')
  return accept(verify(cms, [content], state, options))
}

function verify(cms: CmsContent, contents: Iterable<Uint8Array>, state: State, options: Unwrapping): Buffer {
  if (state.signedBy !== undefined) throw new As2Failure('unexpected-processing-error', 'it is signed twice')
  let verified: ReturnType<typeof verifyData>
  try {
    verified = verifyData(cms.value, contents, options)
  } catch (error) {
    throw error instanceof As2Failure ? error : new As2Failure('integrity-check-failed', 'unreadable signature', error)
  }
  state.signedBy = verified.certificate
  state.mic = micOf(verified.content, verified.digest)
  return Buffer.from(verified.content.buffer, verified.content.byteOffset, verified.content.byteLength)
}

function accept(whole: Buffer): Entity {
  try {
    return readEntity(whole)
  } catch (error) {
    throw new As2Failure('unexpected-processing-error', 'what is signed is no MIME entity', error)
  }
}

/** First as it came; signers that go by the lines of mail have signed CRLF where LF is sent. */
function* variants(part: Buffer): Generator<Buffer> {
  yield part
  const canonical = canonicalLines(part)
  if (canonical.length !== part.length) yield canonical
}

function finish(entity: Entity, isOutermost: boolean, state: State, options: Unwrapping): Unwrapped {
  // An answer of its own would tell whether made-up blocks decrypted: then it is told as a wrong key is.
  if (options.signatureNeeded && state.signedBy === undefined)
    throw new As2Failure(state.encrypted ? 'decryption-failed' : 'insufficient-message-security', 'it is not signed')
  return reading(state, () => {
    const content = contentOf(entity)
    if (content.length > options.bytesMost) throw new As2Failure('unexpected-processing-error', 'it is too large')
    const { filename } = readParameters(fieldOf(entity.fields, 'content-disposition') ?? '')
    return {
      content,
      contentType: fieldOf(entity.fields, 'content-type') ?? 'text/plain',
      ...(filename === undefined ? {} : { filename: filename.slice(0, 255) }),
      // RFC 4130 §7.3.1: with the header of the entity, except where the message is neither signed, encrypted nor compressed.
      mic: state.mic ?? micOf(isOutermost ? entity.content : entity.whole, options.digest()),
      ...(state.signedBy === undefined ? {} : { signedBy: state.signedBy }),
      encrypted: state.encrypted,
      compressed: state.compressed,
    }
  })
}

function contentOf(entity: Entity): Buffer {
  return decodeTransfer(entity.content, fieldOf(entity.fields, 'content-transfer-encoding'))
}

/** What a wrong key leaves passes the padding once in 256 times: garbage under encryption is told as a wrong key is, and no other way. */
function reading<T>(state: State, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof As2Failure) throw error
    const hidden = state.encrypted && state.signedBy === undefined && !state.compressed
    throw new As2Failure(hidden ? 'decryption-failed' : 'unexpected-processing-error', messageOf(error), error)
  }
}

async function guarded<T>(code: 'decompression-failed' | 'decryption-failed', work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof As2Failure ? error : new As2Failure(code, messageOf(error), error)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

const layersMost = 6
