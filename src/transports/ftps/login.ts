import { isIP } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import { Client, FTPError } from 'basic-ftp'
import { type DialOptions, judgedAddresses } from '../dial.ts'
import { FolderFailure } from '../files/folder.ts'
import { failureOf } from './failure.ts'

/** Whose door, and how it opens. Plain FTP is not spoken: it shows the password and the documents to everybody on the way. */
export interface FtpsAccount {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  /** `explicit` asks for TLS on the usual port (RFC 4217); `implicit` begins with it, mostly on 990. */
  readonly tls: 'explicit' | 'implicit'
  /** PEM certificates of a private authority, instead of the public ones. */
  readonly authorities?: readonly string[]
  /** Certificate and key in PEM that this side shows. */
  readonly certificate?: { readonly certificate: string; readonly key: string }
  readonly timeoutMs: number
}

/** A logged-in client. Only judged addresses are dialled, for the data too. Fails with a `FolderFailure`. */
export async function logIn(account: FtpsAccount, line: DialOptions): Promise<Client> {
  const [address = ''] = await judgedAddresses(account.host, account.port, line).catch((error: unknown) => {
    throw new FolderFailure('UNREACHABLE', (error as { readonly code?: string }).code ?? 'NAME_UNKNOWN')
  })
  const client = new Client(account.timeoutMs, { allowSeparateTransferHost: false, maxListingBytes: listingBytes })
  try {
    await client.access({
      host: address,
      port: account.port,
      user: oneLine(account.user),
      password: oneLine(account.password),
      secure: account.tls === 'implicit' ? 'implicit' : true,
      secureOptions: tlsOptions(account),
    })
    return client
  } catch (error) {
    client.close()
    throw refusedLogin(error)
  }
}

const listingBytes = 8 * 1024 * 1024

function tlsOptions({ host, authorities, certificate }: FtpsAccount): ConnectionOptions {
  return {
    // The certificate is judged by the name that was asked for, not by the address that was dialled.
    host,
    ...(isIP(host) > 0 ? {} : { servername: host }),
    minVersion: 'TLSv1.2',
    ...(authorities === undefined ? {} : { ca: [...authorities] }),
    ...(certificate === undefined ? {} : { cert: certificate.certificate, key: certificate.key }),
  }
}

/** A line end in a name would be a second command. */
function oneLine(text: string): string {
  if (/[\r\n\0]/.test(text)) throw new FolderFailure('LOGIN_REFUSED', 'a line end in the user name or the password')
  return text
}

function refusedLogin(error: unknown): FolderFailure {
  if (error instanceof FTPError && error.code >= 500)
    return new FolderFailure('LOGIN_REFUSED', error.message.slice(0, 200))
  const { code } = error as { readonly code?: string }
  if (code !== undefined && /^(ERR_TLS|CERT_|DEPTH_|SELF_|UNABLE_)/.test(code))
    return new FolderFailure('HOST_KEY_UNKNOWN', code)
  const failure = failureOf(error, false)
  return failure.code === 'CLOSED' ? new FolderFailure('UNREACHABLE', failure.message) : failure
}
