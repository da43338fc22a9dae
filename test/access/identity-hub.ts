import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, type HubAnswer, HubProcess } from '../hub-process.ts'
import { CookieJar, type Landed } from './cookie-jar.ts'

export const password = 'four green trams at dawn'

/** A hub with identity providers, and people who come in by them. */
export class IdentityHub {
  readonly hub: HubProcess

  /** `providers` gets the address that the hub will have. */
  static async start(
    providers: (url: string) => Promise<readonly object[]> | readonly object[],
    environment: Readonly<Record<string, string>> = {},
    network: object = {},
  ): Promise<IdentityHub> {
    const port = await freePort()
    const declared = await providers(`http://127.0.0.1:${port}`)
    const hub = await HubProcess.start({
      network: { ...network, identityProviders: declared },
      environment: {
        INTERLINE_PORT: String(port),
        INTERLINE_ALLOWED_PRIVATE_RANGES: '127.0.0.1/32',
        INTERLINE_TRUSTED_PROXIES: '127.0.0.1/32',
        ...environment,
      },
    })
    return new IdentityHub(hub)
  }

  private constructor(hub: HubProcess) {
    this.hub = hub
  }

  stop(): Promise<void> {
    return this.hub.stop()
  }

  /** The first administrator comes by the link, with a password. */
  async firstAdministrator(email: string): Promise<HubAnswer> {
    const token = readFileSync(join(this.hub.directory, 'welcome.link'), 'utf8').trim().split('#')[1]
    const json = { token, email, name: 'Ada Berg', password }
    return this.hub.call('POST', '/v1/welcome', { json, headers: { authorization: '' } })
  }

  async invite(email: string, roles: readonly string[] = ['viewer']): Promise<string> {
    const answer = await this.hub.call('POST', '/v1/people', { json: { email, name: email.split('@')[0], roles } })
    return (answer.json() as { id: string }).id
  }

  /** Who the browser is here; undefined when it is nobody. */
  async who(jar: CookieJar): Promise<Readonly<Record<string, unknown>> | undefined> {
    const answer = await this.as(jar, 'GET', '/v1/session')
    return answer.status === 200 ? (answer.json() as Readonly<Record<string, unknown>>) : undefined
  }

  /** A request of a page in this browser. */
  as(jar: CookieJar, method: 'GET' | 'POST' | 'DELETE', path: string, json?: unknown): Promise<HubAnswer> {
    const session = jar.cookie(this.hub.url, '__Host-interline') ?? ''
    return this.hub.call(method, path, {
      ...(json === undefined ? {} : { json }),
      headers: {
        authorization: '',
        cookie: `__Host-interline=${session}`,
        origin: this.hub.url,
        'x-interline-page': '1',
      },
    })
  }

  async person(email: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const { data } = (await this.hub.call('GET', '/v1/people?limit=200')).json() as {
      data: readonly Readonly<Record<string, unknown>>[]
    }
    return data.find((one) => one['email'] === email)
  }

  /** Through the page of the issuer, where somebody types who they are, and back into the tower. */
  async signIn(provider: string, account: string, jar = new CookieJar()): Promise<{ jar: CookieJar; landed: Landed }> {
    const page = await jar.follow(`${this.hub.url}/v1/sign-in/${provider}`, (url) => this.#isTower(url))
    if (!page.url.includes('/interaction/')) return { jar, landed: page }
    const typed = await jar.go(page.url, { form: { account } })
    return { jar, landed: await jar.follow(typed.location ?? '', (url) => this.#isTower(url)) }
  }

  /** Begins at the hub and stops before the issuer: what the browser was told to bring there. */
  async begin(provider: string, jar = new CookieJar()): Promise<{ jar: CookieJar; asked: URLSearchParams }> {
    const { location = '' } = await jar.go(`${this.hub.url}/v1/sign-in/${provider}`)
    return { jar, asked: new URL(location).searchParams }
  }

  /** Comes back with what an issuer, or somebody else, has said. */
  back(provider: string, jar: CookieJar, said: Readonly<Record<string, string>>): Promise<Landed> {
    const query = new URLSearchParams(said).toString()
    return jar.go(`${this.hub.url}/v1/sign-in/${provider}/callback?${query}`)
  }

  #isTower(url: string): boolean {
    return url.startsWith(this.hub.url) && !url.startsWith(`${this.hub.url}/v1/`)
  }
}

/** The code with which the sign-in screen says why nobody came in; undefined for somebody who did. */
export function refusedWith({ location }: Landed): string | undefined {
  return new URL(location ?? 'http://nowhere/').searchParams.get('refused') ?? undefined
}
