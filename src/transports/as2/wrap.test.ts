import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { As2Failure, type As2FailureCode } from './failure.ts'
import { makeIdentity } from './identity.contract.ts'
import { digestWanted, sameMic } from './mic.ts'
import { readEntity, writeEntity } from './mime/entity.ts'
import { entityOf, type Permutation, payloads, permutations, protectionOf, titleOf } from './permutation.contract.ts'
import { unwrap } from './unwrap.ts'
import { unwrappingOf } from './unwrapping.contract.ts'
import { wrap } from './wrap.ts'

const sender = makeIdentity('sender')
const receiver = makeIdentity('receiver')
const stranger = makeIdentity('stranger')

const opening = unwrappingOf({ sender, receiver })

const both: Permutation = {
  sign: 'detached',
  cipher: 'aes256-cbc',
  keyTransport: 'v1.5',
  compress: 'no',
  digest: 'sha256',
}
const document = { content: Buffer.from('ISA*00*~\nGS*SM~\n'), contentType: 'application/EDI-X12', filename: 'a.edi' }

async function codeOf(work: Promise<unknown>): Promise<As2FailureCode | 'taken'> {
  try {
    await work
    return 'taken'
  } catch (error) {
    if (error instanceof As2Failure) return error.code
    throw error
  }
}

describe('every legal order of layers', () => {
  for (const one of permutations)
    test(titleOf(one), async () => {
      for (const { content } of payloads) {
        const wrapped = await wrap({ ...document, content }, protectionOf(one, { sender, receiver }))
        const opened = await unwrap(entityOf(wrapped), opening)
        expect(opened.content.equals(content)).toBe(true)
        expect(opened).toMatchObject({
          contentType: 'application/EDI-X12',
          filename: 'a.edi',
          encrypted: one.cipher !== 'no',
          compressed: one.compress !== 'no',
        })
        expect(opened.signedBy).toBe(one.sign === 'no' ? undefined : sender.certificate)
        expect(sameMic(opened.mic, wrapped.mic)).toBe(true)
      }
    })
})

test('any bytes come back as they went', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 2000 }),
      fc.constantFrom(...permutations),
      async (content, permutation) => {
        const wrapped = await wrap({ ...document, content }, protectionOf(permutation, { sender, receiver }))
        const opened = await unwrap(entityOf(wrapped), opening)
        expect(opened.content.equals(content)).toBe(true)
        expect(sameMic(opened.mic, wrapped.mic)).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

describe('the integrity check', () => {
  const header =
    'Content-Type: application/EDI-X12\r\nContent-Disposition: attachment; filename="a.edi"\r\nContent-Transfer-Encoding: binary\r\n\r\n'
  const entity = Buffer.concat([Buffer.from(header), document.content])
  const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

  async function micBy(change: Partial<Permutation>): Promise<string> {
    const wrapped = await wrap(document, protectionOf({ ...both, ...change }, { sender, receiver }))
    return wrapped.mic.value.toString('hex')
  }

  test('covers the document alone when nothing is done to it', async () => {
    expect(await micBy({ sign: 'no', cipher: 'no' })).toBe(sha256(document.content))
  })

  test('covers the document with its MIME header when it is signed, encrypted or only compressed', async () => {
    expect(await micBy({})).toBe(sha256(entity))
    expect(await micBy({ sign: 'no' })).toBe(sha256(entity))
    expect(await micBy({ sign: 'no', cipher: 'no', compress: 'before-signing' })).toBe(sha256(entity))
    expect(await micBy({ compress: 'after-signing' })).toBe(sha256(entity))
  })

  test('covers the compressed part when it was compressed before signing', async () => {
    expect(await micBy({ compress: 'before-signing' })).not.toBe(sha256(entity))
  })

  test('of an unsigned message is by the first digest that the partner lists and we have', () => {
    expect(digestWanted(['md5', '"SHA-512"', 'sha256'], { allowLegacy: false }).name).toBe('sha512')
    expect(digestWanted(['sha1', 'sha-384'], { allowLegacy: false }).name).toBe('sha384')
    expect(digestWanted(['sha1'], { allowLegacy: true }).name).toBe('sha1')
    expect(digestWanted([], { allowLegacy: false }).name).toBe('sha256')
    expect(() => digestWanted(['md5', 'sha1'], { allowLegacy: false })).toThrow('unsupported MIC-algorithms')
  })
})

describe('what is refused', () => {
  async function sent(change: Partial<Permutation> = {}, from = sender): Promise<ReturnType<typeof entityOf>> {
    return entityOf(await wrap(document, protectionOf({ ...both, ...change }, { sender: from, receiver })))
  }

  test('a changed byte anywhere in what is signed', async () => {
    const message = await sent({ cipher: 'no' })
    const from = message.whole.indexOf('Content-Type: application/EDI')
    const until = message.whole.indexOf('\r\n--', from)
    for (let at = from; at < until; at++) {
      const whole = Buffer.from(message.whole)
      whole[at] = (whole[at] ?? 0) ^ 0x01
      expect(await codeOf(unwrap(readEntity(whole), opening)), `byte ${at}`).toBe('integrity-check-failed')
    }
  })

  test('a signature by somebody else, whatever certificate it brings along', async () => {
    expect(await codeOf(unwrap(await sent({}, stranger), opening))).toBe('authentication-failed')
  })

  test('less than a signature where one is needed', async () => {
    const strict = { ...opening, signatureNeeded: true }
    expect(await codeOf(unwrap(await sent({ sign: 'no', cipher: 'no' }), strict))).toBe('insufficient-message-security')
  })

  test('SHA-1 and 3DES, unless the partner is declared to need them', async () => {
    for (const change of [{ digest: 'sha1' }, { cipher: '3des' }] as const) {
      const message = await sent(change)
      expect(await codeOf(unwrap(message, opening))).toBe('insufficient-message-security')
      expect(await codeOf(unwrap(message, { ...opening, allowLegacy: true }))).toBe('taken')
    }
  })

  test('a bomb, and nothing larger than the limit is ever held', async () => {
    const bomb = { ...document, content: Buffer.alloc(20_000_000) }
    const one: Permutation = { ...both, cipher: 'no', compress: 'after-signing' }
    const wrapped = await wrap(bomb, protectionOf(one, { sender, receiver }))
    expect(wrapped.body.length).toBeLessThan(30_000)
    expect(await codeOf(unwrap(entityOf(wrapped), { ...opening, bytesMost: 100_000_000 }))).toBe('decompression-failed')
    const before = process.memoryUsage().arrayBuffers
    expect(await codeOf(unwrap(entityOf(wrapped), opening))).toBe('decompression-failed')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000)
  })

  test('what is compressed or signed twice, and ASN.1 that only nests', async () => {
    const twice = async (change: Partial<Permutation>): Promise<ReturnType<typeof entityOf>> => {
      const one = protectionOf({ ...both, cipher: 'no', ...change }, { sender, receiver })
      const { whole } = entityOf(await wrap(document, one))
      const { fields, content } = readEntity(whole)
      const type = fields.find(({ name }) => name === 'Content-Type')?.value ?? ''
      return entityOf(await wrap({ content, contentType: type }, one))
    }
    expect(await codeOf(unwrap(await twice({ sign: 'opaque' }), opening))).toBe('unexpected-processing-error')
    expect(await codeOf(unwrap(await twice({ sign: 'no', compress: 'after-signing' }), opening))).toBe(
      'decompression-failed',
    )
    const nested = writeEntity({ 'Content-Type': 'application/pkcs7-mime' }, Buffer.alloc(100_000, '3080', 'hex'))
    expect(await codeOf(unwrap(readEntity(nested), opening))).toBe('unexpected-processing-error')
  })

  test('random bytes never do anything but fail in a known way', async () => {
    const types = [
      'multipart/signed; boundary=a',
      'application/pkcs7-mime',
      'application/pkcs7-mime; smime-type=enveloped-data',
    ]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...types), fc.uint8Array({ maxLength: 300 }), async (type, bytes) => {
        expect(await codeOf(unwrap(readEntity(writeEntity({ 'Content-Type': type }, bytes)), opening))).toMatch(/-/)
      }),
    )
  })
})

