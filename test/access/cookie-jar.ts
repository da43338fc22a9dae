import { request } from 'undici'

/** An answer as a browser gets it. */
export interface Landed {
  readonly url: string
  readonly status: number
  readonly location: string | undefined
  readonly text: string
  readonly setCookies: readonly string[]
}

let jars = 0

/** What a browser does with addresses and cookies, without what it does with pages. */
export class CookieJar {
  readonly #cookies = new Map<string, Map<string, string>>()
  /** Attempts are counted for an address; each jar comes from its own, as a proxy says. */
  readonly #address = `2001:db8::${(++jars).toString(16)}`

  /** One request, without following where it leads. */
  async go(address: string, more: { readonly form?: Readonly<Record<string, string>> } = {}): Promise<Landed> {
    const { origin } = new URL(address)
    const own = this.#cookies.get(origin) ?? new Map<string, string>()
    this.#cookies.set(origin, own)
    const form = more.form === undefined ? undefined : new URLSearchParams(more.form).toString()
    const { statusCode, headers, body } = await request(address, {
      method: form === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'text/html,*/*;q=0.8',
        'x-forwarded-for': this.#address,
        ...(own.size === 0 ? {} : { cookie: [...own].map((pair) => pair.join('=')).join('; ') }),
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      body: form ?? null,
    })
    const setCookies = [headers['set-cookie'] ?? []].flat()
    for (const cookie of setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) own.delete(name)
      else own.set(name, value)
    }
    const { location } = headers
    const target = typeof location === 'string' ? new URL(location, address).href : undefined
    return { url: address, status: statusCode, location: target, text: await body.text(), setCookies }
  }

  /** Follows until somebody answers with a page, or `stop` says that it is far enough. */
  async follow(address: string, stop: (url: string) => boolean = () => false): Promise<Landed> {
    let landed = await this.go(address)
    for (let hops = 0; landed.location !== undefined && hops < 20; hops++) {
      if (stop(landed.location)) return landed
      landed = await this.go(landed.location)
    }
    return landed
  }

  cookie(origin: string, name: string): string | undefined {
    return this.#cookies.get(origin)?.get(name)
  }

  /** Takes a cookie that somebody else has given. */
  keep(origin: string, name: string, value: string): void {
    const own = this.#cookies.get(origin) ?? new Map<string, string>()
    this.#cookies.set(origin, own.set(name, value))
  }
}
