import { request } from 'undici'

/** The shop as its own pages speak to it: for placing orders, and for counting what is there at the end. */
export class ShopClient {
  readonly #url: string
  #token: string | undefined

  /** `url` is that of one of its APIs. */
  constructor(url: string) {
    this.#url = url
  }

  /** The data of an answer. Throws what the shop says instead. */
  async ask<T>(query: string, variables: object = {}): Promise<T> {
    const { headers, body } = await request(this.#url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
      },
      body: JSON.stringify({ query, variables }),
    })
    const token = headers['vendure-auth-token']
    if (typeof token === 'string' && token !== '') this.#token = token
    const answer = (await body.json()) as { data?: T; errors?: unknown }
    if (answer.errors !== undefined || answer.data === undefined)
      throw new Error(`the shop says: ${JSON.stringify(answer.errors)}`)
    return answer.data
  }

  /** The same for one field with a union of a result and errors. Throws the error. */
  async change<T>(name: string, query: string, variables: object = {}): Promise<T> {
    const data = await this.ask<Readonly<Record<string, T & { errorCode?: string; message?: string }>>>(
      query,
      variables,
    )
    const result = data[name]
    if (result === undefined || result.errorCode !== undefined)
      throw new Error(`${name}: ${result?.errorCode ?? 'nothing'} ${result?.message ?? ''}`)
    return result
  }
}
