import { describe, expect, test } from 'vitest'
import { digestNamed } from './cms/digests.ts'
import { type Disposition, dispositionOf, readDisposition, writeDisposition } from './disposition.ts'
import { As2Failure, as2Failures } from './failure.ts'
import { makeIdentity } from './identity.contract.ts'
import { micOf, readMic, sameMic, writeMic } from './mic.ts'
import { readEntity } from './mime/entity.ts'
import { entityOf } from './permutation.contract.ts'
import { type Receipt, type SealedReceipt, sealReceipt } from './receipt.ts'
import { isReceipt, readReceipt } from './receipt-reading.ts'

const signer = makeIdentity('receiver')
const other = makeIdentity('other')

const receipt: Receipt = {
  from: 'Hub "main"',
  to: 'ACME',
  originalMessageId: '<1.2@acme.example>',
  originalRecipient: 'Hub "main"',
  disposition: { kind: 'processed' },
  mic: micOf(Buffer.from('abc'), digestNamed('sha256')),
  spelling: 'new',
  text: 'The message was received.',
}

function sealed(change: Partial<Receipt> = {}, form?: 'detached' | 'opaque'): SealedReceipt {
  const sign = { signer, digest: digestNamed('sha256'), form: form ?? 'detached', spelling: 'new', at: 0 } as const
  const envelope = { messageId: '<9@hub>', at: Date.UTC(2026, 0), product: 'interline' }
  return sealReceipt({ ...receipt, ...change }, form === undefined ? envelope : { ...envelope, sign })
}

const trusting = { trusted: [signer.certificate], allowLegacy: false }

describe('a receipt', () => {
  for (const form of [undefined, 'detached', 'opaque'] as const)
    test(`says the same after the way (${form ?? 'unsigned'})`, () => {
      const read = readReceipt(entityOf(sealed({}, form)), trusting)
      expect(read).toMatchObject({ originalMessageId: '<1.2@acme.example>', disposition: { kind: 'processed' } })
      expect(read.signedBy).toBe(form === undefined ? undefined : signer.certificate)
      expect(read.mic !== undefined && receipt.mic !== undefined && sameMic(read.mic, receipt.mic)).toBe(true)
    })

  test('swaps the names and quotes them where needed', () => {
    expect(sealed().fields).toMatchObject({ 'AS2-From': String.raw`"Hub \"main\""`, 'AS2-To': 'ACME' })
  })

  test('has no folded HTTP header and nothing beyond ASCII', () => {
    const { fields, body } = sealed({ text: 'schön\nzwei' }, 'detached')
    expect(Object.values(fields).join('')).toMatch(/^[ -~]*$/)
    expect(body.every((byte) => byte < 0x80)).toBe(true)
    expect(body.toString()).not.toMatch(/(?<!\r)\n/)
  })

  test('that was changed, or signed by somebody else, is no receipt', () => {
    const { fields, body } = sealed({}, 'detached')
    const changed = Buffer.from(body.toString('latin1').replace('; processed', '; processes'), 'latin1')
    expect(() => readReceipt(entityOf({ fields, body: changed }), trusting)).toThrow('integrity-check-failed')
    expect(() => readReceipt(entityOf({ fields, body }), { ...trusting, trusted: [other.certificate] })).toThrow(
      As2Failure,
    )
  })

  test('is known by its outside', () => {
    expect(isReceipt(entityOf(sealed()))).toBe(true)
    expect(isReceipt(entityOf(sealed({}, 'detached')))).toBe(true)
    expect(isReceipt(readEntity(Buffer.from('Content-Type: application/EDI-X12\r\n\r\nISA')))).toBe(false)
  })

  test('as others write it is understood', () => {
    const text = [
      'content-type: multipart/report;\n\tReport-Type=disposition-notification;\n\tboundary="b"',
      '',
      'preamble',
      '--b',
      '',
      'hello',
      '--b',
      'Content-Type: Message/Disposition-Notification',
      '',
      'reporting-ua: peer',
      'original-message-id: <1@a>',
      'DISPOSITION: automatic-action/mdn-sent-automatically;\n processed/Error: Duplicate-Document',
      'received-content-mic: YWJj , SHA-1',
      '--b--',
    ].join('\n')
    expect(readReceipt(readEntity(Buffer.from(text)), trusting)).toMatchObject({
      originalMessageId: '<1@a>',
      disposition: { kind: 'error', modifier: 'Duplicate-Document' },
      mic: { digest: { name: 'sha1' } },
    })
  })
})

test('every disposition that is sent is read as it was meant', () => {
  const all: Disposition[] = [
    { kind: 'processed' },
    { kind: 'warning', modifier: 'duplicate-document' },
    ...Object.keys(as2Failures).map((code) => dispositionOf(code as keyof typeof as2Failures)),
  ]
  for (const one of all) expect(readDisposition(writeDisposition(one))).toEqual(one)
  expect(readDisposition('automatic-action/MDN-sent-automatically; failed/Failure: unsupported format')).toEqual({
    kind: 'failed',
    modifier: 'unsupported format',
  })
  expect(readDisposition('manual-action/MDN-sent-manually; displayed')).toEqual({ kind: 'processed' })
  expect(readDisposition('processed')).toEqual({ kind: 'processed' })
  expect(
    readDisposition('automatic-action/MDN-sent-automatically;processed/Warning, Error: authentication-failed;'),
  ).toEqual({ kind: 'error', modifier: 'authentication-failed' })
  expect(readDisposition('nonsense')).toBeUndefined()
})

test('a disposition of blanks alone holds nobody up', () => {
  const blanks = ' '.repeat(60_000)
  const said = `automatic-action/MDN-sent-automatically; processed/error:${blanks}a${blanks}b\n;`
  expect(readDisposition(said)).toEqual({ kind: 'error', modifier: `a${blanks}b` })
  expect(readDisposition(`processed/${blanks}error${blanks}x`)).toBeUndefined()
})

test('a digest is read however it is spelled, and MD5 never', () => {
  const mic = micOf(Buffer.from('abc'), digestNamed('sha256'))
  expect(writeMic(mic)).toMatch(/^[A-Za-z0-9+/=]{44}, sha-256$/)
  for (const name of ['sha-256', 'sha256', 'SHA256', '"Sha-256"', 'rsa-sha256']) {
    const read = readMic(`${mic.value.toString('base64')} , ${name}`)
    expect(read !== undefined && sameMic(read, mic), name).toBe(true)
  }
  expect(readMic('abc, md5')).toBeUndefined()
})
