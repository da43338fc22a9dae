/**
 * A folder of somebody's: on this machine, behind SFTP or FTPS. The port that picking up and dropping work on; one conformance suite
 * (folder.contract.ts) runs over every implementation. Paths are relative to the folder, with `/` between at most three names.
 */
export interface Folder {
  /** Files of one subfolder (`''` is the folder itself), folders and links left out. A subfolder that is not there is empty. Fails with TOO_MANY. */
  list(subfolder: string): Promise<readonly FolderFile[]>
  /** The whole file. Fails with TOO_LARGE when it has more than `bytesMost`. */
  read(path: string, bytesMost: number): Promise<Uint8Array>
  /** The whole file into a new file of this machine, piece by piece. Fails with TOO_LARGE like `read`; what is there then is worth nothing. */
  save(path: string, place: string, bytesMost: number): Promise<void>
  /** The last bytes of a file, at most `bytes`. */
  tail(path: string, bytes: number): Promise<Uint8Array>
  /** A new file under a name that nobody else uses, durable when this resolves as far as the server can make it so. Replaces. */
  write(path: string, body: Uint8Array): Promise<void>
  /** In one step; fails with EXISTS when the new name is taken, unless it may be replaced. Makes the subfolder of the new name. */
  rename(from: string, to: string, options?: { readonly replace?: boolean }): Promise<void>
  remove(path: string): Promise<void>
  /** Undefined when there is no such file. */
  find(path: string): Promise<FolderFile | undefined>
  close(): Promise<void>
}

/** One file as a listing shows it. */
export interface FolderFile {
  /** Without its subfolder. */
  readonly name: string
  readonly size: number
  /** Milliseconds since 1970; servers round it to seconds. 0 where the server tells no exact time. */
  readonly modifiedAt: number
  /** Then: the time as its listing shows it to people, which changes with the file, and about when that was. */
  readonly listed?: { readonly text: string; readonly at: number | undefined }
}

/** A folder said no, or nothing. */
export class FolderFailure extends Error {
  override readonly name = 'FolderFailure'
  readonly code: FolderFailureCode
  /** False: nothing was changed at the other side. True: it may have been. */
  readonly wire: boolean

  constructor(code: FolderFailureCode, detail: string, wire = false) {
    super(`${code}: ${detail}`)
    this.code = code
    this.wire = wire
  }
}

/** Why a folder said no, and what to do about it; stable codes. */
export const folderFailures = {
  CHANGED: 'The file grew or shrank while it was read. Nothing to do: it is read again.',
  CLOSED: 'The server ended the connection. Nothing to do, unless it stays.',
  DENIED: 'The server forbids it. Ask for the right, or pick up with `after: leave`.',
  ENDED: 'There is no more to read. Never seen outside the transports.',
  EXISTS: 'The new name is taken. Another name is tried.',
  FULL: 'The disk or the quota of the server is full. Tell its owner.',
  HOST_KEY_CHANGED:
    'The server shows another key or certificate than the declared ones. Compare it with your partner before you declare it.',
  HOST_KEY_UNKNOWN:
    'No key is declared, or nobody vouches for the certificate. Compare what was shown with your partner, then declare it.',
  LOGIN_REFUSED: 'Correct user, password or key. The hub tries only every five minutes, so that no account is locked.',
  MISSING: 'The folder or the file is not there. Correct the path.',
  NAME_REFUSED: 'The name could leave the folder or confuse who reads it. Ask for plain names.',
  TIMEOUT: 'The server does not answer in time. Nothing to do, unless it stays.',
  TOO_LARGE: 'The file is larger than the connection allows. Raise `bodyBytesMax`, or ask for smaller files.',
  TOO_MANY: 'More files lie in the folder than a listing may hold. Empty it.',
  UNREACHABLE: 'No connection came about. Check name, port, firewall, and `allowedCidrs` for private networks.',
  UNSUPPORTED: 'The server does not know how to do it. Tell its owner.',
} as const

/** A code of the table: logged, shown to people, and never renamed. */
export type FolderFailureCode = keyof typeof folderFailures

/** Whether an error is that answer of a folder. */
export function isFailure(error: unknown, ...codes: readonly FolderFailureCode[]): error is FolderFailure {
  return error instanceof FolderFailure && codes.includes(error.code)
}

/** Files that one listing may hold; more are a folder that nobody empties. */
export const filesMost = 20_000
