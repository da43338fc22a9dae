import { type Folder, FolderFailure, isFailure } from './folder.ts'

/** How documents are put into a partner's folder. */
export interface DropRules {
  /** Ending of an empty file that is written after the document; undefined writes none. */
  readonly companion: string | undefined
}

/** How putting a document there ended. */
export type DropOutcome =
  | { readonly outcome: 'stored' }
  /** The same bytes lie there under that name already. */
  | { readonly outcome: 'present' }
  /** Other bytes lie there under that name; nothing was changed. */
  | { readonly outcome: 'taken' }
  /** Nobody can have seen the document; the same may be done again. */
  | { readonly outcome: 'not_sent'; readonly code: string }
  /** The document may be there or not. */
  | { readonly outcome: 'unknown'; readonly code: string }

/**
 * Puts documents where a partner fetches them, so that it never sees half of one: a temporary name first, durable, then the final one
 * in one step. Nothing is written over. Only an answer that is lost on that last step leaves a doubt.
 */
export class Drop {
  readonly #folder: Folder
  readonly #rules: DropRules

  constructor(folder: Folder, rules: DropRules) {
    this.#folder = folder
    this.#rules = rules
  }

  async put(name: string, body: Uint8Array): Promise<DropOutcome> {
    const temporary = temporaryName(name)
    try {
      if ((await this.#folder.find(name)) !== undefined) return await this.#compared(name, body)
      await this.#folder.write(temporary, body)
    } catch (error) {
      return { outcome: 'not_sent', code: codeOf(error) }
    }
    return this.#named(temporary, name, body)
  }

  /** What lies under the name, for somebody who is in doubt. */
  async look(name: string, bytesMost: number): Promise<Uint8Array | undefined> {
    try {
      return await this.#folder.read(name, bytesMost)
    } catch (error) {
      if (isFailure(error, 'MISSING')) return undefined
      throw error
    }
  }

  close(): Promise<void> {
    return this.#folder.close()
  }

  async #named(temporary: string, name: string, body: Uint8Array): Promise<DropOutcome> {
    try {
      await this.#folder.rename(temporary, name)
    } catch (error) {
      if (isFailure(error, 'EXISTS')) return this.#compared(name, body).catch(doubt)
      return error instanceof FolderFailure && !error.wire ? { outcome: 'not_sent', code: error.code } : doubt(error)
    }
    return this.#accompanied(name)
  }

  /** The document is there. A companion that fails is written by the next attempt, which finds the document. */
  async #accompanied(name: string, outcome: 'stored' | 'present' = 'stored'): Promise<DropOutcome> {
    const { companion } = this.#rules
    try {
      if (companion !== undefined && (await this.#folder.find(name + companion)) === undefined)
        await this.#folder.write(name + companion, new Uint8Array())
      return { outcome }
    } catch (error) {
      return { outcome: 'not_sent', code: codeOf(error) }
    }
  }

  async #compared(name: string, body: Uint8Array): Promise<DropOutcome> {
    const found = await this.look(name, body.length).catch((error: unknown) => {
      if (isFailure(error, 'TOO_LARGE')) return undefined
      throw error
    })
    if (found === undefined || Buffer.compare(found, body) !== 0) return { outcome: 'taken' }
    return this.#accompanied(name, 'present')
  }
}

/** The same for each attempt at a document, so that an interrupted one is written over by the next. */
export function temporaryName(name: string): string {
  return `.${name}.part`
}

function doubt(error: unknown): DropOutcome {
  return { outcome: 'unknown', code: codeOf(error) }
}

function codeOf(error: unknown): string {
  return error instanceof FolderFailure ? error.code : 'UNKNOWN'
}
