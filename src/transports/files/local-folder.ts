import { constants, createWriteStream } from 'node:fs'
import { type FileHandle, link, lstat, mkdir, open, opendir, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Folder, FolderFailure, type FolderFailureCode, type FolderFile, filesMost } from './folder.ts'
import { pathNames } from './path.ts'

/** A folder on this machine, or one that is mounted on it. Links are never followed: what they point to is not ours. */
export class LocalFolder implements Folder {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  list(subfolder: string): Promise<readonly FolderFile[]> {
    return this.#said(async () => {
      const place = subfolder === '' ? this.#root : await this.#folder(pathNames(subfolder))
      const files: FolderFile[] = []
      const directory = await opendir(place)
      for await (const entry of directory) {
        if (!entry.isFile()) continue
        if (files.length >= filesMost) throw new FolderFailure('TOO_MANY', `more than ${filesMost} files`)
        const file = await fileOf(join(place, entry.name), entry.name)
        // Bytes that are no text stand for a name that cannot be asked for: it is shown, so that somebody hears of it.
        const isOther = file === undefined && entry.name.includes('\ufffd')
        if (isOther) files.push({ name: entry.name, size: 0, modifiedAt: 0 })
        else if (file !== undefined) files.push(file)
      }
      return files
    }).catch((error: unknown) => {
      if (subfolder !== '' && error instanceof FolderFailure && error.code === 'MISSING') return []
      throw error
    })
  }

  read(path: string, bytesMost: number): Promise<Uint8Array> {
    return this.#opened(path, async (file, size) => {
      if (size > bytesMost) throw new FolderFailure('TOO_LARGE', `${size} bytes`)
      const body = await file.readFile()
      if (body.length > bytesMost) throw new FolderFailure('TOO_LARGE', `${body.length} bytes`)
      return body
    })
  }

  save(path: string, place: string, bytesMost: number): Promise<void> {
    return this.#opened(path, async (file, size) => {
      if (size > bytesMost) throw new FolderFailure('TOO_LARGE', `${size} bytes`)
      // No further than was found: a sender that goes on writing must not fill the disk.
      const pieces = file.createReadStream({ autoClose: false, ...(size === 0 ? {} : { end: size - 1 }) })
      await pipeline(pieces, createWriteStream(place, { flags: 'wx' }))
    })
  }

  tail(path: string, bytes: number): Promise<Uint8Array> {
    return this.#opened(path, async (file, size) => {
      const length = Math.min(bytes, size)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length)
      return buffer.subarray(0, bytesRead)
    })
  }

  write(path: string, body: Uint8Array): Promise<void> {
    return this.#said(async () => {
      const place = await this.#path(path)
      await mkdir(dirname(place), { recursive: true })
      const file = await open(place, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW)
      try {
        await file.writeFile(body)
        await file.sync()
      } finally {
        await file.close()
      }
    }, true)
  }

  rename(from: string, to: string, { replace = false }: { readonly replace?: boolean } = {}): Promise<void> {
    return this.#said(async () => {
      const [old, made] = [await this.#path(from), await this.#path(to)]
      await mkdir(dirname(made), { recursive: true })
      await (replace ? rename(old, made) : renameNew(old, made))
      await synced(dirname(made))
    }, true)
  }

  remove(path: string): Promise<void> {
    return this.#said(async () => unlink(await this.#path(path)), true)
  }

  find(path: string): Promise<FolderFile | undefined> {
    return this.#said(async () => fileOf(await this.#path(path), pathNames(path).at(-1) ?? ''))
  }

  async close(): Promise<void> {}

  async #path(path: string): Promise<string> {
    const names = pathNames(path)
    return join(await this.#folder(names.slice(0, -1)), names.at(-1) ?? '')
  }

  /** A link in place of a subfolder would have us take, and put away, what is not ours. */
  async #folder(names: readonly string[]): Promise<string> {
    let place = this.#root
    for (const name of names) {
      place = join(place, name)
      const found = await lstat(place).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      })
      if (found?.isSymbolicLink() === true) throw new FolderFailure('DENIED', 'a link in place of a folder')
    }
    return place
  }

  #opened<T>(path: string, work: (file: FileHandle, size: number) => Promise<T>): Promise<T> {
    return this.#said(async () => {
      const file = await open(await this.#path(path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
      try {
        const found = await file.stat()
        if (!found.isFile()) throw new FolderFailure('DENIED', 'not a file')
        return await work(file, found.size)
      } finally {
        await file.close()
      }
    })
  }

  async #said<T>(work: () => Promise<T>, wire = false): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof FolderFailure) throw error
      const { code = 'UNKNOWN' } = error as NodeJS.ErrnoException
      throw new FolderFailure(meanings[code] ?? 'UNREACHABLE', code, wire && meanings[code] === undefined)
    }
  }
}

const meanings: Readonly<Record<string, FolderFailureCode>> = {
  EACCES: 'DENIED',
  EDQUOT: 'FULL',
  EEXIST: 'EXISTS',
  EISDIR: 'DENIED',
  ELOOP: 'DENIED',
  ENAMETOOLONG: 'NAME_REFUSED',
  ENOENT: 'MISSING',
  ENOSPC: 'FULL',
  ENOTDIR: 'MISSING',
  EPERM: 'DENIED',
  EROFS: 'DENIED',
}

async function fileOf(place: string, name: string): Promise<FolderFile | undefined> {
  try {
    const found = await lstat(place)
    return found.isFile() ? { name, size: found.size, modifiedAt: Math.trunc(found.mtimeMs) } : undefined
  } catch (error) {
    // Taken away between the listing and the look.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Fails with EEXIST or EXISTS where a rename would replace: by a link, so that both names exist for a moment, and never none. */
export async function renameNew(old: string, made: string): Promise<void> {
  try {
    await link(old, made)
  } catch (error) {
    if (!linkless.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    if ((await fileOf(made, '')) !== undefined) throw new FolderFailure('EXISTS', 'the new name is taken')
    return rename(old, made)
  }
  try {
    await unlink(old)
  } catch (error) {
    // Somebody else took the file in the same moment: theirs is the name, and ours goes.
    await unlink(made)
    throw error
  }
}

/** What file systems say that know no links, and kernels that protect the files of others from being linked. */
const linkless: ReadonlySet<string> = new Set(['EMLINK', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EPERM'])

/** A rename is durable when its folder is. */
export async function synced(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
