import {
  choice,
  type Fields,
  flag,
  integer,
  list,
  readSettings,
  type SettingsOf,
  seconds,
  secret,
  text,
} from '../../base/fields.ts'
import type { DialOptions } from '../../transports/dial.ts'
import type { Folder } from '../../transports/files/folder.ts'
import { LocalFolder } from '../../transports/files/local-folder.ts'
import { FtpsFolder } from '../../transports/ftps/ftps-folder.ts'
import { SftpFolder } from '../../transports/sftp/sftp-folder.ts'
import type { ReadFile } from '../network/reading.ts'

/** What each protocol needs to know to reach a folder. */
export const placeFields = {
  folder: {
    path: text('Absolute path of the folder.', { example: '/srv/exchange/acme/out' }),
  },
  sftp: {
    host: text('Name or address of the server.', { example: 'sftp.acme.example' }),
    port: integer('Port of the server.', { default: 22, min: 1, max: 65_535 }),
    user: text('User to log in as.'),
    password: secret('Password, also for keyboard-interactive logins.', { default: '' }),
    privateKeyFile: text('File that holds the private key (OpenSSH or PEM).', { default: '' }),
    passphrase: secret('Passphrase of the private key.', { default: '' }),
    hostKeys: list(
      'Fingerprints that the server may show, as `ssh-keygen -l` prints them; two during a change of keys. Without any, nothing is said, and the failure names the key that was shown.',
      { default: [] },
    ),
    legacyAlgorithms: flag('Whether SHA-1 is accepted, for servers that know nothing else.', { default: false }),
    path: text('Folder on the server; empty is where the login begins.', { default: '' }),
    timeoutSeconds: seconds('Longest wait for one answer.', { default: 30, min: 1, max: 600 }),
  },
  ftps: {
    host: text('Name of the server, as its certificate says it.', { example: 'ftp.acme.example' }),
    port: integer('Port of the server.', { default: 21, min: 1, max: 65_535 }),
    user: text('User to log in as.'),
    password: secret('Password.'),
    tls: choice(
      'Whether TLS is asked for on the usual port, or begins at once (mostly port 990).',
      ['explicit', 'implicit'],
      {
        default: 'explicit',
      },
    ),
    authorityFile: text('File with PEM certificates of a private authority, instead of the public ones.', {
      default: '',
    }),
    certificateFile: text('File with the PEM certificate that the hub shows.', { default: '' }),
    keyFile: text('File with the PEM key of that certificate.', { default: '' }),
    path: text('Folder on the server; empty is where the login begins.', { default: '' }),
    timeoutSeconds: seconds('Longest wait for one answer.', { default: 30, min: 1, max: 600 }),
  },
} as const satisfies Readonly<Record<string, Fields>>

/** How a folder is reached. */
export type Protocol = keyof typeof placeFields

/** Whether there is such a protocol: manifests are written by people. */
export function isProtocol(text: unknown): text is Protocol {
  return typeof text === 'string' && Object.hasOwn(placeFields, text)
}

/** A folder as it is declared, all of it read. */
export interface Place {
  readonly open: (line: DialOptions) => Folder
  /** The only port that may be dialled; undefined on this machine. */
  readonly port?: number
}

/** Reads the settings of a protocol; `file` finds what they name. Throws one Error that lists every problem. */
export function readPlace(protocol: Protocol, values: Readonly<Record<string, unknown>>, file: ReadFile): Place {
  if (protocol === 'sftp') return sftpPlace(readSettings(placeFields.sftp, values), file)
  if (protocol === 'ftps') return ftpsPlace(readSettings(placeFields.ftps, values), file)
  const { path } = readSettings(placeFields.folder, values)
  if (!path.startsWith('/')) throw new Error(`path: expected an absolute path, found ${JSON.stringify(path)}`)
  return { open: () => new LocalFolder(path) }
}

function sftpPlace(settings: SettingsOf<typeof placeFields.sftp>, file: ReadFile): Place {
  const { password, privateKeyFile, passphrase, timeoutSeconds, path, hostKeys, ...rest } = settings
  if (password === '' && privateKeyFile === '') throw new Error('password or privateKeyFile: one is required')
  const wrong = hostKeys.find((one) => !/^SHA256:[A-Za-z0-9+/]{43}$/.test(one))
  if (wrong !== undefined)
    throw new Error(`hostKeys: expected SHA256: and 43 characters, found ${JSON.stringify(wrong)}`)
  const account = {
    ...rest,
    hostKeys,
    timeoutMs: timeoutSeconds * 1000,
    ...(password === '' ? {} : { password }),
    ...(privateKeyFile === '' ? {} : { privateKey: file(privateKeyFile).toString('utf8') }),
    ...(passphrase === '' ? {} : { passphrase }),
  }
  return { port: rest.port, open: (line) => new SftpFolder(account, line, path) }
}

function ftpsPlace(settings: SettingsOf<typeof placeFields.ftps>, file: ReadFile): Place {
  const { authorityFile, certificateFile, keyFile, timeoutSeconds, path, ...rest } = settings
  if ((certificateFile === '') !== (keyFile === '')) throw new Error('certificateFile and keyFile: both or none')
  const account = {
    ...rest,
    timeoutMs: timeoutSeconds * 1000,
    ...(authorityFile === '' ? {} : { authorities: [file(authorityFile).toString('utf8')] }),
    ...(certificateFile === ''
      ? {}
      : {
          certificate: {
            certificate: file(certificateFile).toString('utf8'),
            key: file(keyFile).toString('utf8'),
          },
        }),
  }
  return { port: rest.port, open: (line) => new FtpsFolder(account, line, path) }
}
