/**
 * A folder of somebody's: on this machine, behind SFTP or FTPS. The port that picking up and dropping work on; one conformance suite
 * (folder.contract.ts) runs over every implementation. Paths are relative to the folder, with `/` between at most three names.
 */
export interface Folder {
  /** Files of one subfolder (`''` is the folder itself), folders and links left out. A subfolder that is not there is empty. Fails with TOO_MANY. */
  list(subfolder: string): Promise<readonly FolderFile[]>
  /** The whole file. Fails with TOO_LARGE when it has more than `bytesMost`. */
  read(path: string, bytesMost: number): Promise<Uint8Array>
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
  /** Milliseconds since 1970; servers round it to seconds. */
  readonly modifiedAt: number
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

/** Why; stable codes. */
export type FolderFailureCode =
  | 'CHANGED'
  | 'CLOSED'
  | 'DENIED'
  | 'ENDED'
  | 'EXISTS'
  | 'FULL'
  | 'HOST_KEY_CHANGED'
  | 'HOST_KEY_UNKNOWN'
  | 'LOGIN_REFUSED'
  | 'MISSING'
  | 'NAME_REFUSED'
  | 'TIMEOUT'
  | 'TOO_LARGE'
  | 'TOO_MANY'
  | 'UNREACHABLE'
  | 'UNSUPPORTED'

/** Whether an error is that answer of a folder. */
export function isFailure(error: unknown, ...codes: readonly FolderFailureCode[]): error is FolderFailure {
  return error instanceof FolderFailure && codes.includes(error.code)
}

/** Files that one listing may hold; more are a folder that nobody empties. */
export const filesMost = 20_000
