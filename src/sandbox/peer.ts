import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { showDefect } from './defect.ts'

/** A request as a simulated system sees it. */
export interface PeerRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** `delayMs` before the answer leaves. After the work was done, `lost` cuts the connection, `truncated` half of the body. */
export interface PeerAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly delayMs?: number
  readonly lost?: boolean
  readonly truncated?: boolean
}

/** A system outside the hub that can be asked something. It knows no clock and no socket: the time and the request are given. */
export interface Peer {
  handle(request: PeerRequest, nowMs: number): PeerAnswer
  /** Away: nobody listens, so that whoever connects knows that nothing has been done. */
  isAway?(nowMs: number): boolean
}

/** How often a server looks whether it should be away. */
const lookMs = 200

/** Serves a peer on 127.0.0.1, on a free port where `port` is 0. Goes away and comes back as the peer says. */
export async function servePeer(peer: Peer, port = 0): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((incoming, response) => {
    read(incoming)
      .then((request) => {
        const answer = peer.handle(request, Date.now())
        setTimeout(() => reply(answer, incoming, response), answer.delayMs ?? 0)
      })
      .catch((error: unknown) => {
        // A sender that went away in the middle is none of ours.
        if (!incoming.destroyed || incoming.complete) showDefect(error)
        response.destroy()
      })
  })
  const bound = await listen(server, port)
  const watch = setInterval(() => {
    const isAway = peer.isAway?.(Date.now()) === true
    if (isAway && server.listening) {
      server.close()
      server.closeAllConnections()
    } else if (!isAway && !server.listening) server.listen(bound, '127.0.0.1')
  }, lookMs)
  watch.unref()
  // Where the port was taken meanwhile, the next look tries again.
  server.on('error', () => {})
  return { server, port: bound }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

function reply(answer: PeerAnswer, incoming: IncomingMessage, response: ServerResponse): void {
  if (answer.lost === true) {
    incoming.socket.resetAndDestroy()
    return
  }
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
  response.end(bodyOf(answer))
}

/** What the other side gets to read. */
export function bodyOf({ body, truncated }: PeerAnswer): string {
  const text = body === undefined ? '' : JSON.stringify(body)
  return truncated === true ? text.slice(0, Math.floor(text.length / 2)) : text
}

async function read(incoming: IncomingMessage): Promise<PeerRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
  const url = new URL(incoming.url ?? '/', 'http://peer')
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  }
}
