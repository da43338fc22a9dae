import { createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import type { SignatureScheme } from '../../base/signature-scheme.ts'
import { Blocks, BlockWriter } from '../../gateway/door/blocks.ts'
import type { LargeBody } from '../../gateway/door/large-body.ts'
import { Examiner } from './examiner.ts'

const examiner = new Examiner()
afterEach(() => examiner.close())

const pool = new Blocks()
const hmac: SignatureScheme = {
  ...{ scheme: 'hmac', algorithm: 'sha256', header: 'x-signature', encoding: 'hex' },
  secret: 'shared',
}
const plain = Buffer.from('0123456789'.repeat(100_000))

function proof(body: Uint8Array): Record<string, string> {
  return { 'x-signature': createHmac('sha256', 'shared').update(body).digest('hex') }
}

function sent(body: Uint8Array, more: Partial<LargeBody> = {}): LargeBody {
  const writer = new BlockWriter(pool)
  writer.write(body)
  const { blocks, bytes } = writer
  const common = { packed: false, bytesMax: 2_000_000, verification: hmac, headers: proof(plain), query: '' }
  return { blocks, bytes, ...common, nowSeconds: 1_772_431_200, ...more }
}

test('a body that is proven comes back as it was sent, and a packed one unpacked', async () => {
  const other: SignatureScheme = { scheme: 'query-token', parameter: 'token', secret: 'shared' }
  const bodies = [
    sent(plain),
    sent(gzipSync(plain), { packed: true }),
    sent(plain, { verification: other, query: '?token=shared' }),
    // A key is asked for elsewhere.
    sent(gzipSync(plain), { packed: true, verification: { scheme: 'api-key' }, headers: {} }),
  ]
  for (const body of await Promise.all(bodies.map(examiner.examine))) expect(Buffer.from(body).equals(plain)).toBe(true)
})

test('one that is not proven, or is not what it says, is refused with the reason that a small one would get', async () => {
  const changed = Buffer.from(plain)
  changed[500_000] = 0
  const bomb = gzipSync(Buffer.alloc(50_000_000))
  const refused = [
    [sent(changed), 'SIGNATURE_INVALID'],
    [sent(plain, { headers: {} }), 'SIGNATURE_INVALID'],
    [sent(gzipSync(changed), { packed: true }), 'SIGNATURE_INVALID'],
    [sent(gzipSync(plain), { packed: true, bytesMax: plain.length - 1 }), 'BODY_TOO_LARGE'],
    [sent(bomb, { packed: true }), 'BODY_TOO_LARGE'],
    [sent(gzipSync(plain).subarray(0, -9), { packed: true }), 'BODY_MALFORMED'],
    [sent(plain, { packed: true }), 'BODY_MALFORMED'],
  ] as const
  await Promise.all(refused.map(([body, code]) => expect(examiner.examine(body)).rejects.toMatchObject({ code })))
})

test('where the thread is lost the sender is told to come again, and the next one is served', async () => {
  const lost = examiner.examine(sent(plain))
  const told = expect(lost).rejects.toMatchObject({ code: 'HUB_BUSY' })
  await examiner.close()
  await told
  expect(Buffer.from(await examiner.examine(sent(plain))).equals(plain)).toBe(true)
})
