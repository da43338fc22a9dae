import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { der, explicit, objectIdentifier, octets, sequence, smallInteger } from '../cms/der.ts'
import { identifiers } from '../cms/object-identifiers.ts'
import { As2Failure } from '../failure.ts'
import { makeIdentity } from '../identity.contract.ts'
import { readEntity, writeEntity } from '../mime/entity.ts'
import { entityOf, protectionOf } from '../permutation.contract.ts'
import { type Unwrapping, unwrap } from '../unwrap.ts'
import { unwrappingOf } from '../unwrapping.contract.ts'
import { wrap } from '../wrap.ts'
import { TestSpool, unwrapOnDisk } from './spool.contract.ts'

const [sender, receiver] = [makeIdentity('sender'), makeIdentity('receiver')]
const disk = new TestSpool()
afterAll(() => disk.remove())

const opening = unwrappingOf({ sender, receiver }, { bytesMost: 50_000_000 })

/** Code of the refusal, and why. */
async function refusal(whole: Uint8Array, options: Partial<Unwrapping> = {}, room?: number): Promise<string> {
  const spool = await disk.open(undefined, room)
  try {
    await unwrapOnDisk(whole, spool, { ...opening, ...options })
    return 'taken'
  } catch (error) {
    if (error instanceof As2Failure) return `${error.code}: ${error.detail}`
    throw error
  }
}

const part = writeEntity({ 'Content-Type': 'application/EDI-X12' }, Buffer.from('ISA*00*~'))
const mime = (cms: Uint8Array): Buffer => writeEntity({ 'Content-Type': 'application/pkcs7-mime' }, cms)
/** CompressedData whose content is this string of octets, however it is written. */
function compressed(content: Uint8Array): Buffer {
  const holder = sequence(objectIdentifier(identifiers.data), explicit(0, content))
  const value = sequence(smallInteger(0), sequence(objectIdentifier(identifiers.zlib)), holder)
  return sequence(objectIdentifier(identifiers.compressedData), explicit(0, value))
}
const packed = deflateSync(part)
const until = (tag: number, ...contents: Uint8Array[]): Buffer =>
  Buffer.concat([Buffer.from([tag, 0x80]), ...contents, Buffer.from([0, 0])])

