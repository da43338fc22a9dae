import { hash } from 'node:crypto'
import { InterlineError } from '../base/errors.ts'
import { keyNameOf, type NamedKey, openText, sealText } from './sealed-text.ts'

const keyBytes = 32

/** Keys that seal the keys of tenants, and are never in the database: the first one seals, all of them open. */
export class MasterKeys {
  readonly #keys: readonly [NamedKey, ...NamedKey[]]

  /** Each 32 bytes in base64, with spaces, commas or lines between. Throws MASTER_KEY_UNUSABLE. */
  constructor(text: string) {
    const [first, ...others] = text
      .split(/[\s,]+/)
      .filter((one) => one !== '')
      .map(readKey)
    if (first === undefined) throw new InterlineError('MASTER_KEY_UNUSABLE', { bytes: 0 })
    this.#keys = [first, ...others]
  }

  /** Name of the key that seals: the start of its SHA-256. */
  get current(): string {
    return this.#keys[0].name
  }

  get names(): readonly string[] {
    return this.#keys.map(({ name }) => name)
  }

  /** Of a data key. `place` binds it to its row. */
  seal(key: Uint8Array, place: string): string {
    return sealText(this.#keys[0], Buffer.from(key).toString('base64url'), place)
  }

  /** Undefined without the master key that sealed it, or when it was changed or moved. */
  open(sealed: string, place: string): Uint8Array | undefined {
    const name = keyNameOf(sealed)
    const master = this.#keys.find((one) => one.name === name)
    const text = master === undefined ? undefined : openText(master, sealed, place)
    return text === undefined ? undefined : Buffer.from(text, 'base64url')
  }
}

function readKey(text: string): NamedKey {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== keyBytes) throw new InterlineError('MASTER_KEY_UNUSABLE', { bytes: bytes.length })
  return { name: `mk_${hash('sha256', bytes, 'hex').slice(0, 12)}`, bytes }
}
