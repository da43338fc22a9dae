import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { As2Failure } from '../failure.ts'
import { makeIdentity } from '../identity.contract.ts'
import { writeMic } from '../mic.ts'
import { readEntity } from '../mime/entity.ts'
import { entityOf, type Permutation, payloads, permutations, protectionOf, titleOf } from '../permutation.contract.ts'
import { unwrap } from '../unwrap.ts'
import { unwrappingOf } from '../unwrapping.contract.ts'
import { wrap } from '../wrap.ts'
import { TestSpool, unwrapOnDisk } from './spool.contract.ts'

const [sender, receiver] = [makeIdentity('sender'), makeIdentity('receiver')]
const disk = new TestSpool()
afterAll(() => disk.remove())

const opening = unwrappingOf({ sender, receiver })

interface Outcome {
  readonly code: string
  readonly content?: string
  readonly mic?: string
  readonly said?: object
}

async function outcomeOf(work: () => ReturnType<typeof unwrap>): Promise<Outcome> {
  try {
    const { content, mic, signedBy, ...said } = await work()
    const by = signedBy?.fingerprint ?? ''
    return { code: 'taken', content: content.toString('latin1'), mic: writeMic(mic), said: { ...said, by } }
  } catch (error) {
    if (error instanceof As2Failure) return { code: error.code }
    throw error
  }
}

/** In memory, and on disk in chunks of that size. */
async function both(whole: Buffer, chunkBytes: number): Promise<readonly [Outcome, Outcome]> {
  const spool = await disk.open(chunkBytes)
  return [
    await outcomeOf(async () => unwrap(readEntity(whole), opening)),
    await outcomeOf(() => unwrapOnDisk(whole, spool, opening)),
  ]
}

async function messageOf(permutation: Permutation, content: Uint8Array): Promise<Buffer> {
  const document = { content, contentType: 'application/EDI-X12', filename: 'a.edi' }
  return entityOf(await wrap(document, protectionOf(permutation, { sender, receiver }))).whole
}

describe('a message is opened on disk as in memory', () => {
  for (const [index, one] of permutations.entries())
    test(`read byte by byte, and in one piece: ${titleOf(one)}`, async () => {
      const whole = await messageOf(one, payloads[index % payloads.length]?.content ?? Buffer.alloc(0))
      for (const chunkBytes of [1, 65_536]) {
        const [memory, onDisk] = await both(whole, chunkBytes)
        expect(memory.code).toBe('taken')
        expect(onDisk).toEqual(memory)
      }
    })

  test('whatever it holds, and wherever chunks are split', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 3000 }),
        fc.constantFrom(...permutations),
        fc.integer({ min: 8, max: 3000 }),
        async (content, permutation, chunkBytes) => {
          const [memory, onDisk] = await both(await messageOf(permutation, content), chunkBytes)
          expect(memory.code).toBe('taken')
          expect(onDisk).toEqual(memory)
        },
      ),
      { numRuns: 100 },
    )
  })

  test('also when it is damaged or cut off: it is refused both ways, or the same document both ways', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...permutations.filter(({ keyTransport }) => keyTransport === 'v1.5')),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom('flip', 'cut', 'insert'),
        fc.integer({ min: 8, max: 500 }),
        async (permutation, place, change, how, chunkBytes) => {
          const whole = await messageOf(permutation, Buffer.from('ISA*00*~\r\nGS*SM~\nST*204*0001~\r\n'))
          const at = readEntity(whole).whole.length - 1 - (place % readEntity(whole).content.length)
          const damaged =
            how === 'cut'
              ? whole.subarray(0, at)
              : Buffer.concat([
                  whole.subarray(0, at),
                  Buffer.from([(whole[at] ?? 0) ^ change]),
                  whole.subarray(how === 'flip' ? at + 1 : at),
                ])
          const [memory, onDisk] = await both(damaged, chunkBytes)
          // Which code says it may differ where the structure itself is broken.
          if (memory.code === 'taken' || onDisk.code === 'taken') expect(onDisk).toEqual(memory)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('whatever its first values call themselves', async () => {
    const whole = await messageOf(
      { sign: 'no', cipher: 'aes256-cbc', keyTransport: 'v1.5', compress: 'no', digest: 'sha256' },
      Buffer.from('ISA*00*~'),
    )
    const start = whole.length - readEntity(whole).content.length
    for (let at = start; at < start + 40; at++)
      for (const change of [1, 64, 128]) {
        const damaged = Buffer.from(whole)
        damaged[at] = (whole[at] ?? 0) ^ change
        const [memory, onDisk] = await both(damaged, 65_536)
        expect(onDisk.code === 'taken', `byte ${at - start}, ${change}`).toBe(memory.code === 'taken')
      }
  })

  test('with bodies in base64 and quoted-printable, in lines of any length', async () => {
    const content = Buffer.from(Array.from({ length: 1500 }, (_, at) => (at * 7) % 256))
    const quoted = [...content].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
    const bodies = [
      ['base64', content.toString('base64').replaceAll(/.{1,76}/g, '$&\r\n')],
      ['base64', content.toString('base64')],
      [
        'BASE64',
        content
          .subarray(0, 1499)
          .toString('base64')
          .replaceAll(/.{1,3}/g, '$&\n '),
      ],
      ['base64', `${content.toString('base64')}=`],
      ['base64', 'QUJD=QUJD'],
      ['base64', 'QUJ?'],
      ['quoted-printable', quoted.replaceAll(/.{1,75}/g, '$&=\r\n')],
      ['quoted-printable', 'a line  \t\r\nand =\r\nits end =4=\n1 =zz   '],
      ['x-uuencode', 'abc'],
    ] as const
    for (const [encoding, body] of bodies)
      for (const chunkBytes of [1, 3, 5, 77, 65_536]) {
        const whole = Buffer.from(
          `Content-Type: text/plain\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`,
          'latin1',
        )
        const [memory, onDisk] = await both(whole, chunkBytes)
        expect(onDisk, `${encoding} ${chunkBytes}`).toEqual(memory)
      }
  })
})

test('nothing of a message is left on disk', () => {
  expect(disk.left).toEqual([])
})