describe('an encrypted message that cannot be read', () => {
  test('fails in one way: wrong key, damaged key block, damaged content, garbage, or no signature inside', async () => {
    const strict = { ...opening, signatureNeeded: true }
    const wrapped = await wrap(document, protectionOf(both, { sender, receiver }))
    const message = entityOf(wrapped)
    const codes = new Set<string>()
    codes.add(await codeOf(unwrap(message, { ...strict, own: [stranger] })))
    const modulus = 256
    const block = message.content.indexOf(Buffer.from([0x04, 0x82, 0x01, 0x00])) + 4
    expect(block).toBeGreaterThan(modulus / 4)
    for (let at = 0; at < modulus; at += 5)
      codes.add(
        await codeOf(
          unwrap(flipped(message.whole, message.whole.length - message.content.length + block + at), strict),
        ),
      )
    for (let back = 1; back <= 33; back++)
      codes.add(await codeOf(unwrap(flipped(message.whole, message.whole.length - back), strict)))
    const unsigned = await wrap(document, protectionOf({ ...both, sign: 'no' }, { sender, receiver }))
    codes.add(await codeOf(unwrap(entityOf(unsigned), strict)))
    expect([...codes]).toEqual(['decryption-failed'])
  })

  test('blocks behind the end do not tell whether they decrypt', async () => {
    const { body } = await wrap(document, protectionOf(both, { sender, receiver }))
    expect(body.length).toBeGreaterThan(0)
    const inner = await wrap(document, protectionOf({ ...both, cipher: 'no' }, { sender, receiver }))
    const longer = entityOf({ ...inner, body: Buffer.concat([inner.body, Buffer.from('anything')]) })
    expect(await codeOf(unwrap(longer, opening))).toBe('unexpected-processing-error')
  })

  test('a certificate that replaces another one opens what was encrypted for either', async () => {
    const next = makeIdentity('receiver')
    const own = [next, receiver]
    expect(
      await codeOf(
        unwrap(entityOf(await wrap(document, protectionOf(both, { sender, receiver }))), { ...opening, own }),
      ),
    ).toBe('taken')
    expect(
      await codeOf(
        unwrap(entityOf(await wrap(document, protectionOf(both, { sender, receiver: next }))), { ...opening, own }),
      ),
    ).toBe('taken')
    const trusted = [stranger.certificate, sender.certificate]
    const bySender = entityOf(await wrap(document, protectionOf(both, { sender, receiver })))
    expect(await codeOf(unwrap(bySender, { ...opening, trusted }))).toBe('taken')
  })
})

test('a signature by a P-256 key counts', async () => {
  const curve = makeIdentity('sender', { curve: 'P-256' })
  const message = entityOf(
    await wrap(document, protectionOf({ ...both, digest: 'sha384' }, { sender: curve, receiver })),
  )
  const opened = await unwrap(message, { ...opening, trusted: [curve.certificate] })
  expect(opened.signedBy).toBe(curve.certificate)
})

function flipped(whole: Buffer, at: number): ReturnType<typeof readEntity> {
  const changed = Buffer.from(whole)
  changed[at] = (changed[at] ?? 0) ^ 0x10
  return readEntity(changed)
}
