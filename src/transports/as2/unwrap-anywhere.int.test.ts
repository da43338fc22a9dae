import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { makeIdentity } from './identity.contract.ts'
import { TestSpool } from './large/spool.contract.ts'
import { sameMic } from './mic.ts'
import { entityOf, protectionOf } from './permutation.contract.ts'
import { unwrapAnywhere } from './unwrap-anywhere.ts'
import { unwrappingOf } from './unwrapping.contract.ts'
import { wrap } from './wrap.ts'

const [sender, receiver] = [makeIdentity('sender'), makeIdentity('receiver')]
const disk = new TestSpool()
afterAll(() => disk.remove())

const opening = unwrappingOf({ sender, receiver }, { bytesMost: 50_000_000, signatureNeeded: true })

/** Packs to a fortieth or so: dense, and no bomb. */
const content = Buffer.concat(
  Array.from({ length: 200 }, () => {
    const line = randomBytes(600)
    return Buffer.concat(Array.from({ length: 100 }, () => line))
  }),
)

test('a small message that unpacks to a large document is opened on disk, and is what was sent', async () => {
  const wrapped = await wrap(
    { content, contentType: 'application/EDI-X12', filename: 'a.edi' },
    protectionOf(
      { sign: 'detached', cipher: 'aes256-cbc', keyTransport: 'v1.5', compress: 'before-signing', digest: 'sha256' },
      { sender, receiver },
    ),
  )
  expect(content.length).toBeGreaterThan(8 * 1_048_576)
  expect(wrapped.body.length).toBeLessThan(1_048_576)
  const message = (await disk.open()).message()
  try {
    const opened = await unwrapAnywhere(entityOf(wrapped), message, opening)
    if (Buffer.isBuffer(opened.content)) throw new Error('it was held in memory')
    expect((await opened.content.read(0, opened.content.length)).equals(content)).toBe(true)
    expect(sameMic(opened.mic, wrapped.mic)).toBe(true)
    expect(opened).toMatchObject({ filename: 'a.edi', compressed: true, encrypted: true })
  } finally {
    await message.close()
  }
  const inMemory = await unwrapAnywhere(entityOf(wrapped), undefined, opening)
  expect(Buffer.isBuffer(inMemory.content) && inMemory.content.equals(content)).toBe(true)
})
