import { describe, expect, test } from 'vitest'
import { readAs2Request } from './request.ts'

const fieldsOf = (more: Readonly<Record<string, string>>) =>
  Object.entries({ 'AS2-From': 'Acme', 'AS2-To': 'Hub', 'Message-ID': '<1@acme>', ...more }).map(([name, value]) => ({
    name,
    value,
  }))
const read = (more: Readonly<Record<string, string>>) => readAs2Request(fieldsOf(more), Buffer.alloc(0))

describe('a message as products in the field write it', () => {
  test('has names with blanks in quotes or without, and a Message-ID that repeats them', () => {
    const messageId = '<OPENAS2-22112026194103+0000-7d9e@"Acme West"_Hub One>'
    expect(read({ 'AS2-From': '"Acme West"', 'AS2-To': 'Hub One', 'Message-ID': messageId })).toMatchObject({
      from: 'Acme West',
      to: 'Hub One',
      messageId,
    })
  })

  test.each(['', ' ', '<ü@acme>', `<${'x'.repeat(997)}>`])('is refused with the Message-ID %j', (messageId) => {
    expect(() => read({ 'Message-ID': messageId })).toThrow(expect.objectContaining({ code: 'invalid-message-id' }))
  })

  test.each([
    ['signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, sha1, md5', ['sha1', 'md5']],
    ['signed-receipt-protocol=required,pkcs7-signature;signed-receipt-micalg=required,SHA-256', ['sha-256']],
    ['Signed-Receipt-Protocol = "optional", "pkcs7-signature" ; Signed-Receipt-MICalg = optional,"sha256"', ['sha256']],
    ['signed-receipt-protocol="required, x-pkcs7-signature"; signed-receipt-micalg="optional, sha256"', ['sha256']],
  ])('asks for a signed receipt by %s', (options, digests) => {
    const asked = { 'Disposition-Notification-To': 'a@b', 'Disposition-Notification-Options': options }
    expect(read(asked).receipt).toEqual({ signed: true, digests })
  })

  test('holds nobody up with wishes of blanks', () => {
    const blanks = ' '.repeat(60_000)
    const options = `signed-receipt-protocol${blanks}=${blanks}pkcs7-signature${blanks};x=a${blanks}b`
    const asked = { 'Disposition-Notification-To': 'a@b', 'Disposition-Notification-Options': options }
    expect(read(asked).receipt).toEqual({ signed: true, digests: [] })
  })

  test('asks for an unsigned receipt when it says nothing of a signature, and for none without an address', () => {
    expect(read({ 'Disposition-Notification-To': 'a@b' }).receipt).toEqual({ signed: false, digests: [] })
    expect(read({}).receipt).toBeUndefined()
  })
})
