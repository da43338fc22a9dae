import { createHash } from 'node:crypto'
import type { Certificate, Identity } from './certificate.ts'
import { unpackedMost } from './cms/compressed-data.ts'
import type { Digest } from './cms/digests.ts'
import { openEncryption } from './cms/enveloped-data.ts'
import { identifiers } from './cms/object-identifiers.ts'
import { openSignature } from './cms/signed-data.ts'
import { As2Failure } from './failure.ts'
import type { CmsOf, Handling } from './handling.ts'
import { inMemory } from './memory-handling.ts'
import type { Mic } from './mic.ts'
import { readContentType, readParameters } from './mime/content-type.ts'
import { type Entity, type EntityOf, fieldOf } from './mime/entity.ts'
import { Opening, told } from './opening.ts'

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
export interface UnwrappedTo<B> {
  readonly content: B
  readonly contentType: string
  readonly filename?: string
  /** Of the signed bytes, in the variant that verified. */
  readonly mic: Mic
  readonly signedBy?: Certificate
  readonly encrypted: boolean
  readonly compressed: boolean
}

/** One in memory. */
export type Unwrapped = UnwrappedTo<Buffer>

/** Takes a message apart in memory, whatever the order of its layers. Throws an As2Failure whose code is what the receipt says. */
export function unwrap(message: Entity, options: Unwrapping): Promise<Unwrapped> {
  return unwrapBy(inMemory(), message, options)
}

/** The same wherever its bytes are. */
export async function unwrapBy<B extends { readonly length: number }, O extends { readonly length: number }>(
  handling: Handling<B, O>,
  message: EntityOf<B>,
  options: Unwrapping,
): Promise<UnwrappedTo<B>> {
  return new Unwrap(handling, options).run(message)
}

class Unwrap<B extends { readonly length: number }, O extends { readonly length: number }> {
  readonly #handling: Handling<B, O>
  readonly #options: Unwrapping
  readonly #state = new Opening()

  constructor(handling: Handling<B, O>, options: Unwrapping) {
    this.#handling = handling
    this.#options = options
  }

  async run(message: EntityOf<B>): Promise<UnwrappedTo<B>> {
    let entity = message
    for (let depth = 0; ; depth++) {
      if (depth > layersMost) throw new As2Failure('unexpected-processing-error', `more than ${layersMost} layers`)
      const inner = await this.#peel(entity)
      if (inner === undefined) break
      entity = inner
    }
    return this.#finish(entity, entity === message)
  }

  async #peel(entity: EntityOf<B>): Promise<EntityOf<B> | undefined> {
    const [handling, state] = [this.#handling, this.#state]
    const { type, parameters } = await state.read(() =>
      readContentType(fieldOf(entity.fields, 'content-type') ?? 'text/plain'),
    )
    if (type === 'multipart/signed') return this.#peelDetached(entity, parameters['boundary'] ?? '')
    if (!/^application\/(?:x-)?pkcs7-mime$/.test(type)) return undefined
    const cms = await state.read(async () => handling.cms(await this.#contentOf(entity)))
    if (cms.type === identifiers.signedData) return this.#peelOpaque(cms)
    if (cms.type === identifiers.compressedData) {
      if (state.compressed) throw new As2Failure('decompression-failed', 'it is compressed twice')
      state.compressed = true
      const plain = await told('decompression-failed', () => this.#unpack(cms))
      return state.read(() => handling.entity(plain))
    }
    if (state.encrypted || (cms.type !== identifiers.envelopedData && cms.type !== identifiers.authEnvelopedData))
      throw new As2Failure('unexpected-processing-error', 'a layer that is not known here')
    state.encrypted = true
    const plain = await told('decryption-failed', async () => {
      const cipher = openEncryption(cms, this.#options)
      if (cms.octets === undefined) throw new Error('no encrypted content')
      return handling.decrypt(cms.octets, cipher)
    })
    return state.read(() => handling.entity(plain))
  }

  async #unpack({ value, octets }: CmsOf<O>): Promise<B> {
    if (octets === undefined) throw new Error('nothing is compressed')
    return this.#handling.inflate(octets, unpackedMost(value, octets, this.#options.bytesMost))
  }

  async #peelDetached(entity: EntityOf<B>, boundary: string): Promise<EntityOf<B>> {
    const handling = this.#handling
    const [part, signature] = await this.#state.read(async () => {
      const [first, second, ...rest] = await handling.parts(entity.content, boundary)
      if (first === undefined || second === undefined || rest.length > 0) throw new Error('not two parts')
      const signed = await handling.cms(await this.#contentOf(await handling.entity(second)))
      if (signed.type !== identifiers.signedData) throw new Error('no signature')
      return [first, signed] as const
    })
    // First as it came; signers that go by the lines of mail have signed CRLF where LF is sent.
    return this.#accept(await this.#verify(signature, [async () => part, () => handling.canonical(part)]))
  }

  async #peelOpaque(cms: CmsOf<O>): Promise<EntityOf<B>> {
    const { octets } = cms
    if (octets === undefined) throw new As2Failure('integrity-check-failed', 'nothing is signed')
    return this.#accept(await this.#verify(cms, [() => this.#handling.plain(octets)]))
  }

