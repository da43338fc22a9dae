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
    return (await this.#call('POST', path, { body, headers: { 'idempotency-key': once } })).said
  }

  /**
   * The secret of the one subscription to `url`: an earlier one to the same path of this machine is moved here, so that what it is owed comes.
   * Throws where the hub refuses.
   */
  async subscribe({ url, types, once }: { url: string; types: readonly string[]; once: string }): Promise<string> {
    const { said } = await this.#call('GET', '/v1/subscriptions?limit=200')
    const { data } = said as { readonly data: readonly { readonly id: string; readonly url: string }[] }
    const earlier = data.find((one) => new URL(one.url).hostname === '127.0.0.1' && pathOf(one.url) === pathOf(url))
    if (earlier === undefined) return secretIn(await this.ask('/v1/subscriptions', { body: { url, types }, once }))
    const { etag } = await this.#call('GET', `/v1/subscriptions/${earlier.id}`)
    await this.#call('PATCH', `/v1/subscriptions/${earlier.id}`, { body: { url }, headers: { 'if-match': etag } })
    // Nobody has kept the old one.
    return secretIn(await this.ask(`/v1/subscriptions/${earlier.id}/rotate?overlapHours=0`, { body: undefined, once }))
  }

  async #call(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    { body, headers = {} }: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<{ readonly said: unknown; readonly etag: string }> {
    const answer = await request(`${this.#hub}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const said: unknown = await answer.body.json()
    if (answer.statusCode >= 300) throw new Error(`the hub answered ${path} with ${answer.statusCode}`)
    return { said, etag: String(answer.headers.etag ?? '') }
  }
}

function pathOf(url: string): string {
  return new URL(url).pathname
}

function secretIn(answer: unknown): string {
  return (answer as { readonly secret: string }).secret
}
