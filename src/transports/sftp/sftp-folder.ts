import { open } from 'node:fs/promises'
import type { FileEntryWithStats, SFTPWrapper } from 'ssh2'
import type { DialOptions } from '../dial.ts'
import { type Folder, FolderFailure, type FolderFile, filesMost, isFailure } from '../files/folder.ts'
import { pathNames } from '../files/path.ts'
import { inSubfolder } from '../files/subfolder.ts'
import { Channel } from './channel.ts'
import { openSession, type SftpAccount } from './session.ts'

/** A folder behind SFTP. One session, opened when it is first needed and again after it has ended. */
export class SftpFolder implements Folder {
  readonly #channel: Channel
  readonly #root: string

  /** `root` is a path of the server's: absolute, or relative to where the login begins. */
  constructor(account: SftpAccount, line: DialOptions, root: string) {
    this.#channel = new Channel(() => openSession(account, line), account.timeoutMs)
    this.#root = root === '' ? '.' : root.replace(/(?<=.)\/$/, '')
  }

  async list(subfolder: string): Promise<readonly FolderFile[]> {
    const place = subfolder === '' ? this.#root : this.#path(subfolder)
    try {
      return await this.#entries(place)
    } catch (error) {
      if (subfolder !== '' && isFailure(error, 'MISSING')) return []
      throw error
    }
  }

