import { choice, flag, integer, list, readSettings, type SettingsOf, secret, text } from '../../base/fields.ts'
import type { Connection } from '../../flow/connection.ts'
import { isAs2Name } from '../../transports/as2/as2-name.ts'
import { type Certificate, type Identity, readCertificates, readIdentity } from '../../transports/as2/certificate.ts'
import { cipherNamed, cipherNames } from '../../transports/as2/cms/ciphers.ts'
import { digestNamed } from '../../transports/as2/cms/digests.ts'
import type { ReadFile } from '../network/reading.ts'

/** A partner by AS2, as an entry of `as2Partners` declares it. */
export const as2Fields = {
  ourName: text('Our AS2 name, with its case.', { example: 'INTERLINE' }),
  partnerName: text('AS2 name of the partner, with its case.', { example: 'ACME' }),
  url: text('Where the partner takes messages; empty only receives.', {
    default: '',
    example: 'https://as2.acme.example/as2',
  }),
  ourIdentityFiles: list(
    'Files in PEM with a certificate of ours and its private key. The first valid one signs; all of them open messages, so two stand here during a roll-over.',
  ),
  passphrase: secret('Passphrase of the private keys.', { default: '' }),
  certificateFiles: list(
    'Certificates of the partner (PEM, DER or P7B): signatures by any of them count, the first valid one is encrypted for. Two stand here during a roll-over.',
  ),
  encryptionCertificateFiles: list('Certificates to encrypt for, where the partner has others for that.', {
    default: [],
  }),
  certificateUploads: choice(
    'Who puts a certificate into force that the partner has uploaded itself: an operator of the hub, or the partner with the upload.',
    ['operator', 'partner'],
    { default: 'operator' },
  ),
  signatureNeeded: flag('Whether messages must be signed by the partner.', { default: true }),
  encryptionNeeded: flag('Whether messages must be encrypted.', { default: true }),
  legacyAlgorithms: flag('Whether SHA-1 and 3DES are taken, for partners that know nothing else.', { default: false }),
  expiredCertificates: flag('Whether expired certificates of the partner still count.', { default: false }),
  sign: choice('Digest with which our messages are signed.', ['no', 'sha256', 'sha384', 'sha512', 'sha1'], {
    default: 'sha256',
  }),
  encrypt: choice('Cipher with which our messages are encrypted.', ['no', ...cipherNames], { default: 'aes256-cbc' }),
  keyTransport: choice('How the key of the cipher is encrypted.', ['v1.5', 'oaep'], { default: 'v1.5' }),
  compress: choice('Whether our messages are compressed, and when.', ['no', 'before-signing', 'after-signing'], {
    default: 'no',
  }),
  receipt: choice('Receipt that we ask for.', ['none', 'unsigned', 'signed'], { default: 'signed' }),
  receiptUrl: text('Our address for asynchronous receipts; empty asks for one in the answer.', {
    default: '',
    example: 'https://hub.example:4080/as2',
  }),
  foldedAnswers: flag(
    'Whether the partner folds header lines of its answers: they are read by a lenient parser, over a connection of its own each.',
    { default: false },
  ),
  receiptMinutes: integer('How long a receipt may take before it is overdue.', { default: 60, min: 1, max: 43_200 }),
  receiptHosts: list('Hosts to which asynchronous receipts of ours may go; empty is the host of `url`.', {
    default: [],
  }),
  micSpelling: choice('How digests are spelled: `new` is sha-256, `old` is sha256.', ['new', 'old'], {
    default: 'new',
  }),
  contentType: text('What our documents are.', { default: 'application/octet-stream', example: 'application/EDI-X12' }),
} as const

type Declared = SettingsOf<typeof as2Fields>

/** A partner with its connection found, its files read and its wishes judged. */
export interface As2Partner extends Omit<Declared, 'passphrase'> {
  readonly connection: Connection
  readonly identities: readonly Identity[]
  readonly certificates: readonly Certificate[]
  readonly encryptionCertificates: readonly Certificate[]
}

/** Reads `{connection, ourName, …}`; `file` finds what it names. Throws one Error that lists every problem. */
export function readAs2Partner(
  declared: unknown,
  connections: ReadonlyMap<string, Connection>,
  file: ReadFile,
): As2Partner {
  if (typeof declared !== 'object' || declared === null) throw new Error('AS2 partner: expected an object')
  const { connection: id, ...values } = declared as Readonly<Record<string, unknown>>
  const connection = typeof id === 'string' ? connections.get(id) : undefined
  if (connection === undefined) throw new Error(`AS2 partner: there is no connection ${JSON.stringify(id)}`)
  try {
    const { passphrase, ...settings } = readSettings(as2Fields, values)
    judge(settings)
    const certificates = settings.certificateFiles.flatMap((path) => certificatesOf(file, 'certificateFiles', path))
    const others = settings.encryptionCertificateFiles.flatMap((path) =>
      certificatesOf(file, 'encryptionCertificateFiles', path),
    )
    const identities = settings.ourIdentityFiles.map((path) => identityOf(file, path, passphrase))
    return {
      ...settings,
      connection,
      identities,
      certificates,
      encryptionCertificates: others.length === 0 ? certificates : others,
    }
  } catch (error) {
    const problems = (error instanceof Error ? error.message : String(error)).split('\n')
    throw new Error(problems.map((one) => `AS2 partner of ${connection.id}: ${one}`).join('\n'))
  }
}

/** The identity that signs now: the first valid one. Undefined when all of them are over. */
export function signerAt({ identities }: As2Partner, ms: number): Identity | undefined {
  return identities.find(({ certificate }) => certificate.isValidAt(ms))
}

/** The partner's certificates that count now. */
export function trustedAt({ certificates, expiredCertificates }: As2Partner, ms: number): readonly Certificate[] {
  return expiredCertificates ? certificates : certificates.filter((one) => one.isValidAt(ms))
}

function judge(settings: Omit<Declared, 'passphrase'>): void {
  const problems: string[] = []
  for (const name of ['ourName', 'partnerName'] as const)
    if (!isAs2Name(settings[name])) problems.push(`${name}: expected 1 to 128 printable ASCII characters`)
  for (const name of ['url', 'receiptUrl'] as const)
    if (settings[name] !== '' && !/^https?:\/\//.test(settings[name])) problems.push(`${name}: expected https://…`)
  for (const name of ['ourIdentityFiles', 'certificateFiles'] as const)
    if (settings[name].length === 0) problems.push(`${name}: at least one is needed`)
  const { sign, encrypt, legacyAlgorithms } = settings
  const old = [sign !== 'no' && digestNamed(sign).legacy, encrypt !== 'no' && cipherNamed(encrypt).legacy]
  if (old.includes(true) && !legacyAlgorithms) problems.push('sign, encrypt: sha1 and 3des need legacyAlgorithms')
  if (settings.receipt === 'none' && settings.receiptUrl !== '') problems.push('receiptUrl: no receipt is asked for')
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

function identityOf(file: ReadFile, path: string, passphrase: string): Identity {
  const [certificate] = certificatesOf(file, 'ourIdentityFiles', path)
  if (certificate === undefined) throw new Error(`ourIdentityFiles: ${path} holds no certificate`)
  const key = file(path)
  return told('ourIdentityFiles', path, () =>
    readIdentity({ certificate, key, ...(passphrase === '' ? {} : { passphrase }) }),
  )
}

function certificatesOf(file: ReadFile, name: string, path: string): readonly Certificate[] {
  return told(name, path, () => readCertificates(file(path)))
}

/** The message names the file and never what is in it. */
function told<T>(name: string, path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new Error(`${name}: ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
