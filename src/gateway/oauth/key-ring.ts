import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { SealedPlace, Sealing } from '../../registry/sealing.ts'
import type { SigningKey, SigningKeys } from '../../registry/signing-keys.ts'
import { newId } from '../access/key.ts'

/** Signature of our tokens: the one that every library knows and whose keys are small. */
export const tokenAlgorithm = 'ES256'
/** A key signs for so long; then the next one does. */
const lifeMs = 30 * 86_400_000
/** A new key is published for so long before it signs: others have read the set by then. */
const ripenMs = 10 * 60_000
/** What it signed has ended by then. */
const afterlifeMs = 3_600_000
/** Other instances see a new key within this. */
const readAgainMs = 30_000
const makeKeys = promisify(generateKeyPair)

interface RingOptions {
  readonly keys: SigningKeys
  readonly sealing: Sealing
  readonly now: () => number
  readonly randomBytes: (count: number) => Uint8Array
}

/** The keys of our tokens: made when first needed, replaced after 30 days, published before they sign and until nothing is left that they signed. */
export class KeyRing {
  readonly #options: RingOptions
  #held: readonly SigningKey[] = []
  #readAt = Number.NEGATIVE_INFINITY

  constructor(options: RingOptions) {
    this.#options = options
  }

  /** Public halves as JWK, the oldest first; two while a rotation is under way. */
  async published(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return (await this.#keep()).map(({ publicKey }) => publicKey)
  }

  /** The public half of a key; undefined when nobody published it. */
  async find(id: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const known = (await this.#keep()).find((key) => key.id === id)
    // Another instance may have made it this moment; who sends made-up ids must not make us read each time.
    if (known !== undefined || this.#options.now() - this.#readAt < 1000) return known?.publicKey
    return (await this.#read()).find((key) => key.id === id)?.publicKey
  }

  /** The key that signs now: the newest that is published for long enough, else the oldest. */
  async signing(): Promise<{ readonly id: string; readonly key: KeyObject }> {
    const { now } = this.#options
    const usable = await this.#openedOf(await this.#keep())
    const ripe = usable.filter(({ createdAt }) => createdAt <= now() - ripenMs)
    const chosen = ripe.at(-1) ?? usable[0]
    if (chosen !== undefined) return chosen
    await this.#make()
    const made = (await this.#openedOf(await this.#read())).at(-1)
    if (made === undefined) throw new Error('a signing key that was made cannot be opened')
    return made
  }

  async #keep(): Promise<readonly SigningKey[]> {
    const { now } = this.#options
    if (now() - this.#readAt < readAgainMs && this.#held.length > 0) return this.#held
    const keys = await this.#read()
    const newest = keys.at(-1)
    if (newest !== undefined && newest.createdAt > now() - lifeMs) return this.#forget(keys)
    await this.#make()
    return this.#read()
  }

  /** Removes those whose successor has been signing for so long that nothing of theirs counts any more. */
  async #forget(keys: readonly SigningKey[]): Promise<readonly SigningKey[]> {
    const over = this.#options.now() - ripenMs - afterlifeMs
    const gone = keys.filter((_, at) => (keys[at + 1]?.createdAt ?? Number.POSITIVE_INFINITY) < over)
    if (gone.length === 0) return keys
    await this.#options.keys.remove(gone.map(({ id }) => id))
    return this.#read()
  }

  async #make(): Promise<void> {
    const { keys, sealing, randomBytes } = this.#options
    const id = newId('sig', randomBytes)
    const { publicKey, privateKey } = await makeKeys('ec', { namedCurve: 'P-256' })
    const publicJwk = { ...publicKey.export({ format: 'jwk' }), kid: id, use: 'sig', alg: tokenAlgorithm }
    const sealedKey = await sealing.seal(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), placeOf(id))
    await keys.add({ id, publicKey: publicJwk, sealedKey })
  }

  async #read(): Promise<readonly SigningKey[]> {
    this.#held = await this.#options.keys.list()
    this.#readAt = this.#options.now()
    return this.#held
  }

  /** Without those that do not open here: an instance with another master key made them. That one signs with them, all publish them. */
  async #openedOf(keys: readonly SigningKey[]): Promise<readonly Opened[]> {
    const opened = await Promise.all(
      keys.map(async ({ id, sealedKey, createdAt }) => {
        const pem = await this.#options.sealing.open(sealedKey, placeOf(id))
        return pem === undefined ? [] : [{ id, key: createPrivateKey(pem), createdAt }]
      }),
    )
    return opened.flat()
  }
}

interface Opened {
  readonly id: string
  readonly key: KeyObject
  readonly createdAt: number
}

function placeOf(id: string): SealedPlace {
  return { tenant: '', table: 'signing_key', column: 'sealed_key', ids: [id] }
}
