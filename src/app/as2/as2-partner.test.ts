import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { connectors } from '../../connectors/all.ts'
import { openConnection } from '../../flow/connection.ts'
import { type MadeIdentity, makeIdentity } from '../../transports/as2/identity.contract.ts'
import { mayAnswerAt } from './as2-door.ts'
import { protectionOf } from './as2-outbound.ts'
import { readAs2Partner, signerAt, trustedAt } from './as2-partner.ts'
import { CertificateWatch, daysLeft } from './certificate-watch.ts'

const folder = mkdtempSync(join(tmpdir(), 'interline-as2-'))
afterAll(() => rmSync(folder, { recursive: true }))

const [year1, year2, year3] = [Date.UTC(2025, 0), Date.UTC(2026, 0), Date.UTC(2027, 0)]
const older = makeIdentity('older', { validFrom: year1, validTo: year2 + 30 * 86_400_000 })
const newer = makeIdentity('newer', { validFrom: year2, validTo: year3 })

function keep(name: string, { certificatePem, keyPem }: MadeIdentity): string {
  writeFileSync(join(folder, name), certificatePem + keyPem)
  return join(folder, name)
}

const [olderFile, newerFile] = [keep('older.pem', older), keep('newer.pem', newer)]
const connection = openConnection(
  { id: 'acme', tenant: 'main', connector: 'generic-wms', settings: {} },
  { connectors, partitions: 1 },
)
const usual = {
  connection: 'acme',
  ourName: 'HUB',
  partnerName: 'ACME',
  url: 'https://as2.acme.example/in',
  ourIdentityFiles: [olderFile, newerFile],
  certificateFiles: [olderFile, newerFile],
}

function read(more: object = {}): ReturnType<typeof readAs2Partner> {
  return readAs2Partner({ ...usual, ...more }, new Map([['acme', connection]]), readFileSync)
}

describe('during a roll-over', () => {
  const partner = read()

  test('the first valid identity signs, and every one opens messages', () => {
    const names = [year1, year2, year3 - 1, year3 + 1].map((at) => signerAt(partner, at)?.certificate.x509.subject)
    expect(names).toEqual(['CN=older', 'CN=older', 'CN=newer', undefined])
    expect(partner.identities).toHaveLength(2)
  })

  test('signatures of both valid certificates count, expired ones only where that is declared', () => {
    expect(trustedAt(partner, year2 + 1000)).toHaveLength(2)
    expect(trustedAt(partner, year1 + 1000)).toHaveLength(1)
    expect(trustedAt(partner, year3 + 1000)).toHaveLength(0)
    expect(trustedAt(read({ expiredCertificates: true }), year3 + 1000)).toHaveLength(2)
  })

  test('nothing is sent for a certificate that is over', () => {
    expect(protectionOf(partner, year3 + 1000)).toBe('OWN_CERTIFICATE_EXPIRED')
    expect(protectionOf(read({ sign: 'no' }), year3 + 1000)).toBe('PARTNER_CERTIFICATE_EXPIRED')
    expect(protectionOf(partner, year2 + 40 * 86_400_000)).toMatchObject({
      encrypt: { recipients: [{ fingerprint: newer.certificate.fingerprint }] },
    })
  })
})

test('a warning is given once at 60, 30, 14, 7 and 1 days and at the end, and not while a newer certificate is there', () => {
  const partners = [read({ certificateFiles: [olderFile], ourIdentityFiles: [newerFile] })]
  const told: string[] = []
  let now = older.certificate.validTo - 100 * 86_400_000
  const signals = {
    as2CertificateExpires: ({ use, days }: { use: string; days: number }) => told.push(`${use} ${days}`),
  }
  const watch = new CertificateWatch(
    () => partners,
    signals as never,
    () => now,
  )
  for (; now <= older.certificate.validTo + 2 * 86_400_000; now += 12 * 3_600_000) watch.round()
  expect(told.filter((one) => one.startsWith('signing'))).toEqual([
    'signing 59',
    'signing 29',
    'signing 13',
    'signing 6',
    'signing 0',
    'signing -1',
  ])
  expect(told.some((one) => one.startsWith('own'))).toBe(false)
  expect(daysLeft([read()], year2).map(({ use, days }) => `${use} ${days}`)).toEqual([
    'own 365',
    'signing 365',
    'encryption 365',
  ])
})

test('a receipt goes to the host of the partner or to a declared one, and nowhere else', () => {
  const partner = read()
  expect(mayAnswerAt(partner, 'https://as2.acme.example:8443/mdn')).toBe(true)
  for (const url of [
    'https://acme.example/',
    'https://as2.acme.example.evil.example/',
    'http://127.0.0.1/',
    'as2.acme.example',
    '',
  ])
    expect(mayAnswerAt(partner, url), url).toBe(false)
  const declared = read({ receiptHosts: ['mdn.acme.example', 'other.example:81'] })
  expect(mayAnswerAt(declared, 'https://mdn.acme.example/x')).toBe(true)
  expect(mayAnswerAt(declared, 'https://other.example:81/x')).toBe(true)
  expect(mayAnswerAt(declared, 'https://other.example:82/x')).toBe(false)
  expect(mayAnswerAt(declared, usual.url)).toBe(false)
})

test.each([
  [{ connection: 'none' }, 'there is no connection "none"'],
  [{ ourName: '' }, 'ourName: expected 1 to 128'],
  [{ partnerName: 'Ä' }, 'partnerName: expected 1 to 128'],
  [{ url: 'ftp://acme.example' }, 'url: expected https'],
  [{ certificateFiles: [] }, 'certificateFiles: at least one'],
  [{ certificateFiles: ['/nowhere.pem'] }, '/nowhere.pem'],
  [{ sign: 'sha1' }, 'need legacyAlgorithms'],
  [{ encrypt: '3des' }, 'need legacyAlgorithms'],
  [{ encrypt: 'rc4' }, 'expected one of'],
  [{ receipt: 'none', receiptUrl: 'https://hub.example/as2' }, 'no receipt is asked for'],
  [{ surprise: 1 }, 'surprise: unknown setting'],
])('%j is refused with its reason', (more, reason) => {
  expect(() => read(more)).toThrow(reason)
})

test('what is declared wrongly is told without what is in the file', () => {
  writeFileSync(join(folder, 'mixed.pem'), older.certificatePem + newer.keyPem)
  expect(() => read({ ourIdentityFiles: [join(folder, 'mixed.pem')] })).toThrow('does not belong to the certificate')
  writeFileSync(join(folder, 'text.pem'), 'very secret text')
  try {
    read({ ourIdentityFiles: [join(folder, 'text.pem')] })
    expect.unreachable()
  } catch (error) {
    expect(String(error)).toContain('text.pem')
    expect(String(error)).not.toContain('secret')
  }
})
