import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestNamed } from '../../src/transports/as2/cms/digests.ts'
import { makeIdentity } from '../../src/transports/as2/identity.contract.ts'
import { TestSpool, unwrapOnDisk } from '../../src/transports/as2/large/spool.contract.ts'
import { writeMic } from '../../src/transports/as2/mic.ts'
import { readEntity } from '../../src/transports/as2/mime/entity.ts'
import {
  entityOf,
  type Permutation,
  payloads,
  permutations,
  protectionOf,
  titleOf,
} from '../../src/transports/as2/permutation.contract.ts'
import { sealReceipt } from '../../src/transports/as2/receipt.ts'
import { unwrap } from '../../src/transports/as2/unwrap.ts'
import { unwrappingOf } from '../../src/transports/as2/unwrapping.contract.ts'
import { wrap } from '../../src/transports/as2/wrap.ts'
import { BouncyCastle, bouncyCastleMissing } from './bouncy-castle.ts'

const ours = makeIdentity('ours')
const theirs = makeIdentity('theirs')

describe.skipIf(bouncyCastleMissing)(`BouncyCastle as the partner (${bouncyCastleMissing ?? 'installed'})`, () => {
  const peer = new BouncyCastle()
  beforeAll(() => peer.start(theirs, ours))
  const disk = new TestSpool()
  afterAll(async () => {
    disk.remove()
    await peer.stop()
  })

  for (const one of permutations) {
    test(`reads ours: ${titleOf(one)}`, async () => {
      for (const { content } of payloads) {
        const document = { content, contentType: 'application/EDI-X12', filename: 'a.edi' }
        const wrapped = await wrap(document, protectionOf(one, { sender: ours, receiver: theirs }))
        const read = await peer.unwrap(entityOf(wrapped).whole)
        expect(read.body.equals(content)).toBe(true)
        expect(read.mic).toBe(writeMic(wrapped.mic, 'old'))
        expect(read.layers.split(' ').filter((layer) => layer !== '')).toEqual(layersOf(one))
      }
    })

    test(`writes for us: ${titleOf(one)}`, async () => {
      for (const { content } of payloads) {
        const sent = await peer.wrap(content, one)
        const opening = unwrappingOf({ sender: theirs, receiver: ours }, { signatureNeeded: one.sign !== 'no' })
        const opened = await unwrap(readEntity(sent.body), opening)
        expect(await unwrapOnDisk(sent.body, await disk.open(1000), opening)).toEqual(opened)
        expect(opened.content.equals(content)).toBe(true)
        expect(writeMic(opened.mic, 'old')).toBe(sent.mic)
        expect(opened).toMatchObject({ encrypted: one.cipher !== 'no', compressed: one.compress !== 'no' })
      }
    })
  }

  test('verifies our signed receipts', async () => {
    for (const form of ['detached', 'opaque'] as const) {
      const sealed = sealReceipt(
        {
          from: 'HUB',
          to: 'ACME',
          originalMessageId: '<1@acme>',
          originalRecipient: 'HUB',
          disposition: { kind: 'processed' },
          spelling: 'new',
          text: 'Received.',
        },
        {
          messageId: '<2@hub>',
          at: Date.UTC(2026, 0),
          product: 'interline',
          sign: { signer: ours, digest: digestNamed('sha256'), form, spelling: 'new', at: Date.UTC(2026, 0) },
        },
      )
      const { body, layers } = await peer.unwrap(entityOf(sealed).whole)
      expect(layers).toBe('signed')
      expect(body.toString()).toContain('MDN-sent-automatically; processed')
    }
  })

  test('refuses ours once a byte is changed, or when somebody else signed it', async () => {
    const one: Permutation = { sign: 'detached', cipher: 'no', keyTransport: 'v1.5', compress: 'no', digest: 'sha256' }
    const document = { content: Buffer.from('available'), contentType: 'text/plain' }
    const { whole } = entityOf(await wrap(document, protectionOf(one, { sender: ours, receiver: theirs })))
    expect((await peer.unwrap(whole)).body.toString()).toBe('available')
    const changed = Buffer.from(whole.toString('latin1').replace('available', 'Available'), 'latin1')
    await expect(peer.unwrap(changed)).rejects.toThrow()
    const foreign = entityOf(await wrap(document, protectionOf(one, { sender: theirs, receiver: theirs })))
    await expect(peer.unwrap(foreign.whole)).rejects.toThrow()
  })
})

function layersOf({ sign, cipher, compress }: Permutation): readonly string[] {
  const signs = sign !== 'no'
  return [
    ...(cipher === 'no' ? [] : ['encrypted']),
    ...(compress === 'after-signing' || (compress !== 'no' && !signs) ? ['compressed'] : []),
    ...(signs ? ['signed'] : []),
    ...(compress === 'before-signing' && signs ? ['compressed'] : []),
  ]
}
