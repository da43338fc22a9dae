import { constants } from 'node:fs'
import { type FileHandle, lstat, mkdir, open, opendir, readdir, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { isTemporary } from '../files/completeness.ts'
import { isFailure } from '../files/folder.ts'
import { renameNew, synced } from '../files/local-folder.ts'
import { isName } from '../files/path.ts'
import { Refused } from './refused.ts'
import { Upload } from './upload.ts'

/** How much a partner may leave in its mailbox before the hub has taken it. */
export interface Quota {
  readonly bytesMost: number
  readonly filesMost: number
  readonly fileBytesMost: number
}

/** A folder or a file, as a partner sees it. */
export interface Entry {
  readonly name: string
  readonly isFolder: boolean
  readonly size: number
  /** Seconds since 1970. */
  readonly modifiedAt: number
}

/** What a partner puts in, what the hub has put out for it, and the acknowledgements among that. */
export const mailboxFolders = ['in', 'out', 'ack'] as const
type FolderName = (typeof mailboxFolders)[number]

/**
 * The folders of one partner on this machine, and all that a partner may do with them: write, rename and remove in `in`, read and
 * remove in `out` and `ack`. Nothing else exists for it, whatever path it names. Every refusal is a `Refused`.
 */
export class Mailbox {
  readonly root: string
  readonly #quota: Quota
  readonly #uploads = new Set<Upload>()
  /** What came just now, by its name: the hub may have taken it before the partner looks whether it arrived. */
  readonly #arrived = new Map<string, { readonly entry: Entry; readonly at: number }>()
  /** Bytes of all uploads that got their name: who is still sending did not see them in the folder when it began. */
  #landed = 0
  #claims = 0

  private constructor(root: string, quota: Quota) {
    this.root = root
    this.#quota = quota
  }

  /** Makes what is missing, and throws away uploads that a crash has interrupted. */
  static async open(root: string, quota: Quota): Promise<Mailbox> {
    for (const folder of mailboxFolders) await mkdir(join(root, folder), { recursive: true, mode: 0o700 })
    const uploads = join(root, '.uploads')
    await mkdir(uploads, { recursive: true, mode: 0o700 })
    for (const name of await readdir(uploads)) await unlink(join(uploads, name))
    return new Mailbox(root, quota)
  }

  async list(path: string): Promise<readonly Entry[]> {
    const { folder, name } = placeOf(path)
    if (name !== undefined) throw new Refused('missing')
    if (folder === undefined) return Promise.all(mailboxFolders.map((one) => this.find(one)))
    const entries: Entry[] = []
    for await (const { name: file } of await opendir(join(this.root, folder))) {
      if (!isVisible(file)) continue
      const found = await entryOf(join(this.root, folder, file), file)
      if (found !== undefined && !found.isFolder) entries.push(found)
      if (entries.length >= listedMost) break
    }
    return entries
  }

  async find(path: string): Promise<Entry> {
    const { folder, name } = placeOf(path)
    const shown = name ?? folder ?? '/'
    const found = await entryOf(this.#place(folder, name), shown)
    if (found === undefined || found.isFolder !== (name === undefined)) throw new Refused('missing')
    return found
  }

  /**
   * The same for who looks whether an upload arrived: for a minute a file is shown that the hub has taken already. Clients compare the size
   * when they are done, and send a document again that they do not find.
   */
  async shown(path: string): Promise<Entry> {
    try {
      return await this.find(path)
    } catch (error) {
      const { folder, name } = placeOf(path)
      const arrived = folder === 'in' && name !== undefined ? this.#arrived.get(name) : undefined
      if (arrived === undefined || performance.now() - arrived.at > shownMs) throw error
      return arrived.entry
    }
  }

  async read(path: string): Promise<FileHandle> {
    const { folder, name } = placeOf(path)
    if (name === undefined) throw new Refused('missing')
    try {
      return await open(this.#place(folder, name), constants.O_RDONLY | constants.O_NOFOLLOW)
    } catch (error) {
      // A link is nothing that a partner can see; it is refused by O_NOFOLLOW.
      if (['ENOENT', 'ELOOP', 'ENOTDIR'].includes(codeOf(error))) throw new Refused('missing')
      throw error
    }
  }

  /** A new file of `in`. It is nowhere to be seen before it is finished. */
  async write(path: string): Promise<Upload> {
    const name = inName(path)
    const { files, bytes } = await this.#used()
    if (files >= this.#quota.filesMost || bytes >= this.#quota.bytesMost) throw new Refused('full')
    const others = bytes - this.#uploading() - this.#landed
    const upload = await Upload.open(join(this.root, '.uploads'), {
      bytesMost: () => {
        const left = this.#quota.bytesMost - others - this.#landed - this.#uploading()
        return Math.min(this.#quota.fileBytesMost, left + upload.size)
      },
      finished: async (from) => {
        await this.#arrive(from, name)
        this.#landed += upload.size
      },
      ended: () => this.#uploads.delete(upload),
    })
    this.#uploads.add(upload)
    return upload
  }

  async rename(from: string, to: string): Promise<void> {
    const old = inName(from)
    const made = inName(to)
    await this.find(`in/${old}`)
    if (old === made) return
    await this.#arrive(join(this.root, 'in', old), made)
    this.#arrived.delete(old)
  }

  /** Where the partner gives the name itself: what was sent there before is handed to the hub first, so that nothing is written over. */
  async #arrive(from: string, name: string): Promise<void> {
    const place = join(this.root, 'in', name)
    const entry = await entryOf(from, name)
    if (isTemporary(name)) await rename(from, place)
    else await this.#arriveBeside(from, name)
    if (entry !== undefined) this.#remember(name, entry)
    // The partner is told that we have it, and forgets it: a power cut must not take the name back.
    await synced(join(this.root, 'in'))
  }

  /** Two lines may send the same name at once, and the hub may take what lies there meanwhile: each file is whole somewhere. */
  async #arriveBeside(from: string, name: string): Promise<void> {
    const place = join(this.root, 'in', name)
    const processing = join(this.root, 'in', '.processing')
    for (let tries = 0; tries < arrivalsMost; tries++) {
      try {
        return await renameNew(from, place)
      } catch (error) {
        if (codeOf(error) !== 'EEXIST' && !isFailure(error, 'EXISTS')) throw error
      }
      await mkdir(processing, { recursive: true })
      await rename(place, join(processing, `${mailboxOwner}-${Date.now()}-${++this.#claims}__${name}`)).catch(
        (error: unknown) => {
          if (codeOf(error) !== 'ENOENT') throw error
        },
      )
    }
    throw new Refused('full')
  }

  async remove(path: string): Promise<void> {
    const { folder, name } = placeOf(path)
    if (name === undefined) throw new Refused('denied')
    await this.find(path)
    await unlink(this.#place(folder, name))
    if (folder === 'in') this.#arrived.delete(name)
  }

  #remember(name: string, entry: Entry): void {
    this.#arrived.delete(name)
    this.#arrived.set(name, { entry, at: performance.now() })
    const [oldest] = this.#arrived.keys()
    if (this.#arrived.size > arrivedMost && oldest !== undefined) this.#arrived.delete(oldest)
  }

  #place(folder: FolderName | undefined, name: string | undefined): string {
    return join(this.root, ...[folder, name].filter((part) => part !== undefined))
  }

  async #used(): Promise<{ readonly files: number; readonly bytes: number }> {
    const files = await this.list('in')
    return {
      files: files.length + this.#uploads.size,
      bytes: files.reduce((sum, { size }) => sum + size, this.#uploading()),
    }
  }

  #uploading(): number {
    return [...this.#uploads].reduce((sum, { size }) => sum + size, 0)
  }
}

/** Begins the names of files that are claimed for a mailbox's own pick-up. */
export const mailboxOwner = 'mailbox'

const listedMost = 10_000
/** How long, and how many of, files that the hub has taken are still shown to who asks for them by name. */
const shownMs = 60_000
const arrivedMost = 1000
/** Of one name at the same moment; a partner has fewer lines. */
const arrivalsMost = 100

/** What a path names, seen from the mailbox; it cannot name anything else. */
function placeOf(path: string): { readonly folder?: FolderName; readonly name?: string } {
  const names: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') names.pop()
    else if (part !== '' && part !== '.') names.push(part)
  }
  const [first, name, ...deeper] = names
  if (first === undefined) return {}
  const folder = mailboxFolders.find((one) => one === first)
  if (folder === undefined || deeper.length > 0) throw new Refused('missing')
  if (name === undefined) return { folder }
  if (!isName(name)) throw new Refused('denied')
  if (!isVisible(name)) throw new Refused('missing')
  return { folder, name }
}

function inName(path: string): string {
  const { folder, name } = placeOf(path)
  if (folder !== 'in' || name === undefined) throw new Refused('denied')
  // As long a name as the claim of it still fits.
  if (Buffer.byteLength(name) > 200) throw new Refused('denied')
  return name
}

function isVisible(name: string): boolean {
  return !name.startsWith('.') && name !== 'archive' && name !== 'refused'
}

async function entryOf(place: string, name: string): Promise<Entry | undefined> {
  try {
    const found = await lstat(place)
    if (!found.isFile() && !found.isDirectory()) return undefined
    return {
      name,
      isFolder: found.isDirectory(),
      size: found.isDirectory() ? 0 : found.size,
      modifiedAt: Math.trunc(found.mtimeMs / 1000),
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