describe('a large message that is hostile', () => {
  test('in pieces within pieces is read, and not when they are nested without an end', async () => {
    const [a, b] = [octets(packed.subarray(0, 7)), octets(packed.subarray(7))]
    expect(await refusal(mime(compressed(until(0x24, a, der(0x24, until(0x24, b))))))).toBe('taken')
    let deep: Buffer = octets(packed)
    for (let depth = 0; depth < 40; depth++) deep = until(0x24, deep)
    expect(await refusal(mime(compressed(deep)))).toBe('unexpected-processing-error: nested more than 32 deep')
    const opened = Buffer.concat(Array.from({ length: 200_000 }, () => Buffer.from([0x24, 0x80])))
    expect(await refusal(mime(compressed(opened)))).toMatch(/^unexpected-processing-error/)
  })

  test('with lengths that lie is refused for its structure', async () => {
    const lying = Buffer.concat([Buffer.from([0x04, 0x85, 0x7f, 0xff, 0xff, 0xff, 0xff]), packed])
    expect(await refusal(mime(compressed(lying)))).toBe('unexpected-processing-error: it ends too early')
    const tooLong = Buffer.concat([Buffer.from([0x04, 0x89]), Buffer.alloc(9, 1), packed])
    expect(await refusal(mime(compressed(tooLong)))).toContain('a length of more than six octets')
    const overlong = der(0x24, Buffer.concat([Buffer.from([0x04, packed.length + 4]), packed]))
    expect(await refusal(mime(compressed(Buffer.concat([overlong, Buffer.alloc(4)]))))).toMatch(
      /^unexpected-processing-error: (a piece|a member) is longer/,
    )
    expect(await refusal(mime(compressed(der(0x24, smallInteger(5)))))).toContain('no string of octets')
  })

  test('that is cut off anywhere is refused', async () => {
    const whole = entityOf(
      await wrap(
        { content: Buffer.alloc(300_000, 'ISA*00*~'), contentType: 'application/EDI-X12' },
        protectionOf(
          { sign: 'opaque', cipher: 'aes256-cbc', keyTransport: 'v1.5', compress: 'no', digest: 'sha256' },
          { sender, receiver },
        ),
      ),
    ).whole
    for (const share of [0.01, 0.3, 0.9, 0.999])
      expect(await refusal(whole.subarray(0, Math.floor(whole.length * share)))).toMatch(/^unexpected-processing-error/)
    const damaged = Buffer.from(whole)
    damaged.fill(0, 200_000, 200_016)
    expect(await refusal(damaged)).not.toBe('taken')
    expect(await refusal(whole)).toBe('taken')
  })

  test('that unpacks to too much is given up before it has', async () => {
    const bomb = mime(compressed(octets(deflateSync(Buffer.alloc(40_000_000)))))
    expect(bomb.length).toBeLessThan(100_000)
    expect(await refusal(bomb)).toBe('decompression-failed: it is damaged or unpacks to too much')
    const dense = mime(compressed(octets(deflateSync(Buffer.concat([part, Buffer.alloc(3_000_000, 'ISA')])))))
    expect(await refusal(dense, { bytesMost: 1_000_000 })).toMatch(/^decompression-failed/)
    expect(await refusal(mime(compressed(octets(packed.subarray(0, packed.length - 6)))))).toMatch(
      /^decompression-failed/,
    )
    expect(await refusal(mime(compressed(octets(Buffer.from('no zlib')))))).toMatch(/^decompression-failed/)
  })

  test('with octets behind the end of what is packed is read as one in memory is', async () => {
    for (const behind of [10, 3_000_000]) {
      const whole = mime(compressed(octets(Buffer.concat([packed, Buffer.alloc(behind, 1)]))))
      const inMemory = await unwrap(readEntity(whole), opening).then(
        () => 'taken',
        (error: As2Failure) => error.code,
      )
      expect((await refusal(whole)).split(':')[0]).toBe(inMemory)
    }
  })

  test('whose header never ends is refused after the first of it', async () => {
    const endless = Buffer.concat([
      Buffer.from('Content-Type: text/plain; a='),
      Buffer.from(randomBytes(500_000).toString('hex')),
    ])
    await expect(refusal(endless)).rejects.toThrow('the header does not end')
    expect(await refusal(mime(compressed(octets(deflateSync(endless)))))).toBe(
      'unexpected-processing-error: the header does not end',
    )
  })

  test('whose recipients, certificates or signatures are large is refused', async () => {
    const holder = sequence(objectIdentifier(identifiers.data))
    const many = sequence(smallInteger(1), der(0x31, Buffer.alloc(2_000_000)), holder, der(0x31))
    const cms = sequence(objectIdentifier(identifiers.signedData), explicit(0, many))
    expect(await refusal(mime(cms))).toBe('unexpected-processing-error: more than 1048576 bytes beside the content')
  })

  test('with a boundary that stands all over it is given up', async () => {
    const body = Buffer.from(`--b\r\n\r\n${'x--b'.repeat(20_000)}\r\n--b--\r\n`)
    const whole = Buffer.concat([Buffer.from('Content-Type: multipart/signed; boundary=b\r\n\r\n'), body])
    expect(await refusal(whole)).toBe('unexpected-processing-error: the boundary stands all over the content')
  })
})

test('without room on the disk it is nobody’s fault but ours: the partner is not told that its message is bad', async () => {
  await expect(refusal(mime(compressed(octets(packed))), {}, 1000)).rejects.toMatchObject({ code: 'DISK_LOW' })
  expect(disk.left).toEqual([])
})
