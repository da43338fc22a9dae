import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { request } from 'undici'

/**
 * What happens to a call: `lost` does all of it and breaks the line instead of answering, `held` does all of it and never answers, a
 * function is awaited before it goes on.
 */
export type Mishap = 'lost' | 'held' | (() => Promise<void>)

/** A wire between the hub and a real Tryton on which a test can lay hands. */
export class ErpWire {
  /** Methods that went through, in order. */
  readonly calls: string[] = []
  readonly #server: Server
  readonly #target: string
  readonly #armed: { readonly method: string; readonly mishap: Mishap; readonly met: () => void }[] = []

  static async open(target: string): Promise<ErpWire> {
    const wire = new ErpWire(target)
    await new Promise<void>((resolve) => wire.#server.listen(0, '127.0.0.1', resolve))
    return wire
  }

  private constructor(target: string) {
    this.#target = target
    this.#server = createServer((incoming, response) => {
      this.#pass(incoming, response).catch(() => incoming.socket.destroy())
    })
  }

  /** The address of the ERP as the hub is told it. */
  get url(): string {
    // A TCP server's address is never a path.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${new URL(this.#target).pathname}`
  }

  /** The next call of this method meets it; resolves when it has. */
  arm(method: string, mishap: Mishap): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#armed.push({ method, mishap, met: resolve })
    return promise
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await incoming.toArray())
    const { method } = JSON.parse(body.toString()) as { method: string }
    this.calls.push(method)
    const index = this.#armed.findIndex((one) => one.method === method)
    const [armed] = index < 0 ? [] : this.#armed.splice(index, 1)
    if (typeof armed?.mishap === 'function') await armed.mishap()
    const { authorization, 'content-type': contentType } = incoming.headers
    const answer = await request(`${this.#target}/`, {
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
    response.writeHead(answer.statusCode, { 'content-type': 'application/json' }).end(text)
  }
}