  /** The first of the variants that is what was signed. */
  async #verify({ value }: CmsOf<O>, variants: readonly (() => Promise<B | undefined>)[]): Promise<B> {
    const state = this.#state
    if (state.signedBy !== undefined) throw new As2Failure('unexpected-processing-error', 'it is signed twice')
    return told('integrity-check-failed', async () => {
      const opened = openSignature(value, this.#options)
      for (const variant of variants) {
        const content = await variant()
        if (content === undefined) continue
        const comparison = opened.begin()
        await this.#handling.feed(content, (piece) => comparison.update(piece))
        const digest = comparison.end()
        if (digest === undefined) continue
        state.signedBy = opened.certificate
        state.mic = { digest: opened.digest, value: digest }
        return content
      }
      throw opened.misfit
    })
  }

  #accept(whole: B): Promise<EntityOf<B>> {
    return told('unexpected-processing-error', () => this.#handling.entity(whole))
  }

  #contentOf({ fields, content }: EntityOf<B>): Promise<B> {
    return this.#handling.decode(content, fieldOf(fields, 'content-transfer-encoding'))
  }

  async #finish(entity: EntityOf<B>, isOutermost: boolean): Promise<UnwrappedTo<B>> {
    const [state, options] = [this.#state, this.#options]
    // An answer of its own would tell whether made-up blocks decrypted: then it is told as a wrong key is.
    if (options.signatureNeeded && state.signedBy === undefined)
      throw new As2Failure(state.encrypted ? 'decryption-failed' : 'insufficient-message-security', 'it is not signed')
    return state.read(async () => {
      // RFC 4130 §7.3.1: with the header of the entity, except where the message is neither signed, encrypted nor compressed.
      const mic = state.mic ?? (await this.#micOf(isOutermost ? entity.content : entity.whole))
      const content = await this.#contentOf(entity)
      if (content.length > options.bytesMost) throw new As2Failure('unexpected-processing-error', 'it is too large')
      const { filename } = readParameters(fieldOf(entity.fields, 'content-disposition') ?? '')
      return {
        content,
        contentType: fieldOf(entity.fields, 'content-type') ?? 'text/plain',
        ...(filename === undefined ? {} : { filename: filename.slice(0, 255) }),
        mic,
        ...(state.signedBy === undefined ? {} : { signedBy: state.signedBy }),
        encrypted: state.encrypted,
        compressed: state.compressed,
      }
    })
  }

  async #micOf(bytes: B): Promise<Mic> {
    const digest = this.#options.digest()
    const hash = createHash(digest.name)
    await this.#handling.feed(bytes, (piece) => void hash.update(piece))
    return { digest, value: hash.digest() }
  }
}

const layersMost = 6
