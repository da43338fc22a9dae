import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeIdentity } from '../../transports/as2/identity.contract.ts'
import { ServerCertificate } from './server-certificate.ts'

const directory = mkdtempSync(join(tmpdir(), 'interline-certificate-'))
afterAll(() => rmSync(directory, { recursive: true }))
const path = join(directory, 'server.pem')
const [one, two] = [makeIdentity('one'), makeIdentity('two')]
const bad = expect.objectContaining({ code: 'CERTIFICATE_UNUSABLE' })

test('a new file is taken while the server runs; one that cannot be used changes nothing', () => {
  writeFileSync(path, one.certificatePem + one.keyPem)
  const certificate = new ServerCertificate(path)
  expect(certificate.current.validTo).toBe(one.certificate.validTo)
  expect(certificate.refresh()).toBeUndefined()
  writeFileSync(path, one.certificatePem + two.keyPem)
  expect(() => certificate.refresh()).toThrow(bad)
  expect(certificate.current.pem).toBe(one.certificatePem + one.keyPem)
  writeFileSync(path, two.certificatePem + two.keyPem)
  expect(certificate.refresh()?.pem).toBe(two.certificatePem + two.keyPem)
})

test.for(['', 'not a certificate', one.certificatePem, one.keyPem])(
  '%# what lacks a part is refused at the start',
  (text) => {
    writeFileSync(path, text)
    expect(() => new ServerCertificate(path)).toThrow(bad)
  },
)

test('a file that is not there is named', () => {
  expect(() => new ServerCertificate(join(directory, 'none.pem'))).toThrow(/none\.pem/)
})
