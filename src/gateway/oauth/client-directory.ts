import type { ApiClient, Clients } from '../../registry/clients.ts'

/** Another instance notices within this that a client was revoked; the one that revoked it at once. */
const heldMs = 5000

/** Clients of tokens, kept for a few seconds: a look-up per request would cost more than the request. */
export class ClientDirectory {
  readonly #clients: Pick<Clients, 'get'>
  readonly #used: (id: string) => void
  readonly #known = new Map<string, { readonly client: ApiClient | undefined; readonly until: number }>()

  constructor(clients: Pick<Clients, 'get'>, used: (id: string) => void) {
    this.#clients = clients
    this.#used = used
  }

  /** At once for one that was asked for lately. Undefined for one that there is not, or not any more. */
  find(id: string, now: number): ApiClient | undefined | Promise<ApiClient | undefined> {
    const known = this.#known.get(id)
    return known === undefined || known.until < now ? this.#ask(id, now) : known.client
  }

  forget(): void {
    this.#known.clear()
  }

  async #ask(id: string, now: number): Promise<ApiClient | undefined> {
    const found = await this.#clients.get(id)
    const client = found?.revokedAt === undefined ? found : undefined
    if (this.#known.size > 10_000) this.#known.clear()
    this.#known.set(id, { client, until: now + heldMs })
    if (client !== undefined) this.#used(client.id)
    return client
  }
}
