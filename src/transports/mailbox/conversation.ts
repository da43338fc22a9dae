import type { FileHandle } from 'node:fs/promises'
import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2'
import type { Entry, Mailbox } from './mailbox.ts'
import { Refused } from './refused.ts'
import type { Upload } from './upload.ts'

const { STATUS_CODE, OPEN_MODE } = ssh2.utils.sftp

/** What a handle of the protocol stands for. */
type Opened =
  | { readonly kind: 'upload'; readonly upload: Upload }
  | { readonly kind: 'download'; readonly file: FileHandle; readonly path: string; end: boolean }
  | { readonly kind: 'listing'; entries: readonly Entry[] }

/** What the server wants to know of a conversation. */
export interface ConversationEvents {
  /** The partner asked for something. */
  readonly heard: () => void
  readonly uploaded: () => void
  /** A file was read to its end and closed: the partner has it. */
  readonly downloaded: () => void
}

const handlesMost = 64
const readBytesMost = 256 * 1024

/** One SFTP channel of a partner, answered from its mailbox (draft-ietf-secsh-filexfer-02, which is what clients speak). */
export class Conversation {
  readonly #sftp: SFTPWrapper
  readonly #mailbox: Mailbox
  readonly #events: ConversationEvents
  readonly #opened = new Map<number, Opened>()
  #opening = 0
  #next = 1
  #isOver = false

  constructor(sftp: SFTPWrapper, mailbox: Mailbox, events: ConversationEvents) {
    this.#sftp = sftp
    this.#mailbox = mailbox
    this.#events = events
    this.#answer()
  }