  read(path: string, bytesMost: number): Promise<Uint8Array> {
    return this.#opened(path, 'r', async (handle) => {
      const { size } = await this.#channel.ask<Attributes>((sftp, answer) => sftp.fstat(handle, answer))
      if (size > bytesMost) throw new FolderFailure('TOO_LARGE', `${size} bytes`)
      const body = Buffer.allocUnsafe(size)
      const read = await this.#inChunks(size, (at, length) => this.#readInto(handle, body, { at, from: at, length }))
      return body.subarray(0, read)
    })
  }

  save(path: string, place: string, bytesMost: number): Promise<void> {
    return this.#opened(path, 'r', async (handle) => {
      const { size } = await this.#channel.ask<Attributes>((sftp, answer) => sftp.fstat(handle, answer))
      if (size > bytesMost) throw new FolderFailure('TOO_LARGE', `${size} bytes`)
      const file = await open(place, 'wx')
      try {
        const block = Buffer.allocUnsafe(Math.min(size, blockBytes))
        for (let from = 0; from < size; from += blockBytes) {
          const wanted = Math.min(blockBytes, size - from)
          const read = await this.#inChunks(wanted, (at, length) =>
            this.#readInto(handle, block, { at, from: from + at, length }),
          )
          await file.write(block, 0, read)
          if (read < wanted) return
        }
      } finally {
        await file.close()
      }
    })
  }

  tail(path: string, bytes: number): Promise<Uint8Array> {
    return this.#opened(path, 'r', async (handle) => {
      const { size } = await this.#channel.ask<Attributes>((sftp, answer) => sftp.fstat(handle, answer))
      const length = Math.min(bytes, size)
      const body = Buffer.allocUnsafe(length)
      return body.subarray(0, await this.#readInto(handle, body, { at: 0, from: size - length, length }))
    })
  }

  async write(path: string, body: Uint8Array): Promise<void> {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    await inSubfolder(
      path,
      () =>
        this.#opened(path, 'w', async (handle) => {
          await this.#inChunks(bytes.length, async (at, length) => {
            await this.#channel.change((sftp, answer) => sftp.write(handle, bytes, at, length, at, answer))
            return length
          })
          await this.#channel.change((sftp, answer) => {
            // Offered by OpenSSH alone; elsewhere the server decides when bytes are on its disk.
            if (offers(sftp, 'fsync@openssh.com')) sftp.ext_openssh_fsync(handle, answer)
            else answer(undefined)
          })
        }),
      (subfolder) => this.#make(subfolder),
    )
  }

  async rename(from: string, to: string, { replace = false }: { readonly replace?: boolean } = {}): Promise<void> {
    const [old, made] = [this.#path(from), this.#path(to)]
    // Some servers replace on a plain rename, whatever the standard says.
    if (!replace && (await this.find(to)) !== undefined) throw new FolderFailure('EXISTS', 'the new name is taken')
    const work = async (): Promise<void> => {
      const isAtomic = replace && (await this.#channel.with((sftp) => offers(sftp, 'posix-rename@openssh.com')))
      if (replace && !isAtomic && (await this.find(to)) !== undefined) await this.remove(to)
      await this.#channel.change((sftp, answer) =>
        isAtomic ? sftp.ext_openssh_rename(old, made, answer) : sftp.rename(old, made, answer),
      )
    }
    await inSubfolder(to, work, (subfolder) => this.#make(subfolder)).catch(async (error: unknown) => {
      if (!replace && isFailure(error, 'DENIED') && (await this.find(to)) !== undefined)
        throw new FolderFailure('EXISTS', 'the new name is taken')
      throw error
    })
  }

  async remove(path: string): Promise<void> {
    await this.#channel.change((sftp, answer) => sftp.unlink(this.#path(path), answer))
  }

  async find(path: string): Promise<FolderFile | undefined> {
    const place = this.#path(path)
    try {
      const found = await this.#channel.ask<Attributes>((sftp, answer) => sftp.lstat(place, answer))
      return isFile(found) ? fileOf(pathNames(path).at(-1) ?? '', found) : undefined
    } catch (error) {
      if (isFailure(error, 'MISSING')) return undefined
      throw error
    }
  }

  async close(): Promise<void> {
    this.#channel.end()
  }

  #path(path: string): string {
    return [this.#root === '/' ? '' : this.#root, ...pathNames(path)].join('/')
  }

  /** Reads a listing in the portions that the server gives, so that a folder without end ends at the limit. */
  async #entries(place: string): Promise<readonly FolderFile[]> {
    const handle = await this.#channel.ask<Buffer>((sftp, answer) => sftp.opendir(place, answer))
    const files: FolderFile[] = []
    let seen = 0
    try {
      for (;;) {
        const portion = await this.#portion(handle)
        if (portion === undefined) return files
        // An empty portion counts too: only a word of its own ends a listing.
        seen += Math.max(1, portion.length)
        for (const { filename, attrs, longname } of portion)
          if (isFile(attrs, longname)) files.push(fileOf(filename, attrs))
        if (files.length > filesMost) throw new FolderFailure('TOO_MANY', `more than ${filesMost} files`)
        if (seen > entriesMost) throw new FolderFailure('TOO_MANY', `more than ${entriesMost} files, links and folders`)
      }
    } finally {
      await this.#closed(handle)
    }
  }

  async #portion(handle: Buffer): Promise<readonly FileEntryWithStats[] | undefined> {
    try {
      return await this.#channel.ask<FileEntryWithStats[]>((sftp, answer) => sftp.readdir(handle, answer))
    } catch (error) {
      if (isFailure(error, 'ENDED')) return undefined
      throw error
    }
  }

  async #opened<T>(path: string, mode: 'r' | 'w', work: (handle: Buffer) => Promise<T>): Promise<T> {
    const place = this.#path(path)
    const open = mode === 'r' ? this.#channel.ask.bind(this.#channel) : this.#channel.change.bind(this.#channel)
    const handle = await open<Buffer>((sftp, answer) => sftp.open(place, mode, answer))
    try {
      return await work(handle)
    } finally {
      await this.#closed(handle)
    }
  }

  /** A handle that cannot be closed ends with its session; the work on it has succeeded or failed by itself. */
  async #closed(handle: Buffer): Promise<void> {
    await this.#channel.ask((sftp, answer) => sftp.close(handle, answer)).catch(() => this.#channel.end())
  }

  async #make(subfolder: string): Promise<boolean> {
    try {
      await this.#channel.change((sftp, answer) => sftp.mkdir(this.#path(subfolder), answer))
      return true
    } catch (error) {
      if (isFailure(error, 'DENIED', 'EXISTS')) return false
      throw error
    }
  }

  async #readInto(
    handle: Buffer,
    body: Buffer,
    { at, from, length }: { readonly at: number; readonly from: number; readonly length: number },
  ): Promise<number> {
    let read = 0
    while (read < length) {
      const got = await this.#channel
        .ask<number>((sftp, answer) => sftp.read(handle, body, at + read, length - read, from + read, answer))
        .catch((error: unknown) => {
          if (isFailure(error, 'ENDED')) return 0
          throw error
        })
      if (got === 0) return read
      read += got
    }
    return read
  }

  /**
   * Sixteen requests at once hide the way to a distant server. Answers how many bytes from the beginning were done: behind one that
   * is missing nothing counts, whatever a server says of the rest.
   */
  async #inChunks(size: number, work: (at: number, length: number) => Promise<number>): Promise<number> {
    let next = 0
    let end = size
    const worker = async (): Promise<void> => {
      while (next < end) {
        const at = next
        next += chunkBytes
        const length = Math.min(chunkBytes, size - at)
        const bytes = await work(at, length)
        if (bytes < length) end = Math.min(end, at + bytes)
      }
    }
    await Promise.all(Array.from({ length: Math.min(16, Math.ceil(size / chunkBytes)) }, worker))
    return end
  }
}

/** Links and folders of a listing are passed over, but not without end. */
const entriesMost = 10 * filesMost

/** What is held of a file that is saved. */
const blockBytes = 4 * 1024 * 1024

interface Attributes {
  readonly mode: number
  readonly size: number
  /** Seconds since 1970. */
  readonly mtime: number
}

/** What every server takes in one request. */
const chunkBytes = 32 * 1024

/** Links and folders are left out. A server that gives no mode shows the kind in the line for people. */
function isFile({ mode }: Attributes, line = '-'): boolean {
  return mode === undefined ? line.startsWith('-') : (mode & 0o170000) === 0o100000
}

function fileOf(name: string, { size, mtime }: Attributes): FolderFile {
  return { name, size, modifiedAt: mtime * 1000 }
}

function offers(sftp: SFTPWrapper, extension: string): boolean {
  return (
    (sftp as unknown as { readonly _extensions?: Readonly<Record<string, string>> })._extensions?.[extension] !==
    undefined
  )
}
