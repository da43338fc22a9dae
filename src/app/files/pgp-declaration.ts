import { choice, flag, list, type SettingsOf, secret, text } from '../../base/fields.ts'
import type { PgpKeys } from '../../transports/pgp/key-ring.ts'
import type { ReadFile } from '../network/reading.ts'

const keyFields = {
  pgpOwnKeyFiles: list(
    'OpenPGP: files with our secret keys as `gpg --export-secret-keys` writes them, the one in use first.',
    {
      default: [],
    },
  ),
  pgpPassphrase: secret('OpenPGP: passphrase of our keys; empty: they have none.', { default: '' }),
  pgpPartnerKeyFiles: list('OpenPGP: files with public keys of the partner, the one in use first.', { default: [] }),
} as const

/** OpenPGP of files that come in: of a pick-up or a mailbox. Without key files nothing is opened. */
export const pgpInFields = {
  ...keyFields,
  pgpEncryption: choice('OpenPGP: whether a file that is not encrypted is refused.', ['required', 'optional'], {
    default: 'required',
  }),
  pgpSignature: choice(
    'OpenPGP: whether a file without a signature is refused; one that is wrong always is.',
    ['required', 'optional'],
    { default: 'required' },
  ),
  pgpDetached: text(
    'OpenPGP: ending of the signature that lies beside each file, like `.sig`; empty: the signature is within the file.',
    { default: '' },
  ),
} as const

/** OpenPGP of files that go out: of a drop. Without key files nothing is sealed. */
export const pgpOutFields = {
  ...keyFields,
  pgpEncrypt: flag('OpenPGP: whether files are encrypted, for the partner and for our first key.', { default: true }),
  pgpSign: flag('OpenPGP: whether files are signed with our first key.', { default: true }),
  pgpArmor: flag('OpenPGP: whether files are written as text.', { default: false }),
  pgpEnding: text('OpenPGP: ending behind the name of the document.', { default: '.pgp' }),
  pgpDetached: text(
    'OpenPGP: ending of a file with the signature beside each document, like `.sig`; empty: the signature is around it.',
    { default: '' },
  ),
} as const

/** Settings that name files. */
export const pgpFileKeys = ['pgpOwnKeyFiles', 'pgpPartnerKeyFiles']

/** How files of a partner are opened. */
export interface DeclaredOpening {
  readonly keys: PgpKeys
  readonly encryption: 'required' | 'optional'
  readonly signature: 'required' | 'optional'
  /** Ending of the signature beside a file; undefined where it is within. */
  readonly detached: string | undefined
}

/** How files for a partner are sealed. */
export interface DeclaredSeal {
  readonly keys: PgpKeys
  readonly encrypt: boolean
  readonly sign: boolean
  readonly armor: boolean
  readonly ending: string
  /** Ending of the signature beside a document; undefined where it is around it. */
  readonly detached: string | undefined
}

/** How what comes in is opened; undefined where no keys are declared. Throws a sentence. */
export function readOpening(settings: SettingsOf<typeof pgpInFields>, file: ReadFile): DeclaredOpening | undefined {
  const keys = readKeys(settings, file)
  if (keys === undefined) return undefined
  const { pgpEncryption: encryption, pgpSignature: signature } = settings
  if (encryption === 'required' && keys.own.length === 0)
    throw new Error('pgpOwnKeyFiles: one is required to open what is encrypted')
  if (signature === 'required' && keys.partner.length === 0)
    throw new Error('pgpPartnerKeyFiles: one is required to verify signatures')
  return { keys, encryption, signature, detached: readDetached(settings.pgpDetached) }
}

/** How what goes out is sealed; undefined where no keys are declared. Throws a sentence. */
export function readSeal(settings: SettingsOf<typeof pgpOutFields>, file: ReadFile): DeclaredSeal | undefined {
  const keys = readKeys(settings, file)
  if (keys === undefined) return undefined
  const { pgpEncrypt: encrypt, pgpSign: sign, pgpArmor: armor, pgpEnding: ending } = settings
  if (!encrypt && !sign) throw new Error('pgpEncrypt: this or pgpSign must be true, or no keys declared')
  if (encrypt && keys.partner.length === 0) throw new Error('pgpPartnerKeyFiles: one is required to encrypt')
  if (sign && keys.own.length === 0) throw new Error('pgpOwnKeyFiles: one is required to sign')
  if (!isEnding(ending)) throw new Error('pgpEnding: expected something like .pgp')
  const detached = readDetached(settings.pgpDetached)
  if (detached !== undefined && !sign) throw new Error('pgpDetached: pgpSign must be true for a signature')
  // What is only signed beside lies there as it is.
  const isSealed = encrypt || detached === undefined
  return { keys, encrypt, sign, armor, ending: isSealed ? ending : '', detached }
}

function isEnding(text: string): boolean {
  return /^\.[a-zA-Z0-9]{1,10}$/.test(text)
}

function readDetached(ending: string): string | undefined {
  if (ending === '') return undefined
  if (!isEnding(ending)) throw new Error('pgpDetached: expected something like .sig')
  return ending
}

/** The name of a file without what says that it was sealed. */
export function openedName(name: string): string {
  return name.replace(/\.(pgp|gpg|asc)$/i, '')
}

function readKeys(
  { pgpOwnKeyFiles, pgpPartnerKeyFiles, pgpPassphrase }: SettingsOf<typeof keyFields>,
  file: ReadFile,
): PgpKeys | undefined {
  if (pgpOwnKeyFiles.length === 0 && pgpPartnerKeyFiles.length === 0) return undefined
  const read = (path: string): { name: string; bytes: Uint8Array } => ({ name: path, bytes: file(path) })
  return { own: pgpOwnKeyFiles.map(read), partner: pgpPartnerKeyFiles.map(read), passphrase: pgpPassphrase }
}