  /** The line is gone: what was half sent is thrown away. */
  end(): void {
    this.#isOver = true
    for (const opened of this.#opened.values()) this.#throwAway(opened)
    this.#opened.clear()
  }

  #answer(): void {
    const sftp = this.#sftp
    sftp.on('OPEN', (id, path, flags) => this.#handle(id, () => this.#open(path, flags)))
    sftp.on('OPENDIR', (id, path) =>
      this.#handle(id, async () => ({ kind: 'listing', entries: await this.#mailbox.list(path) })),
    )
    sftp.on('READDIR', (id, handle) => this.#do(id, () => this.#readFolder(id, handle)))
    sftp.on('READ', (id, handle, offset, length) => this.#do(id, () => this.#read(id, handle, { offset, length })))
    sftp.on('WRITE', (id, handle, offset, data) => this.#ok(id, () => this.#upload(handle).write(offset, data)))
    sftp.on('CLOSE', (id, handle) => this.#ok(id, () => this.#close(handle)))
    sftp.on('FSTAT', (id, handle) => this.#do(id, async () => sftp.attrs(id, await this.#attributesOf(handle))))
    for (const event of ['STAT', 'LSTAT'] as const)
      sftp.on(event as 'STAT', (id, path) =>
        this.#do(id, async () => sftp.attrs(id, attributes(await this.#mailbox.shown(path)))),
      )
    sftp.on('REALPATH', (id, path) => this.#do(id, async () => sftp.name(id, [named(realPath(path))])))
    sftp.on('REMOVE', (id, path) => this.#ok(id, () => this.#mailbox.remove(path)))
    sftp.on('RENAME', (id, from, to) => this.#ok(id, () => this.#mailbox.rename(from, to)))
    // Clients set times and modes after an upload; a mailbox keeps its own, and a refusal would look like a failed upload.
    sftp.on('SETSTAT', (id, path) => this.#ok(id, async () => void (await this.#mailbox.shown(path))))
    sftp.on('FSETSTAT', (id) => this.#ok(id, async () => undefined))
    for (const event of ['MKDIR', 'RMDIR'] as const)
      sftp.on(event as 'RMDIR', (id) => this.#ok(id, () => Promise.reject(new Refused('denied'))))
    for (const event of ['READLINK', 'SYMLINK', 'EXTENDED'] as const)
      sftp.on(event as 'READLINK', (id) => this.#ok(id, () => Promise.reject(new Refused('unsupported'))))
  }

  async #open(path: string, flags: number): Promise<Opened> {
    if ((flags & OPEN_MODE.WRITE) === 0)
      return { kind: 'download', file: await this.#mailbox.read(path), path, end: false }
    // Appending would change a document that the hub may have taken already.
    if ((flags & (OPEN_MODE.APPEND | OPEN_MODE.READ)) !== 0) throw new Refused('unsupported')
    return { kind: 'upload', upload: await this.#mailbox.write(path) }
  }

  async #readFolder(id: number, handle: Buffer): Promise<void> {
    const opened = this.#of(handle)
    if (opened.kind !== 'listing') throw new Refused('denied')
    const portion = opened.entries.slice(0, 100)
    opened.entries = opened.entries.slice(100)
    if (portion.length === 0) this.#sftp.status(id, STATUS_CODE.EOF)
    else this.#sftp.name(id, portion.map(listed))
  }

  async #read(
    id: number,
    handle: Buffer,
    { offset, length }: { readonly offset: number; readonly length: number },
  ): Promise<void> {
    const opened = this.#of(handle)
    if (opened.kind !== 'download') throw new Refused('denied')
    const wanted = Math.min(length, readBytesMost)
    const { bytesRead, buffer } = await opened.file.read(Buffer.allocUnsafe(wanted), 0, wanted, offset)
    if (bytesRead > 0) this.#sftp.data(id, buffer.subarray(0, bytesRead))
    else {
      opened.end = true
      this.#sftp.status(id, STATUS_CODE.EOF)
    }
  }

  async #close(handle: Buffer): Promise<void> {
    const opened = this.#of(handle)
    this.#opened.delete(handle.readUInt32BE(0))
    if (opened.kind === 'upload') {
      await opened.upload.finish()
      this.#events.uploaded()
    } else if (opened.kind === 'download') {
      await opened.file.close()
      if (opened.end && /^\/?(out|ack)\//.test(opened.path)) this.#events.downloaded()
    }
  }

  async #attributesOf(handle: Buffer): Promise<Attributes> {
    const opened = this.#of(handle)
    if (opened.kind === 'download') {
      const { size, mtimeMs } = await opened.file.stat()
      return attributes({ name: '', isFolder: false, size, modifiedAt: Math.trunc(mtimeMs / 1000) })
    }
    const size = opened.kind === 'upload' ? opened.upload.size : 0
    return attributes({
      name: '',
      isFolder: opened.kind === 'listing',
      size,
      modifiedAt: Math.trunc(Date.now() / 1000),
    })
  }

  #of(handle: Buffer): Opened {
    const opened = handle.length === 4 ? this.#opened.get(handle.readUInt32BE(0)) : undefined
    if (opened === undefined) throw new Refused('missing')
    return opened
  }

  #upload(handle: Buffer): Upload {
    const opened = this.#of(handle)
    if (opened.kind !== 'upload') throw new Refused('denied')
    return opened.upload
  }

  #handle(id: number, open: () => Promise<Opened>): void {
    this.#do(id, async () => {
      // Clients ask for many at once, before the first is there.
      if (this.#opened.size + this.#opening >= handlesMost) throw new Refused('full')
      this.#opening++
      const opened = await open().finally(() => this.#opening--)
      // The line broke while it was opened: nobody will ever close it.
      if (this.#isOver) return this.#throwAway(opened)
      const handle = Buffer.alloc(4)
      handle.writeUInt32BE(this.#next, 0)
      this.#opened.set(this.#next++, opened)
      this.#sftp.handle(id, handle)
    })
  }

  #ok(id: number, work: () => Promise<void>): void {
    this.#do(id, async () => {
      await work()
      this.#sftp.status(id, STATUS_CODE.OK)
    })
  }

  /** Whatever goes wrong is an answer; the other side never waits for one in vain. */
  #do(id: number, work: () => Promise<void>): void {
    this.#events.heard()
    Promise.resolve()
      .then(work)
      .catch((error: unknown) => {
        const [code, text] = error instanceof Refused ? words[error.why] : words.failed
        this.#sftp.status(id, code, text)
      })
  }

  #throwAway(opened: Opened): void {
    this.#abandon(opened).catch(() => {
      // What is left lies among the uploads, which the next start of the hub empties.
    })
  }

  async #abandon(opened: Opened): Promise<void> {
    if (opened.kind === 'upload') await opened.upload.abandon()
    else if (opened.kind === 'download') await opened.file.close()
  }
}

const words = {
  missing: [STATUS_CODE.NO_SUCH_FILE, 'No such file'],
  denied: [STATUS_CODE.PERMISSION_DENIED, 'This mailbox does not allow it'],
  full: [STATUS_CODE.FAILURE, 'Larger than this mailbox allows'],
  incomplete: [STATUS_CODE.FAILURE, 'A part of the file is missing; it must be sent whole'],
  unsupported: [STATUS_CODE.OP_UNSUPPORTED, 'Not supported'],
  failed: [STATUS_CODE.FAILURE, 'Failure'],
} as const

function attributes({ isFolder, size, modifiedAt }: Entry): Attributes {
  return { mode: isFolder ? 0o040700 : 0o100600, uid: 0, gid: 0, size, atime: modifiedAt, mtime: modifiedAt }
}

function listed(entry: Entry): { filename: string; longname: string; attrs: Attributes } {
  const kind = entry.isFolder ? 'drwx------' : '-rw-------'
  const date = new Date(entry.modifiedAt * 1000).toUTCString()
  const longname = `${kind} 1 partner partner ${String(entry.size).padStart(12)} ${date.slice(8, 11)} ${date.slice(5, 7)} ${date.slice(17, 22)} ${entry.name}`
  return { filename: entry.name, longname, attrs: attributes(entry) }
}

function named(path: string): { filename: string; longname: string; attrs: Attributes } {
  return { filename: path, longname: path, attrs: attributes({ name: path, isFolder: true, size: 0, modifiedAt: 0 }) }
}

function realPath(path: string): string {
  const names: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') names.pop()
    else if (part !== '' && part !== '.') names.push(part)
  }
  return `/${names.join('/')}`
}
