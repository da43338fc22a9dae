import { once } from 'node:events'
import { createInflate } from 'node:zlib'
import type { Decipher } from '../cms/enveloped-data.ts'
import { As2Failure } from '../failure.ts'
import type { Handling } from '../handling.ts'
import { type EntityOf, headerBytesMost, readEntity } from '../mime/entity.ts'
import { isOurs } from '../opening.ts'
import { findParts } from './multipart-on-disk.ts'
import type { OctetString } from './octet-string.ts'
import { readSkeleton } from './skeleton.ts'
import type { MessageSpool } from './spool.ts'
import type { Stretch } from './stretch.ts'
import { decodingOf } from './transfer-decoding.ts'

/** How messages are opened on disk: each layer is read as a stream and written as one, however large it is. */
export function onDisk(spool: MessageSpool): Handling<Stretch, OctetString> {
  /** What a layer held is whole before anything of it is looked at, and what it was in is gone. */
  const write = async (source: AsyncIterable<Uint8Array>): Promise<Stretch> => {
    const written = await spool.write(source)
    await spool.forgetOlder()
    return written
  }
  return {
    entity: entityOnDisk,
    decode: async (content, encoding) => {
      const decoding = decodingOf(encoding)
      return decoding === undefined ? content : spool.write(decoding(content.chunks()))
    },
    parts: findParts,
    cms: readSkeleton,
    decrypt: (octets, cipher) => write(decrypted(octets, cipher)),
    inflate: (octets, most) => write(inflated(octets, most)),
    plain: (octets) => write(octets.chunks()),
    canonical: async (bytes) => {
      const canonical = await spool.write(withCrlf(bytes))
      return canonical.length === bytes.length ? undefined : canonical
    },
    feed: async (bytes, take) => {
      for await (const chunk of bytes.chunks()) take(chunk)
    },
  }
}

async function entityOnDisk(whole: Stretch): Promise<EntityOf<Stretch>> {
  const head = await whole.read(0, headerBytesMost + 2)
  const { fields, content } = readEntity(head)
  return { fields, content: whole.part(head.length - content.length), whole }
}

async function* decrypted(octets: OctetString, cipher: Decipher): AsyncGenerator<Uint8Array> {
  for await (const chunk of octets.chunks()) yield cipher.update(chunk)
  yield cipher.final()
}

/** With a pace of its own: what is unpacked is taken before more is put in, so that a bomb is found out by its first chunks. */
async function* inflated(octets: OctetString, most: number): AsyncGenerator<Uint8Array> {
  const engine = createInflate()
  const feeding = put(octets, engine)
  let bytes = 0
  try {
    for await (const chunk of engine as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > most) throw new Error('it unpacks to too much')
      yield chunk
    }
  } catch (error) {
    throw isOurs(error) ? error : new As2Failure('decompression-failed', 'it is damaged or unpacks to too much', error)
  } finally {
    engine.destroy()
    // It ends with the engine, also where octets are left behind the end of what was packed.
    await feeding
  }
}

async function put(octets: OctetString, engine: ReturnType<typeof createInflate>): Promise<void> {
  const over = once(engine, 'close').then(() => 'over' as const)
  over.catch(() => {})
  try {
    for await (const chunk of octets.chunks()) {
      if (engine.destroyed || engine.readableEnded) return
      if (!engine.write(Buffer.from(chunk)) && (await Promise.race([once(engine, 'drain'), over])) === 'over') return
    }
    engine.end()
  } catch (error) {
    engine.destroy(error instanceof Error ? error : new Error(String(error)))
  }
}

/** As `canonicalLines` does it. */
async function* withCrlf(bytes: Stretch): AsyncGenerator<Uint8Array> {
  let before = 0
  for await (const chunk of bytes.chunks()) {
    const canonical = Buffer.allocUnsafe(chunk.length * 2)
    let to = 0
    for (const byte of chunk) {
      if (byte === 0x0a && before !== 0x0d) canonical[to++] = 0x0d
      canonical[to++] = byte
      before = byte
    }
    yield canonical.subarray(0, to)
  }
}
