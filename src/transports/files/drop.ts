import { PgpFailure } from '../pgp/failure.ts'
import { type Folder, FolderFailure, isFailure } from './folder.ts'

/** How documents are put into a partner's folder. */
export interface DropRules {
  /** Ending of an empty file that is written after the document; undefined writes none. */
  readonly companion: string | undefined
  /** What is put around a document before it leaves; undefined leaves it open. */
  readonly envelope?: Envelope | undefined
}

/** Seals documents. The same document never makes the same bytes twice, so what lies there is compared by what it holds. */
export interface Envelope {
  /** Behind the name of the document, like `.pgp`. */
  readonly ending: string
  /** Throws an error with a code where it cannot be sealed. */
  readonly seal: (content: Uint8Array) => Promise<Uint8Array>
  /** Ending of a signature beside what lies there, and how it is made; absent: the signature is within, or there is none. */
  readonly signature?: { readonly ending: string; readonly of: (sealed: Uint8Array) => Promise<Uint8Array> }
  /** Undefined where nobody here can look into it. */
  readonly holds: (sealed: Uint8Array, content: Uint8Array) => Promise<boolean | undefined>
  readonly close: () => Promise<void>
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

  async put(document: string, body: Uint8Array): Promise<DropOutcome> {
    const { envelope } = this.#rules
    const name = `${document}${envelope?.ending ?? ''}`
    const temporary = temporaryName(name)
    try {
      if ((await this.#folder.find(name)) !== undefined) return await this.#compared(name, body)
      const sealed = envelope === undefined ? body : await envelope.seal(body)
      await this.#folder.write(temporary, sealed)
      if (envelope?.signature !== undefined) await this.#writeSignature(name, sealed, envelope.signature)
    } catch (error) {
      return { outcome: 'not_sent', code: codeOf(error) }
    }
    return this.#named(temporary, name, body)
  }

  /** What lies under the name, for somebody who is in doubt. */
  async look(name: string, bytesMost: number): Promise<Uint8Array | undefined> {
    try {
      return await this.#folder.read(`${name}${this.#rules.envelope?.ending ?? ''}`, bytesMost)
    } catch (error) {
      if (isFailure(error, 'MISSING')) return undefined
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#folder.close()
    await this.#rules.envelope?.close()
  }

  /** Before its document, so that nobody sees one without it; over that of an attempt that ended between the two. */
  async #writeSignature(
    name: string,
    sealed: Uint8Array,
    signature: NonNullable<Envelope['signature']>,
  ): Promise<void> {
    const beside = `${name}${signature.ending}`
    await this.#folder.write(temporaryName(beside), await signature.of(sealed))
    await this.#folder.rename(temporaryName(beside), beside, { replace: true })
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
    const { envelope } = this.#rules
    const bytesMost = envelope === undefined ? body.length : body.length * 2 + sealMost
    const found = await this.#folder.read(name, bytesMost).catch((error: unknown) => {
      if (isFailure(error, 'TOO_LARGE', 'MISSING')) return undefined
      throw error
    })
    if (found === undefined) return { outcome: 'taken' }
    const isSame = envelope === undefined ? Buffer.compare(found, body) === 0 : await envelope.holds(found, body)
    return isSame === true ? this.#accompanied(name, 'present') : { outcome: 'taken' }
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
  return error instanceof FolderFailure || error instanceof PgpFailure ? error.code : 'UNKNOWN'
}

/** Keys and signatures around a document. */
const sealMost = 1_000_000
