import { createHash, timingSafeEqual } from 'node:crypto'
import { Client, type ConnectConfig, type SFTPWrapper } from 'ssh2'
import { type DialOptions, dial } from '../dial.ts'
import { FolderFailure } from '../files/folder.ts'

/** Whose door, and how it opens. */
export interface SftpAccount {
  readonly host: string
  readonly port: number
  readonly user: string
  /** Also the answer to every question of keyboard-interactive. */
  readonly password?: string
  /** OpenSSH or PEM text. */
  readonly privateKey?: string
  readonly passphrase?: string
  /** Fingerprints as `ssh-keygen -l` prints them, `SHA256:…`; two during a change of keys. */
  readonly hostKeys: readonly string[]
  /** Also SHA-1 signatures and key exchanges: for servers that know nothing else. */
  readonly legacyAlgorithms: boolean
  readonly timeoutMs: number
}

/** A logged-in connection with its SFTP channel. */
export interface SftpSession {
  readonly sftp: SFTPWrapper
  readonly ended: () => boolean
  /** Ends it so that nothing more happens on it. */
  readonly end: () => void
}

/** Opens a session. Fails with a `FolderFailure`: what to do about each code is in the guide. */
export async function openSession(account: SftpAccount, line: DialOptions): Promise<SftpSession> {
  const sock = await dial(account.host, account.port, line).catch((error: unknown) => {
    throw new FolderFailure('UNREACHABLE', codeOf(error))
  })
  const client = new Client()
  const { promise, resolve, reject } = Promise.withResolvers<SftpSession>()
  let keyRefused: FolderFailure | undefined
  let ended = false
  const end = (): void => {
    ended = true
    client.end()
    sock.destroy()
  }
  let opening: NodeJS.Timeout | undefined
  client.on('ready', () => {
    // The library’s own time ends with the login.
    opening = setTimeout(
      () => reject(new FolderFailure('TIMEOUT', 'the server opens no SFTP channel')),
      account.timeoutMs,
    )
    client.sftp((error, sftp) => {
      if (error) reject(new FolderFailure('DENIED', 'the server opens no SFTP channel'))
      else resolve({ sftp, end, ended: () => ended })
    })
  })
  client.on('keyboard-interactive', (_name, _instructions, _language, prompts, answer) => {
    answer(prompts.map(() => account.password ?? ''))
  })
  client.on('error', (error) => {
    ended = true
    reject(keyRefused ?? meaningOf(error))
  })
  client.on('close', () => {
    ended = true
    reject(keyRefused ?? new FolderFailure('CLOSED', 'the server closed the connection'))
  })
  const verify = (key: Buffer): boolean => {
    keyRefused = judgeHostKey(key, account.hostKeys)
    return keyRefused === undefined
  }
  try {
    client.connect({ ...login(account), sock, hostVerifier: verify })
  } catch (error) {
    // A private key that cannot be read is refused before anything is said.
    reject(
      new FolderFailure('LOGIN_REFUSED', error instanceof Error ? error.message : 'the private key cannot be read'),
    )
  }
  return promise
    .catch((error: unknown) => {
      end()
      throw error
    })
    .finally(() => clearTimeout(opening))
}

/** The fingerprint of a host key, as `ssh-keygen -l` prints it. */
export function fingerprint(key: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}

/** Nobody is trusted at first sight: without a pinned key the failure says which key the server showed. */
function judgeHostKey(key: Buffer, known: readonly string[]): FolderFailure | undefined {
  const shown = fingerprint(key)
  if (known.some((one) => isSame(one, shown))) return undefined
  return known.length === 0
    ? new FolderFailure('HOST_KEY_UNKNOWN', `the server shows ${shown}`)
    : new FolderFailure('HOST_KEY_CHANGED', `the server shows ${shown}`)
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function login(account: SftpAccount): ConnectConfig {
  const { user, password, privateKey, passphrase, timeoutMs, legacyAlgorithms } = account
  return {
    username: user,
    ...(password === undefined ? {} : { password, tryKeyboard: true }),
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(passphrase === undefined ? {} : { passphrase }),
    readyTimeout: timeoutMs,
    keepaliveInterval: 20_000,
    keepaliveCountMax: 2,
    algorithms: {
      serverHostKey: { remove: legacyAlgorithms ? [] : ['ssh-rsa'] },
      kex: legacyAlgorithms
        ? { append: ['diffie-hellman-group-exchange-sha1', 'diffie-hellman-group14-sha1'] }
        : { append: [] },
    } as unknown as NonNullable<ConnectConfig['algorithms']>,
  }
}

function meaningOf(error: Error & { readonly level?: string }): FolderFailure {
  if (error.level === 'client-authentication') return new FolderFailure('LOGIN_REFUSED', 'the server refuses the login')
  if (error.level === 'client-timeout') return new FolderFailure('TIMEOUT', 'the server does not finish the handshake')
  return new FolderFailure('UNREACHABLE', error.level === 'handshake' ? 'no common algorithms' : codeOf(error))
}

function codeOf(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  return typeof code === 'string' ? code : typeof message === 'string' ? message.slice(0, 100) : 'UNKNOWN'
}
