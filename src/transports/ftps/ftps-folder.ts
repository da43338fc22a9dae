import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Client, FileInfo } from 'basic-ftp'
import type { DialOptions } from '../dial.ts'
import { type Folder, FolderFailure, type FolderFile, filesMost, isFailure } from '../files/folder.ts'
import { pathNames } from '../files/path.ts'
import { inSubfolder } from '../files/subfolder.ts'
import { BoundedBody } from './bounded-body.ts'
import { BoundedPassage } from './bounded-passage.ts'
import { failureOf } from './failure.ts'
import { listedTime } from './listed-time.ts'
import { type FtpsAccount, logIn } from './login.ts'

/**
 * A folder behind FTP over TLS. The protocol does one thing at a time on a connection, so requests wait for each other. It has no
 * atomic replacement and no way to make bytes durable; the rest of the port holds.
 */
export class FtpsFolder implements Folder {
  readonly #account: FtpsAccount
  readonly #line: DialOptions
  readonly #root: string
  #client: Client | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(account: FtpsAccount, line: DialOptions, root: string) {
    this.#account = account
    this.#line = line
    this.#root = root.replace(/\/$/, '')
  }

  async list(subfolder: string): Promise<readonly FolderFile[]> {
    return files(await this.#entries(subfolder))
  }

  read(path: string, bytesMost: number): Promise<Uint8Array> {
    return this.#from(path, (client, size) => {
      if (size > bytesMost) throw new FolderFailure('TOO_LARGE', `${size} bytes`)
      return this.#download(client, path, { from: 0, size })
    })
  }

  save(path: string, place: string, bytesMost: number): Promise<void> {
    return this.#from(path, async (client, size) => {
      if (size > bytesMost) throw new FolderFailure('TOO_LARGE', `${size} bytes`)
      const passage = new BoundedPassage(size)
      const kept = pipeline(passage, createWriteStream(place, { flags: 'wx' }))
      await Promise.all([client.downloadTo(passage, this.#path(path)), kept])
      if (passage.length < size) throw new FolderFailure('CLOSED', `${passage.length} of ${size} bytes came`)
    })
  }

  tail(path: string, bytes: number): Promise<Uint8Array> {
    return this.#from(path, (client, size) => this.#download(client, path, { from: Math.max(0, size - bytes), size }))
  }

  write(path: string, body: Uint8Array): Promise<void> {
    return this.#inFolder(path, (client) => client.uploadFrom(Readable.from([Buffer.from(body)]), this.#path(path)))
  }

  async rename(from: string, to: string, { replace = false }: { readonly replace?: boolean } = {}): Promise<void> {
    // Servers replace or refuse as they like; what the port promises is looked up first.
    if ((await this.find(to)) !== undefined) {
      if (!replace) throw new FolderFailure('EXISTS', 'the new name is taken')
      await this.remove(to)
    }
    if ((await this.find(from)) === undefined) throw new FolderFailure('MISSING', 'there is no such file')
    await this.#inFolder(to, (client) => client.rename(this.#path(from), this.#path(to)))
  }

  async remove(path: string): Promise<void> {
    try {
      await this.#ask((client) => client.remove(this.#path(path)), true)
    } catch (error) {
      throw isFailure(error, 'DENIED') ? await this.#missing(path, error) : error
    }
  }

  /** The file is asked for by its name: an archive of years has no listing that anybody wants to read for each new file. */
  async find(path: string): Promise<FolderFile | undefined> {
    const place = this.#path(path)
    const name = pathNames(path).at(-1) ?? ''
    try {
      const size = await this.#ask((client) => client.size(place))
      const modified = await this.#told((client) => client.lastMod(place))
      if (modified !== undefined) return { name, size, modifiedAt: modified.getTime() }
      return (await this.#listed(path)) ?? { name, size, modifiedAt: 0 }
    } catch (error) {
      if (isFailure(error, 'UNSUPPORTED')) return this.#listed(path)
      if (isFailure(error, 'DENIED', 'MISSING')) return undefined
      throw error
    }
  }

  async close(): Promise<void> {
    this.#client?.close()
    this.#client = undefined
  }

  #path(path: string): string {
    return [this.#root, ...pathNames(path)].join('/')
  }

  /** For servers that tell sizes or times only in listings. */
  async #listed(path: string): Promise<FolderFile | undefined> {
    const names = pathNames(path)
    const entries = await this.#entries(names.slice(0, -1).join('/'))
    const entry = entries.find(({ name, isFile }) => isFile && name === names.at(-1))
    return entry === undefined ? undefined : fileOf(entry)
  }

  async #entries(subfolder: string): Promise<readonly FileInfo[]> {
    const place = subfolder === '' ? this.#root || '/' : this.#path(subfolder)
    try {
      return await this.#ask((client) => client.list(place))
    } catch (error) {
      // Servers answer a missing folder like one that may not be read; the folder itself must be there.
      if (subfolder !== '' && isFailure(error, 'MISSING', 'DENIED')) return []
      throw error
    }
  }

  /** Undefined where the server has no answer for this file. */
  async #told<T>(work: (client: Client) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.#ask(work)
    } catch (error) {
      if (isFailure(error, 'UNSUPPORTED', 'DENIED', 'MISSING')) return undefined
      throw error
    }
  }

  async #from<T>(path: string, work: (client: Client, size: number) => Promise<T>): Promise<T> {
    try {
      return await this.#ask(async (client) => work(client, await client.size(this.#path(path))))
    } catch (error) {
      throw isFailure(error, 'DENIED') ? await this.#missing(path, error) : error
    }
  }

  async #download(client: Client, path: string, { from, size }: { from: number; size: number }): Promise<Uint8Array> {
    const body = new BoundedBody(size - from)
    await client.downloadTo(body, this.#path(path), from)
    if (body.length < size - from) throw new FolderFailure('CLOSED', `${body.length} of ${size - from} bytes came`)
    return body.bytes()
  }

  /** "550" means anything: whether the file is there tells which. */
  async #missing(path: string, error: FolderFailure): Promise<FolderFailure> {
    return (await this.find(path)) === undefined ? new FolderFailure('MISSING', 'there is no such file') : error
  }

  #inFolder(path: string, work: (client: Client) => Promise<unknown>): Promise<void> {
    return inSubfolder(
      path,
      async () => {
        await this.#ask(work, true)
      },
      async (subfolder) => {
        const answer = await this.#ask((client) => client.send(`MKD ${this.#path(subfolder)}`), true).catch(
          (error: unknown) => {
            if (isFailure(error, 'DENIED', 'EXISTS')) return undefined
            throw error
          },
        )
        return answer !== undefined
      },
    )
  }

  /** In turn, on a connection that is opened when it is needed. */
  #ask<T>(work: (client: Client) => Promise<T>, wire = false): Promise<T> {
    const turn = this.#last.then(async () => {
      const client = await this.#opened()
      try {
        return await work(client)
      } catch (error) {
        throw failureOf(error, wire)
      }
    })
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async #opened(): Promise<Client> {
    if (this.#client !== undefined && !this.#client.closed) return this.#client
    this.#client = await logIn(this.#account, this.#line)
    return this.#client
  }
}

function files(listed: readonly FileInfo[]): readonly FolderFile[] {
  const found = listed.filter(({ isFile }) => isFile)
  if (found.length > filesMost) throw new FolderFailure('TOO_MANY', `more than ${filesMost} files`)
  return found.map(fileOf)
}

function fileOf({ name, size, modifiedAt, rawModifiedAt: text }: FileInfo): FolderFile {
  if (modifiedAt !== undefined) return { name, size, modifiedAt: modifiedAt.getTime() }
  return { name, size, modifiedAt: 0, listed: { text, at: listedTime(text, Date.now()) } }
}
