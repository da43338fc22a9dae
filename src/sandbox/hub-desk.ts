import { request } from 'undici'

/** What an administrator would do at a hub before the simulated network can live in it. */
export class HubDesk {
  readonly #hub: string
  readonly #key: string

  constructor({ hub, key }: { readonly hub: string; readonly key: string }) {
    this.#hub = hub
    this.#key = key
  }

  /** The body of a good answer. Throws where the hub refuses. */
  async ask(path: string, { body, once }: { readonly body: unknown; readonly once: string }): Promise<unknown> {
    const answer = await request(`${this.#hub}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.#key}`,
        'content-type': 'application/json',
        'idempotency-key': once,
      },
      body: JSON.stringify(body),
    })
    const said: unknown = await answer.body.json()
    if (answer.statusCode >= 300) throw new Error(`the hub answered ${path} with ${answer.statusCode}`)
    return said
  }
}
