import { randomBytes } from 'node:crypto'
import { shortHash } from '../../base/sha256.ts'
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
 * in one step. Nothing is written over. Only an answer that is lost on that last step leaves a doubt. What a line that was given up
 * still delivers must meet nothing of the next attempt: each has temporary names of its own, and begins by removing those before it.
 */
export class Drop {
  readonly #folder: Folder
  readonly #rules: DropRules
  /** Temporary names of attempts that ended badly. */
  readonly #left = new Set<string>()
  #isSwept = false

  constructor(folder: Folder, rules: DropRules) {
    this.#folder = folder
    this.#rules = rules
  }

  async put(document: string, body: Uint8Array): Promise<DropOutcome> {
    const { envelope } = this.#rules
    const name = `${document}${envelope?.ending ?? ''}`
    const attempt = new Attempt()
    const outcome = await this.#attempted(attempt, name, body)
    if (outcome.outcome === 'stored') await this.#sweep()
    else for (const one of attempt.names) this.#leave(one)
    return outcome
  }

  async #attempted(attempt: Attempt, name: string, body: Uint8Array): Promise<DropOutcome> {
    const { envelope } = this.#rules
    const temporary = attempt.temporaryName(name)
    try {
      await this.#removeLeft()
      if ((await this.#folder.find(name)) !== undefined) return await this.#compared(name, body)
      const sealed = envelope === undefined ? body : await envelope.seal(body)
      attempt.names.push(temporary)
      await this.#folder.write(temporary, sealed)
      if (envelope?.signature !== undefined)
        await this.#writeSignature(attempt, name, await envelope.signature.of(sealed))
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
  async #writeSignature(attempt: Attempt, name: string, signature: Uint8Array): Promise<void> {
    const beside = `${name}${this.#rules.envelope?.signature?.ending ?? ''}`
    const temporary = attempt.temporaryName(beside)
    attempt.names.push(temporary)
    await this.#folder.write(temporary, signature)
    await this.#folder.rename(temporary, beside, { replace: true })
  }

  #leave(temporary: string): void {
    this.#left.add(temporary)
    const [oldest] = this.#left
    if (this.#left.size > leftMost && oldest !== undefined) this.#left.delete(oldest)
  }

  /**
   * Also so that a renaming that is still on its way finds nothing. What cannot be removed stays until the next attempt; on a line that is
   * down for one of them nobody waits for each of the others.
   */
  async #removeLeft(): Promise<void> {
    for (const temporary of this.#left) {
      const removed = await this.#removed(temporary)
      if (removed === 'line down') return
      if (removed === 'gone') this.#left.delete(temporary)
    }
  }

  /** Once in the life of a drop, what earlier ones left for longer than a day by the clock of the server. */
  async #sweep(): Promise<void> {
    if (this.#isSwept) return
    this.#isSwept = true
    // A folder that shows nobody what is in it keeps what is left.
    const listed = await this.#folder.list('').catch(() => [])
    const newest = listed.reduce((most, { modifiedAt }) => Math.max(most, modifiedAt), 0)
    for (const { name, modifiedAt } of listed)
      if (isTemporaryName(name) && modifiedAt > 0 && modifiedAt < newest - dayMs)
        if ((await this.#removed(name)) === 'line down') return
  }

  async #removed(temporary: string): Promise<'gone' | 'refused' | 'line down'> {
    try {
      await this.#folder.remove(temporary)
      return 'gone'
    } catch (error) {
      if (isFailure(error, 'MISSING')) return 'gone'
      return isFailure(error, 'CLOSED', 'TIMEOUT', 'UNREACHABLE') ? 'line down' : 'refused'
    }
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

/** The temporary names of one attempt; another attempt at the same document has others. */
class Attempt {
  readonly #token = randomBytes(6).toString('hex')
  /** Those that may be there. */
  readonly names: string[] = []

  temporaryName(name: string): string {
    return `.${Buffer.byteLength(name) > 200 ? shortHash(name) : name}.${this.#token}.part`
  }
}

function isTemporaryName(name: string): boolean {
  return /^\..+\.[0-9a-f]{12}\.part$/.test(name)
}

const leftMost = 100
const dayMs = 86_400_000

function doubt(error: unknown): DropOutcome {
  return { outcome: 'unknown', code: codeOf(error) }
}

function codeOf(error: unknown): string {
  return error instanceof FolderFailure || error instanceof PgpFailure ? error.code : 'UNKNOWN'
}

/** Keys and signatures around a document. */
const sealMost = 1_000_000
