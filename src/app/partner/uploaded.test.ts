import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type CertificateUse, certificateUses } from '../../registry/partner-certificates.ts'
import { makeIdentity } from '../../transports/as2/identity.contract.ts'
import { selfSigned } from '../../transports/as2/self-signed.ts'
import { readUploaded } from './uploaded.ts'

const now = Date.UTC(2026, 5, 1)
const made = makeIdentity('HARBOR')
const curve = makeIdentity('HARBOR', { curve: 'P-256' })
const pem = made.certificatePem
const der = (text: string): Buffer => Buffer.from(text.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
const read = (bytes: Buffer | string, use: CertificateUse = 'both') => readUploaded(Buffer.from(bytes), use, now)
const codeOf = (bytes: Buffer | string, use: CertificateUse = 'both'): string => {
  try {
    read(bytes, use)
    return 'taken'
  } catch (error) {
    return `${(error as { code?: string }).code}: ${(error as Error).message}`
  }
}

test('is taken as PEM and as DER, with its fingerprint and its days', () => {
  const expected = {
    fingerprint: made.certificate.fingerprint,
    subject: 'CN=HARBOR',
    validFrom: Date.UTC(2020, 0),
    validTo: Date.UTC(2049, 0),
  }
  expect(read(pem)).toMatchObject(expected)
  expect(read(der(pem))).toMatchObject(expected)
  expect(read(`subject=CN = HARBOR\r\n${pem.replaceAll('\n', '\r\n')}`)).toMatchObject(expected)
})

describe('a private key is refused in every form, alone or beside its certificate', () => {
  const key = createPrivateKey(made.keyPem)
  const ec = createPrivateKey(curve.keyPem)
  const locked = { cipher: 'aes-256-cbc', passphrase: 'secret' } as const
  const forms: readonly (readonly [string, Buffer | string])[] = [
    ['PKCS #8', made.keyPem],
    ['behind its certificate', pem + made.keyPem],
    ['before its certificate', made.keyPem + pem],
    ['PKCS #1', key.export({ format: 'pem', type: 'pkcs1' })],
    ['SEC 1', ec.export({ format: 'pem', type: 'sec1' })],
    ['with a passphrase', key.export({ format: 'pem', type: 'pkcs8', ...locked })],
    ['PKCS #8 without words', key.export({ format: 'der', type: 'pkcs8' })],
    ['PKCS #1 without words', key.export({ format: 'der', type: 'pkcs1' })],
    ['SEC 1 without words', ec.export({ format: 'der', type: 'sec1' })],
    ['with a passphrase and without words', key.export({ format: 'der', type: 'pkcs8', ...locked })],
    // The head of a PFX archive: a sequence with the number 3, then what is locked.
    ['PFX', Buffer.from(`30820a01020103${'30'.repeat(60)}`, 'hex')],
  ]
  test.each(forms)('%s', (_, bytes) => {
    for (const use of certificateUses) expect(codeOf(bytes, use)).toMatch(/^CERTIFICATE_IS_PRIVATE/)
  })
})

describe('what is no next certificate is refused, with what is wrong', () => {
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const weak = selfSigned({ name: 'HARBOR', validFrom: 0, validTo: Date.UTC(2049, 0), ...small })
  const other = makeIdentity('OTHER').certificatePem
  const over = makeIdentity('HARBOR', { validTo: Date.UTC(2026, 4, 1) }).certificatePem
  const ends = makeIdentity('HARBOR', { validTo: now + 3_600_000 }).certificatePem
  const turned = makeIdentity('HARBOR', { validFrom: Date.UTC(2040, 0), validTo: Date.UTC(2030, 0) }).certificatePem
  test.each([
    ['nothing readable', 'hello', 'no certificate in PEM, DER or P7B'],
    ['half of one', der(pem).subarray(0, 200), 'no certificate in PEM, DER or P7B'],
    ['nothing at all', '', 'no certificate in PEM, DER or P7B'],
    ['a short key', weak, '1024 bits'],
    ['one that has ended', over, 'ended or ends on 2026-05-01'],
    ['one that ends today', ends, 'ended or ends on 2026-06-01'],
    ['one that ends before it begins', turned, 'ends before it begins'],
    ['one that another has not issued', pem + other, 'has not issued the one before it'],
    ['too many', pem.repeat(6), 'more than 5 certificates'],
  ])('%s', (_, bytes, problem) => {
    const said = codeOf(bytes)
    expect(said).toMatch(/^CERTIFICATE_INVALID/)
    expect(said).toContain(problem)
  })

  test('a key that nobody can encrypt for signs all the same', () => {
    expect(codeOf(curve.certificatePem, 'encryption')).toContain('must be RSA')
    expect(codeOf(curve.certificatePem, 'both')).toContain('must be RSA')
    expect(codeOf(curve.certificatePem, 'signing')).toBe('taken')
  })

  test('a name that somebody else has signed does not make a chain', () => {
    const [one, two] = [
      generateKeyPairSync('rsa', { modulusLength: 2048 }),
      generateKeyPairSync('rsa', { modulusLength: 2048 }),
    ]
    const about = { name: 'HARBOR', validFrom: Date.UTC(2020, 0), validTo: Date.UTC(2049, 0) }
    const forged = selfSigned({ ...about, publicKey: one.publicKey, privateKey: one.privateKey })
    const issuer = selfSigned({ ...about, publicKey: two.publicKey, privateKey: two.privateKey })
    expect(codeOf(forged + issuer)).toContain('has not issued')
  })
})
