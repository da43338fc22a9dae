import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cipherNamed, ciphers } from './cms/ciphers.ts'
import { octetsOf, readContent } from './cms/content.ts'
import { digestNamed } from './cms/digests.ts'
import { encryptData, openEncryption } from './cms/enveloped-data.ts'
import { As2Failure } from './failure.ts'
import { makeIdentity } from './identity.contract.ts'
import { TestSpool, unwrapOnDisk } from './large/spool.contract.ts'
import { micOf, sameMic } from './mic.ts'
import { readEntity, writeEntity } from './mime/entity.ts'
import { OpenSsl, opensslMissing } from './openssl.contract.ts'
import { entityOf, type Permutation, payloads, permutations, protectionOf, titleOf } from './permutation.contract.ts'
import { type Unwrapped, unwrap } from './unwrap.ts'
import { unwrappingOf } from './unwrapping.contract.ts'
import { wrap } from './wrap.ts'

const ours = makeIdentity('ours')
const theirs = makeIdentity('theirs')
const opening = unwrappingOf({ sender: theirs, receiver: ours }, { bytesMost: 5_000_000 })

describe.skipIf(opensslMissing)(`OpenSSL as the partner (${opensslMissing ?? 'installed'})`, () => {
  const openssl = new OpenSsl()
  beforeAll(() => {
    openssl.keep('ours', ours)
    openssl.keep('theirs', theirs)
  })
  const disk = new TestSpool()
  afterAll(() => {
    openssl.remove()
    disk.remove()
  })
  /** As a message that is too large for memory is opened. */
  const onDisk = async (whole: Buffer): Promise<Unwrapped> => unwrapOnDisk(whole, await disk.open(1000), opening)

  const decrypt = (der: Uint8Array): Buffer =>
    openssl.cms(der, ['-decrypt', '-binary', '-inform', 'DER', '-recip', 'theirs.crt', '-inkey', 'theirs.key'])
  const trusting = ['-CAfile', 'ours.crt', '-certfile', 'ours.crt', '-nointern', '-purpose', 'any', '-no_check_time']

  // It cannot decompress in Debian's build: BouncyCastle does that.
  for (const one of permutations.filter(
    ({ compress, sign, cipher }) => compress === 'no' && (sign !== 'no' || cipher !== 'no'),
  ))
    test(`reads what we send: ${titleOf(one)}`, async () => {
      for (const { content } of payloads) {
        const wrapped = await wrap(
          { content, contentType: 'application/EDIFACT' },
          protectionOf(one, { sender: ours, receiver: theirs }),
        )
        const outer = entityOf(wrapped)
        let part = one.cipher === 'no' ? outer.whole : decrypt(outer.content)
        if (one.sign === 'detached')
          part = openssl.cms(part, ['-verify', '-binary', '-crlfeol', '-inform', 'SMIME', ...trusting])
        if (one.sign === 'opaque')
          part = openssl.cms(readEntity(part).content, ['-verify', '-binary', '-inform', 'DER', ...trusting])
        expect(readEntity(part).content.equals(content)).toBe(true)
        expect(sameMic(micOf(part, digestNamed('sha256')), wrapped.mic)).toBe(true)
      }
    })

  test('refuses what we send once a byte of it is changed', async () => {
    const one: Permutation = { sign: 'detached', cipher: 'no', keyTransport: 'v1.5', compress: 'no', digest: 'sha256' }
    const { whole } = entityOf(
      await wrap(
        { content: Buffer.from('abc'), contentType: 'text/plain' },
        protectionOf(one, { sender: ours, receiver: theirs }),
      ),
    )
    const changed = Buffer.from(whole.toString('latin1').replace('abc', 'abd'), 'latin1')
    const verify = ['-verify', '-binary', '-crlfeol', '-inform', 'SMIME', ...trusting]
    expect(openssl.cms(whole, verify).toString()).toContain('abc')
    expect(() => openssl.cms(changed, verify)).toThrow('openssl cms')
  })

  const signings: readonly (readonly string[])[] = ['sha256', 'sha384', 'sha512'].flatMap((digest) => [
    ['-md', digest],
    ['-md', digest, '-keyid'],
    ['-md', digest, '-noattr'],
    ['-md', digest, '-keyopt', 'rsa_padding_mode:pss'],
    ['-md', digest, '-stream'],
  ])
  for (const args of signings)
    test(`signs for us with ${args.join(' ')}`, async () => {
      for (const { content } of payloads) {
        const part = writeEntity({ 'Content-Type': 'application/EDI-X12' }, content)
        const sign = ['-sign', '-binary', '-signer', 'theirs.crt', '-inkey', 'theirs.key', ...args]
        const detached = readEntity(openssl.cms(part, [...sign, '-outform', 'SMIME']))
        const opaque = readEntity(
          writeEntity(
            { 'Content-Type': 'application/pkcs7-mime; smime-type=signed-data' },
            openssl.cms(part, [...sign, '-nodetach', '-outform', 'DER']),
          ),
        )
        for (const message of [detached, opaque]) {
          const opened = await unwrap(message, opening)
          expect(await onDisk(message.whole)).toEqual(opened)
          expect(opened.content.equals(content)).toBe(true)
          expect(opened.signedBy).toBe(theirs.certificate)
          expect(sameMic(opened.mic, micOf(part, digestNamed(opened.mic.digest.name)))).toBe(true)
        }
      }
    })

  test('signs lines as mail does: what verified is what the receipt names', async () => {
    const part = writeEntity({ 'Content-Type': 'application/EDI-X12' }, Buffer.from('ISA*00*~\nGS~\n'))
    const message = openssl.cms(part, ['-sign', '-signer', 'theirs.crt', '-inkey', 'theirs.key', '-outform', 'SMIME'])
    const unixLines = Buffer.from(message.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
    const opened = await unwrap(readEntity(unixLines), opening)
    expect(await onDisk(unixLines)).toEqual(opened)
    const signed = Buffer.from(part.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1')
    expect(sameMic(opened.mic, micOf(signed, digestNamed(opened.mic.digest.name)))).toBe(true)
  })

  const encryptions: readonly (readonly string[])[] = [
    ['-aes-128-cbc'],
    ['-aes-192-cbc'],
    ['-aes-256-cbc'],
    ['-aes-256-cbc', '-stream'],
    ['-aes-256-cbc', '-keyid'],
    ['-aes-256-cbc', '-stream', '-keyid'],
    ['-aes-128-gcm'],
    ['-aes-256-gcm'],
  ]
  for (const args of encryptions)
    for (const oaep of [[], ['oaep'], ['oaep', 'sha256'], ['oaep', 'sha512']])
      test(`encrypts for us with ${[...args, ...oaep].join(' ')}`, async () => {
        const options = [
          ...oaep.slice(0, 1).flatMap((mode) => ['-keyopt', `rsa_padding_mode:${mode}`]),
          ...oaep.slice(1).flatMap((digest) => ['-keyopt', `rsa_oaep_md:${digest}`]),
        ]
        const content = Buffer.alloc(100_000, 'ISA*00*')
        const part = writeEntity({ 'Content-Type': 'application/EDI-X12' }, content)
        const der = openssl.cms(part, [
          '-encrypt',
          '-binary',
          '-outform',
          'DER',
          ...args,
          '-recip',
          'ours.crt',
          ...options,
        ])
        const message = writeEntity({ 'Content-Type': 'application/pkcs7-mime' }, der)
        const opened = await unwrap(readEntity(message), opening)
        expect(await onDisk(message)).toEqual(opened)
        expect(opened.content.equals(content)).toBe(true)
        expect(opened.encrypted).toBe(true)
      })

  test('3DES is taken from nobody who is not declared to need it', () => {
    const der = openssl.cms(Buffer.from('a'), ['-encrypt', '-binary', '-outform', 'DER', '-des3', '-recip', 'ours.crt'])
    const cms = readContent(der)
    expect(() => openEncryption(cms, { own: [ours], allowLegacy: false })).toThrow(As2Failure)
    const cipher = openEncryption(cms, { own: [ours], allowLegacy: true })
    const octets = octetsOf(cms)?.bytes ?? Buffer.alloc(0)
    expect(Buffer.concat([cipher.update(octets), cipher.final()]).toString()).toBe('a')
  })

  for (const cipher of ciphers.filter(({ name }) => name !== 'aes192-gcm'))
    for (const keyTransport of ['v1.5', 'oaep'] as const)
      test(`decrypts our ${cipher.name} by ${keyTransport}, also as one of two recipients`, () => {
        const recipients = [ours.certificate, theirs.certificate]
        const der = encryptData([Buffer.from('a document')], {
          recipients,
          cipher: cipherNamed(cipher.name),
          keyTransport,
        })
        expect(decrypt(Buffer.concat(der)).toString()).toBe('a document')
      })
})
