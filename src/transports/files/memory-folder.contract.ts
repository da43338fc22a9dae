import { writeFileSync } from 'node:fs'
import { type Folder, FolderFailure, type FolderFile } from './folder.ts'
import { pathNames } from './path.ts'

interface Held {
  readonly body: Uint8Array
  readonly modifiedAt: number
}

/** A folder of a test's: with a clock that only the test moves, and crashes at a chosen step. Passes the conformance suite. */
export class MemoryFolder implements Folder {
  now = 1_800_000_000_000
  /** The process dies at this call, before or after it has worked. */
  crashes: { readonly at: number; readonly after: boolean } | undefined
  onRename: (() => void) | undefined
  onWrite: (() => void) | undefined
  onRead: (() => Uint8Array) | undefined
  readonly #files = new Map<string, Held>()
  #calls = 0

  /** As a sender does it. */
  put(path: string, text: string, modifiedAt = this.now): void {
    this.#files.set(path, { body: new TextEncoder().encode(text), modifiedAt })
  }

  names(): readonly string[] {
    return [...this.#files.keys()].toSorted()
  }

  clear(): void {
    this.#files.clear()
  }

  list(subfolder: string): Promise<readonly FolderFile[]> {
    return this.#step(() =>
      [...this.#files].flatMap(([path, { body, modifiedAt }]) => {
        const names = path.split('/')
        const name = names.at(-1) ?? ''
        return names.slice(0, -1).join('/') === subfolder ? [{ name, size: body.length, modifiedAt }] : []
      }),
    )
  }

  read(path: string, bytesMost: number): Promise<Uint8Array> {
    return this.#step(() => {
      const { body } = this.#held(path)
      if (body.length > bytesMost) throw new FolderFailure('TOO_LARGE', `${body.length} bytes`)
      return this.onRead?.() ?? body
    })
  }

  save(path: string, place: string, bytesMost: number): Promise<void> {
    return this.#step(() => {
      const { body } = this.#held(path)
      if (body.length > bytesMost) throw new FolderFailure('TOO_LARGE', `${body.length} bytes`)
      writeFileSync(place, body, { flag: 'wx' })
    })
  }

  tail(path: string, bytes: number): Promise<Uint8Array> {
    return this.#step(() => {
      const { body } = this.#held(path)
      return body.subarray(Math.max(0, body.length - bytes))
    })
  }

  write(path: string, body: Uint8Array): Promise<void> {
    return this.#step(() => {
      this.#files.set(pathNames(path).join('/'), { body: body.slice(), modifiedAt: Date.now() })
      this.onWrite?.()
    })
  }

  rename(from: string, to: string, { replace = false }: { readonly replace?: boolean } = {}): Promise<void> {
    return this.#step(() => {
      const made = pathNames(to).join('/')
      const held = this.#held(from)
      if (!replace && this.#files.has(made)) throw new FolderFailure('EXISTS', to)
      this.#files.delete(from)
      this.#files.set(made, held)
      this.onRename?.()
    })
  }

  remove(path: string): Promise<void> {
    return this.#step(() => {
      this.#held(path)
      this.#files.delete(path)
    })
  }

  find(path: string): Promise<FolderFile | undefined> {
    return this.#step(() => {
      const held = this.#files.get(pathNames(path).join('/'))
      return held && { name: pathNames(path).at(-1) ?? '', size: held.body.length, modifiedAt: held.modifiedAt }
    })
  }

  async close(): Promise<void> {}

  #held(path: string): Held {
    const held = this.#files.get(pathNames(path).join('/'))
    if (held === undefined) throw new FolderFailure('MISSING', path)
    return held
  }

  async #step<T>(work: () => T): Promise<T> {
    await Promise.resolve()
    const isLast = this.crashes !== undefined && ++this.#calls === this.crashes.at
    if (this.crashes === undefined) this.#calls = 0
    if (isLast && this.crashes?.after === false) throw this.#died()
    const result = work()
    if (isLast) throw this.#died()
    return result
  }

  #died(): Error {
    this.#calls = 0
    return new FolderFailure('CLOSED', 'the process died here')
  }
}
