import type { OpenedSession } from '../../connectors/kit/connector.ts'
import type { Connection } from '../connection.ts'

/** Why there is no session: what the exchange reports instead of an answer. */
export type Opening<F> = OpenedSession | { readonly failed: F }

/**
 * Sessions that this process has open, one for each connection: several requests that come at once wait for one login, because a
 * system that is asked to log in too often lets nobody in. Another declaration of the connection is another session.
 */
export class Sessions<F> {
  readonly #open = new Map<string, { readonly connection: Connection; readonly opening: Promise<Opening<F>> }>()

  async get(connection: Connection, open: () => Promise<Opening<F>>): Promise<Opening<F>> {
    const known = this.#open.get(connection.id)
    if (known?.connection === connection) return known.opening
    const opening = open()
    const entry = { connection, opening }
    this.#open.set(connection.id, entry)
    const opened = await opening.catch((error: unknown) => {
      this.#forget(connection.id, entry)
      throw error
    })
    // Whoever comes next tries again; who waited here has the same answer.
    if ('refused' in opened || 'failed' in opened) this.#forget(connection.id, entry)
    return opened
  }

  /** The target says that it is over. Another one that was opened meanwhile stays. */
  async end(connection: Connection, over: OpenedSession): Promise<void> {
    const known = this.#open.get(connection.id)
    if (known !== undefined && (await known.opening.catch(() => undefined)) === over) this.#forget(connection.id, known)
  }

  #forget(id: string, entry: object): void {
    if (this.#open.get(id) === entry) this.#open.delete(id)
  }
}
