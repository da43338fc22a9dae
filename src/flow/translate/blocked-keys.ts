import { holdsItsKey, type NewPark } from '../../backbone/step.ts'
import type { Tenure } from '../tenure.ts'
import { blockKey } from './translation.ts'

interface Blocking {
  /** The offset up to which messages were planned when the key was blocked. */
  readonly planned: number
}

/**
 * The keys (`blockKey`) of one partition of the inbox of which a message is parked: what comes later of them waits behind it. A key is
 * here as soon as the step that parks is planned, or what is planned while that is on its way to the database would overtake; and it may
 * go only by what was read of the parked messages after that step came through.
 */
export class BlockedKeys {
  readonly #keys: Map<string, Blocking>

  constructor(stored: Iterable<string> = []) {
    this.#keys = new Map(Iterator.from(stored).map((key) => [key, { planned: -1 }]))
  }

  has(key: string): boolean {
    return this.#keys.has(key)
  }

  keys(): IterableIterator<string> {
    return this.#keys.keys()
  }

  /** Call it once the fence of the step is planned. */
  add(parks: readonly NewPark[], { planned }: Tenure): void {
    for (const park of parks) {
      const key = holdsItsKey(park) ? blockKey(park) : undefined
      if (key !== undefined) this.#keys.set(key, { planned })
    }
  }

  /** Call it before the parked messages are read: what it returns forgets the key, where that is still all there is to know of it. */
  forgetter(key: string, { committed }: Tenure): () => void {
    const blocking = this.#keys.get(key)
    return () => {
      if (blocking !== undefined && blocking.planned <= committed && this.#keys.get(key) === blocking)
        this.#keys.delete(key)
    }
  }
}
