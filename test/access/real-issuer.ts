import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { onLoopback } from './on-loopback.ts'

/** Somebody who has an account at the issuer. */
export interface Account {
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
  readonly groups?: readonly string[]
  /** How they prove themselves there. */
  readonly amr?: readonly string[]
}

/** What the tests use of the package beside what the hub does. */
interface RealProvider {
  on(event: 'backchannel.error', told: (context: unknown, error: Error) => void): this
  callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
  interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>
  readonly Grant: new (
    of: object,
  ) => { addOIDCScope(scope: string): void; addOIDCClaims(claims: string[]): void; save(): Promise<string> }
}
interface Interaction {
  readonly prompt: { readonly name: string }
  readonly params: { readonly client_id: string }
  readonly session?: { readonly accountId: string }
}

/** A certified issuer in this process, with a page to sign in that a keyboard can use. */
export class RealIssuer {
  readonly url: string
  /** By what is typed into its page. */
  readonly accounts = new Map<string, Account>()
  /** What it could not tell the hub. */
  readonly faults: string[] = []
  readonly #server: Server

  static async start(client: object): Promise<RealIssuer> {
    const server = createServer()
    const url = await onLoopback(server)
    const issuer = new RealIssuer(url, server)
    const { Provider } = (await import('oidc-provider' as string)) as {
      Provider: new (url: string, configuration: object) => RealProvider
    }
    const provider = new Provider(url, issuer.#configuration(client))
    provider.on('backchannel.error', (_context, error) => issuer.faults.push(String(error)))
    const serve = provider.callback()
    server.on('request', (request, response) => {
      const work = request.url?.startsWith('/interaction/')
        ? issuer.#interact(provider, request, response)
        : serve(request, response)
      work.catch((error: unknown) => response.writeHead(500).end(String(error)))
    })
    return issuer
  }

  private constructor(url: string, server: Server) {
    this.url = url
    this.#server = server
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #configuration(client: object): object {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const key = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' }
    return {
      clients: [client],
      jwks: { keys: [key] },
      cookies: { keys: [randomUUID()] },
      claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
      scopes: ['openid', 'email', 'profile', 'groups'],
      // Its own dispatcher reaches no loopback, and the hub of a test is there.
      fetch: (url: string, { method, headers, body, redirect }: RequestInit) =>
        fetch(url, {
          method: method ?? 'GET',
          headers: headers ?? {},
          body: body ?? null,
          redirect: redirect ?? 'follow',
        }),
      pkce: { required: () => true },
      interactions: { url: (_: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
      findAccount: (_: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, ...this.accounts.get(id) }),
      }),
      features: {
        devInteractions: { enabled: false },
        backchannelLogout: { enabled: true },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (context: { body?: string }, form: string) => {
            context.body = `<!doctype html><title>Leave</title><h1>Leave?</h1>${form}<button form="op.logoutForm" name="logout" value="yes">Yes</button>`
          },
        },
      },
    }
  }

  /** Asks who it is, and consents by itself. */
  async #interact(provider: RealProvider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { prompt, params, session } = await provider.interactionDetails(request, response)
    if (prompt.name === 'consent') {
      const grant = new provider.Grant({ accountId: session?.accountId, clientId: params.client_id })
      grant.addOIDCScope('openid email profile groups')
      grant.addOIDCClaims(['email', 'email_verified', 'name', 'groups', 'amr'])
      return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
    }
    if (request.method !== 'POST') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(signInPage)
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const account = new URLSearchParams(Buffer.concat(chunks).toString()).get('account') ?? ''
    if (!this.accounts.has(account)) return provider.interactionFinished(request, response, { error: 'access_denied' })
    const { amr } = this.accounts.get(account) ?? {}
    return provider.interactionFinished(request, response, {
      login: { accountId: account, ...(amr === undefined ? {} : { amr }) },
    })
  }
}

const signInPage = `<!doctype html><html lang="en"><title>Example ID</title><main><h1>Example ID</h1>
<form method="post"><label>Account <input name="account" autofocus></label><button>Go on</button></form></main></html>`
