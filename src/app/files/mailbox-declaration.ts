import { integer, list, readSettings, type SettingsOf, secret, text } from '../../base/fields.ts'
import type { Connection } from '../../flow/connection.ts'
import type { PickUpRules } from '../../transports/files/pick-up.ts'
import { isPublicKey } from '../../transports/sftp/keys.ts'
import type { ReadFile } from '../network/reading.ts'
import { type DeclaredOpening, pgpInFields, readOpening } from './pgp-declaration.ts'
import { fileSizes, sealedSizes } from './pick-up-declaration.ts'

/** A mailbox of a partner, as an entry of `mailboxes` declares it. */
export const mailboxFields = {
  user: text('Name under which the partner logs in; also the name of its folder on disk.', { example: 'acme' }),
  publicKeys: list('Public keys of the partner, as in an authorized_keys file.', { default: [] }),
  password: secret('Password of the partner; empty allows keys only.', { default: '' }),
  names: list('Names that are taken, with `*` and `?`.', { default: ['*'] }),
  companion: text('Ending of a file that the partner writes after the document, like `.done`; empty waits for none.', {
    default: '',
  }),
  contentType: text('What the files are; empty goes by the ending of the name.', { default: '' }),
  quotaMegabytes: integer('Most megabytes that may wait in the mailbox.', { default: 1024, min: 1, max: 1_048_576 }),
  filesMost: integer('Most files that may wait in the mailbox.', { default: 1000, min: 1, max: 10_000 }),
  connectionsMost: integer('Most connections of the partner at once.', { default: 4, min: 1, max: 100 }),
  ...pgpInFields,
} as const

/** A mailbox with its connection found and its keys checked. */
export interface DeclaredMailbox extends Omit<SettingsOf<typeof mailboxFields>, 'companion' | 'names'> {
  readonly connection: Connection
  /** Changes with everything that is declared of it. */
  readonly fingerprint?: string
  readonly rules: PickUpRules
  /** How files are opened that come sealed. */
  readonly pgp?: DeclaredOpening
}

/** Reads `{connection, user, …}`. Throws one Error that lists every problem. */
export function readMailbox(
  declared: unknown,
  connections: ReadonlyMap<string, Connection>,
  file: ReadFile,
): DeclaredMailbox {
  if (typeof declared !== 'object' || declared === null) throw new Error('mailbox: expected an object')
  const { connection: id, ...values } = declared as Readonly<Record<string, unknown>>
  const connection = typeof id === 'string' ? connections.get(id) : undefined
  if (connection === undefined) throw new Error(`mailbox: there is no connection ${JSON.stringify(id)}`)
  try {
    const { companion, names, ...settings } = readSettings(mailboxFields, values)
    judge(settings)
    const opening = readOpening(settings, file)
    return {
      ...settings,
      ...(opening === undefined ? {} : { pgp: opening }),
      connection,
      rules: rulesOf({ companion, names }, connection, opening),
    }
  } catch (error) {
    const problems = (error instanceof Error ? error.message : String(error)).split('\n')
    throw new Error(problems.map((one) => `mailbox of ${connection.id}: ${one}`).join('\n'))
  }
}

function judge({ user, publicKeys, password }: Pick<DeclaredMailbox, 'user' | 'publicKeys' | 'password'>): void {
  if (!/^[a-z0-9][a-z0-9_-]{0,31}$/.test(user))
    throw new Error('user: expected 1 to 32 lower-case letters, digits, _ and -, beginning with a letter or digit')
  if (publicKeys.length === 0 && password === '') throw new Error('publicKeys or password: one is required')
  if (password !== '' && password.length < 12) throw new Error('password: expected at least 12 characters')
  const wrong = publicKeys.findIndex((line) => !isPublicKey(line))
  if (wrong >= 0) throw new Error(`publicKeys: key ${wrong + 1} cannot be read; expected a line like ssh-ed25519 AAAA…`)
}

function rulesOf(
  { companion, names }: { readonly companion: string; readonly names: readonly string[] },
  connection: Connection,
  opening: DeclaredOpening | undefined,
): PickUpRules {
  return {
    names,
    companion: companion === '' ? undefined : companion,
    // A file gets its name when it is whole; the second look leaves clients the time to look after their upload.
    settledLooks: 2,
    ediTrailer: false,
    after: 'archive',
    ...(opening === undefined ? fileSizes(connection, 2048) : sealedSizes(connection)),
    signature: opening?.detached,
    filesMost: 1000,
    oldestDays: 1,
  }
}
