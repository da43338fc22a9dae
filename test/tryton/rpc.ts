import { request } from 'undici'

/** Tryton said no: kind and words, as it wrote them. */
export class TrytonRefusal extends Error {
  readonly said: readonly unknown[]

  constructor(method: string, said: readonly unknown[]) {
    super(`${method}: ${JSON.stringify(said).slice(0, 2000)}`)
    this.said = said
  }
}

/** The ERP as its own client speaks to it: for preparing data and for counting what is there at the end. */
export class TrytonClient {
  readonly #url: string
  #authorization = ''
  /** What every call says about company and language. */
  context: Readonly<Record<string, unknown>> = {}

  constructor(url: string) {
    this.#url = url
  }

  async login(user: string, password: string): Promise<void> {
    this.#authorization = ''
    const [uid, key] = (await this.call('common.db.login', user, { password }, 'en')) as [number, string]
    this.#authorization = `Session ${Buffer.from(`${user}:${uid}:${key}`).toString('base64')}`
  }

  /** Throws TrytonRefusal; any other Error where nobody answered. */
  async call(method: string, ...params: readonly unknown[]): Promise<unknown> {
    const { statusCode, body } = await request(this.#url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#authorization === '' ? {} : { authorization: this.#authorization }),
      },
      body: JSON.stringify({ id: 1, method, params }),
    })
    const text = await body.text()
    if (statusCode !== 200) throw new Error(`${method}: ${statusCode} ${text.slice(0, 300)}`)
    const answer = JSON.parse(text) as { result?: unknown; error?: readonly unknown[] }
    if (answer.error !== undefined) throw new TrytonRefusal(method, answer.error)
    return answer.result
  }

  /** A method of a model, with the context of this client behind its parameters. */
  model<T = unknown>(name: string, method: string, ...params: readonly unknown[]): Promise<T> {
    return this.call(`model.${name}.${method}`, ...params, this.context) as Promise<T>
  }

  async create(name: string, values: object): Promise<number> {
    const [id] = await this.model<number[]>(name, 'create', [values])
    if (id === undefined) throw new Error(`${name} was not created`)
    return id
  }

  find<T = Row>(name: string, domain: readonly unknown[], fields: readonly string[]): Promise<T[]> {
    return this.model<T[]>(name, 'search_read', domain, 0, 1000, [['id', 'ASC']], fields)
  }
}

export type Row = Readonly<Record<string, unknown>> & { readonly id: number }

export function decimal(value: string): unknown {
  return { __class__: 'Decimal', decimal: value }
}

/** `2026-03-31` as Tryton writes dates. */
export function date(text: string): unknown {
  const [year, month, day] = text.split('-').map(Number)
  return { __class__: 'date', year, month, day }
}
