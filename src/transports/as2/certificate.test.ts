import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { Certificate, readCertificates, readIdentity } from './certificate.ts'
import { der, explicit, objectIdentifier, sequence, setOf, smallInteger } from './cms/der.ts'
import { identifiers } from './cms/object-identifiers.ts'
import { makeIdentity } from './identity.contract.ts'
import { selfSigned } from './self-signed.ts'

const one = makeIdentity('one')
const two = makeIdentity('two', { curve: 'P-256' })

test('PEM, DER and P7B are read, one certificate or several', () => {
  const bundle = sequence(
    objectIdentifier(identifiers.signedData),
    explicit(
      0,
      sequence(
        smallInteger(1),
        setOf(),
        sequence(objectIdentifier(identifiers.data)),
        der(0xa0, one.certificate.x509.raw, two.certificate.x509.raw),
        setOf(),
      ),
    ),
  )
  const armoured = `-----BEGIN PKCS7-----\n${bundle.toString('base64')}\n-----END PKCS7-----\n`
  const both = [one.certificate.fingerprint, two.certificate.fingerprint]
  for (const file of [Buffer.from(one.certificatePem + two.certificatePem), bundle, Buffer.from(armoured)])
    expect(readCertificates(file).map(({ fingerprint }) => fingerprint)).toEqual(both)
  expect(readCertificates(one.certificate.x509.raw)[0]?.fingerprint).toBe(one.certificate.fingerprint)
})

test('an archive is refused with the command that converts it', () => {
  const archive = sequence(smallInteger(3), sequence(objectIdentifier(identifiers.data)))
  expect(() => readCertificates(archive)).toThrow('openssl pkcs12')
})

test('weak keys are refused when they are read', () => {
  const validity = { validFrom: 0, validTo: Date.UTC(2040, 0) }
  const weak = { name: 'weak', ...generateKeyPairSync('rsa', { modulusLength: 1024 }), ...validity }
  expect(() => new Certificate(selfSigned(weak))).toThrow('1024 bits')
  const edwards = selfSigned({
    name: 'p224',
    ...generateKeyPairSync('ec', { namedCurve: 'secp224r1' }),
    ...validity,
  })
  expect(() => new Certificate(edwards)).toThrow('P-256')
})

test('a key of another certificate is refused', () => {
  expect(() => readIdentity({ certificate: one.certificate, key: two.keyPem })).toThrow('does not belong')
  expect(readIdentity({ certificate: one.certificate, key: one.keyPem }).certificate).toBe(one.certificate)
})

test('it knows its days', () => {
  const { certificate } = makeIdentity('short', { validFrom: 1_700_000_000_000, validTo: 1_710_000_000_000 })
  expect(certificate.isValidAt(1_705_000_000_000)).toBe(true)
  expect(certificate.isValidAt(1_699_999_999_000)).toBe(false)
  expect(certificate.isValidAt(1_710_000_001_000)).toBe(false)
})
