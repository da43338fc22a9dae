import { FTPError } from 'basic-ftp'
import { FolderFailure, type FolderFailureCode } from '../files/folder.ts'

/** Reply codes of RFC 959 §4.2, as servers use them. */
const meanings: Readonly<Record<number, FolderFailureCode>> = {
  421: 'CLOSED',
  425: 'CLOSED',
  426: 'CLOSED',
  452: 'FULL',
  500: 'UNSUPPORTED',
  502: 'UNSUPPORTED',
  504: 'UNSUPPORTED',
  521: 'EXISTS',
  530: 'LOGIN_REFUSED',
  550: 'DENIED',
  552: 'FULL',
  553: 'DENIED',
}

/** What an error of the library says. `wire`: the request may have changed something when no answer came. */
export function failureOf(error: unknown, wire: boolean): FolderFailure {
  if (error instanceof FolderFailure) return error
  if (error instanceof FTPError) return new FolderFailure(meanings[error.code] ?? 'DENIED', error.message.slice(0, 200))
  const { code, message = '' } = error as { readonly code?: unknown; readonly message?: string }
  if (/timeout/i.test(message)) return new FolderFailure('TIMEOUT', 'the server does not answer', wire)
  return new FolderFailure('CLOSED', typeof code === 'string' ? code : message.slice(0, 200), wire)
}
