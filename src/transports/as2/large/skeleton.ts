import { Ber } from '../cms/ber.ts'
import { identifiers } from '../cms/object-identifiers.ts'
import { BerScan } from './ber-scan.ts'
import { OctetString } from './octet-string.ts'
import type { Stretch } from './stretch.ts'

/** A CMS structure without the content that it carries, and that content on disk. */
export interface Skeleton {
  readonly type: string
  /** As it came, but that the content is an empty string. */
  readonly value: Ber
  readonly octets: OctetString | undefined
}

/**
 * Reads a ContentInfo whose content is too large for memory. All the rest of it is small (recipients, algorithms, certificates,
 * signatures), and is read by the same code as that of a small message. Throws when it is none, is cut off, or the rest is not small.
 */
export async function readSkeleton(stretch: Stretch): Promise<Skeleton> {
  const reading = new SkeletonReading(stretch)
  const skeleton = await reading.read()
  for await (const chunk of stretch.part(reading.end).chunks())
    if (chunk.some((byte) => byte !== 0 && byte !== 0x0d && byte !== 0x0a))
      throw new Error('something follows the value')
  return skeleton
}

class SkeletonReading {
  readonly #stretch: Stretch
  readonly #scan: BerScan
  readonly #kept: Buffer[] = []
  #bytes = 0
  #octets: OctetString | undefined

  constructor(stretch: Stretch) {
    this.#stretch = stretch
    this.#scan = new BerScan(stretch)
  }

  get end(): number {
    return this.#scan.offset
  }

  async read(): Promise<Skeleton> {
    let type = ''
    await this.#inside(sequence, async (index) => {
      if (index === 0) type = Ber.read(await this.#copy()).objectIdentifier
      else if (index === 1) await this.#inside(explicit, (at) => this.#only(at, () => this.#structure(type)))
      else throw new Error('something follows the content')
    })
    const whole = Ber.read(Buffer.concat(this.#kept))
    return { type, value: whole.at(1, 0x80).at(0), octets: this.#octets }
  }

  async #structure(type: string): Promise<void> {
    await this.#inside(sequence, async () => {
      const { tag } = await this.#scan.peek()
      if (tag === sequence && this.#octets === undefined) await this.#holder(type)
      else await this.#copy()
    })
  }

  /** The content is in the first sequence that has something tagged `[0]` in it: EncapsulatedContentInfo, EncryptedContentInfo. */
  async #holder(type: string): Promise<void> {
    const isImplicit = type === identifiers.envelopedData || type === identifiers.authEnvelopedData
    await this.#inside(sequence, async () => {
      const { tag } = await this.#scan.peek()
      if ((tag & ~0x20) !== tagged || this.#octets !== undefined) await this.#copy()
      else if (isImplicit) await this.#content(tagged)
      else await this.#inside(explicit, (at) => this.#only(at, () => this.#content(string)))
    })
  }

  async #content(tag: number): Promise<void> {
    const { tag: found } = await this.#scan.peek()
    if ((found & ~0x20) !== tag) throw new Error('the content is no string of octets')
    this.#octets = await OctetString.find(this.#stretch, this.#scan)
    this.#keep(Buffer.from([tag, 0]))
  }

  /** A constructed value, written anew without a length, because what is in it gets shorter. */
  async #inside(tag: number, each: (index: number) => Promise<unknown>): Promise<void> {
    const entered = await this.#scan.enter(tag)
    this.#keep(Buffer.from([tag, 0x80]))
    for (let index = 0; await this.#scan.more(entered); index++) await each(index)
    this.#keep(Buffer.from([0, 0]))
  }

  #only(index: number, read: () => Promise<void>): Promise<void> {
    if (index > 0) throw new Error('one value was expected')
    return read()
  }

  async #copy(): Promise<Buffer> {
    const start = this.#scan.offset
    await this.#scan.skip()
    const bytes = this.#scan.offset - start
    if (this.#bytes + bytes > bytesMost) throw new Error(`more than ${bytesMost} bytes beside the content`)
    const whole = await this.#stretch.read(start, bytes)
    if (whole.length < bytes) throw new Error('it ends too early')
    this.#keep(whole)
    return whole
  }

  #keep(bytes: Buffer): void {
    this.#kept.push(bytes)
    this.#bytes += bytes.length
  }
}

const sequence = 0x30
const explicit = 0xa0
const tagged = 0x80
const string = 0x04
/** Recipients, certificates and signatures of a message are some thousands. */
const bytesMost = 1024 * 1024
