import { createDecipheriv, hash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InterlineError } from '../../base/errors.ts'
import type { OlderSealing } from '../../registry/data-keys.ts'
import { MasterKeys } from '../../registry/master-keys.ts'
import type { Queryable } from '../../registry/queryable.ts'
import { writePrivate } from '../start/data-directory.ts'

/** Where the master keys come from: the settings, which may name a file, or a file in the data directory that the first start makes. */
export class MasterKeySource {
  readonly #given: string
  readonly #path: string
  readonly #givenIn: string | undefined

  /** `givenIn` is the file that the settings name, where they name one. */
  constructor(given: string, directory: string, givenIn?: string) {
    this.#given = given
    this.#givenIn = givenIn
    this.#path = join(directory, 'master.key')
  }

  /** Whether the hub keeps the key itself, and so can replace it. */
  get isOwn(): boolean {
    return this.#given === ''
  }

  /**
   * The keys as they are now. A new one is made only for a database that has nothing sealed yet: another key would open nothing of it.
   * Throws MASTER_KEY_MISSING, MASTER_KEY_UNUSABLE.
   */
  async open(database: Queryable): Promise<MasterKeys> {
    if (!this.isOwn) return new MasterKeys(this.#given)
    if (!existsSync(this.#path)) {
      const { rows } = await database.query('SELECT 1 FROM data_key LIMIT 1', [])
      if (rows.length > 0) throw new InterlineError('MASTER_KEY_MISSING', { path: this.#path })
      this.#write([newKey()])
    }
    return new MasterKeys(this.#read().join(' '))
  }

  /** The keys as their file says by now; undefined without a file, or while nothing can be read of it: then those that are known stay. */
  now(): MasterKeys | undefined {
    const path = this.isOwn ? this.#path : this.#givenIn
    if (path === undefined) return undefined
    try {
      return new MasterKeys(readFileSync(path, 'utf8'))
    } catch {
      // Whoever asks says what does not open, which is what somebody has to know.
      return undefined
    }
  }

  /** Puts a new key in front of those of the file: all of them open. */
  add(): MasterKeys {
    this.#write([newKey(), ...this.#read()])
    return new MasterKeys(this.#read().join(' '))
  }

  /** Forgets all but the first, once nothing is sealed by them. */
  trim(): void {
    const [first, ...others] = this.#read()
    if (first !== undefined && others.length > 0) this.#write([first])
  }

  #read(): readonly string[] {
    return readFileSync(this.#path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
  }

  #write(keys: readonly string[]): void {
    writePrivate(this.#path, keys.map((key) => `${key}\n`).join(''))
  }
}

function newKey(): string {
  return randomBytes(32).toString('base64')
}

/** Opens what releases before sealed, with the one key that they had; undefined where there is none. Throws MASTER_KEY_UNUSABLE. */
export function olderSealing(given: string, directory: string): OlderSealing | undefined {
  const path = join(directory, 'seal.key')
  const text = given === '' && existsSync(path) ? readFileSync(path, 'utf8').trim() : given
  if (text === '') return undefined
  const key = Buffer.from(text, 'base64')
  if (key.length !== 32) throw new InterlineError('MASTER_KEY_UNUSABLE', { bytes: key.length })
  const name = hash('sha256', key, 'base64url').slice(0, 8)
  return (sealed, place) => {
    const [version, by, nonce = '', content = ''] = sealed.split('.')
    if (version !== 'v1' || by !== name) return undefined
    const bytes = Buffer.from(content, 'base64url')
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 })
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(-16))
      return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8')
    } catch {
      // Changed or moved: it opens for nobody.
      return undefined
    }
  }
}
