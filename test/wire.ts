import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { request } from 'undici'

/**
 * What happens to a call: `lost` does all of it and breaks the line instead of answering, `held` does all of it and never answers, a
 * function is awaited before it goes on.
 */
export type Mishap = 'lost' | 'held' | (() => Promise<void>)

/** A wire between the hub and a real system on which a test can lay hands. */
export class Wire {
  /** Names of the calls that went through, in order. */
  readonly calls: string[] = []
  readonly #server: Server
  readonly #target: string
  readonly #nameOf: (body: string) => string
  readonly #armed: { readonly name: string; readonly mishap: Mishap; readonly met: () => void }[] = []

  /** `nameOf` reads the name of a call out of its body. */
  static async open(target: string, nameOf: (body: string) => string): Promise<Wire> {
    const wire = new Wire(target, nameOf)
    await new Promise<void>((resolve) => wire.#server.listen(0, '127.0.0.1', resolve))
    return wire
  }

  private constructor(target: string, nameOf: (body: string) => string) {
    this.#target = target
    this.#nameOf = nameOf
    this.#server = createServer((incoming, response) => {
      this.#pass(incoming, response).catch(() => incoming.socket.destroy())
    })
  }

  /** The address of the system as the hub is told it. */
  get url(): string {
    // A TCP server's address is never a path.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${new URL(this.#target).pathname.replace(/\/$/, '')}`
  }

  /** The next call of this name meets it; resolves when it has. */
  arm(name: string, mishap: Mishap): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#armed.push({ name, mishap, met: resolve })
    return promise
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await incoming.toArray())
    const name = this.#nameOf(body.toString())
    this.calls.push(name)
    const index = this.#armed.findIndex((one) => one.name === name)
    const [armed] = index < 0 ? [] : this.#armed.splice(index, 1)
    if (typeof armed?.mishap === 'function') await armed.mishap()
    const { authorization, 'content-type': contentType } = incoming.headers
    const { origin } = new URL(this.#target)
    const answer = await request(`${origin}${incoming.url ?? '/'}`, {
      method: 'POST',
      headers: {
        'content-type': contentType ?? 'application/json',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body,
    })
    const text = await answer.body.text()
    armed?.met()
    if (armed?.mishap === 'lost') incoming.socket.destroy()
    if (armed?.mishap === 'lost' || armed?.mishap === 'held') return
    const session = answer.headers['vendure-auth-token']
    const more = typeof session === 'string' ? { 'vendure-auth-token': session } : {}
    response.writeHead(answer.statusCode, { 'content-type': 'application/json', ...more }).end(text)
  }
}
