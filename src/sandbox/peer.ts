import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as a simulated system sees it. */
export interface PeerRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** `delayMs` before the answer leaves; `lost` cuts the connection after the work was done. */
export interface PeerAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly delayMs?: number
  readonly lost?: boolean
}

/** A system outside the hub that can be asked something. It knows no clock and no socket: the time and the request are given. */
export interface Peer {
  handle(request: PeerRequest, nowMs: number): PeerAnswer
}

export async function servePeer(peer: Peer, port = 0): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((incoming, response) => {
    read(incoming)
      .then((request) => {
        const answer = peer.handle(request, Date.now())
        setTimeout(() => {
          if (answer.lost === true) {
            incoming.socket.resetAndDestroy()
            return
          }
          response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
          response.end(answer.body === undefined ? '' : JSON.stringify(answer.body))
        }, answer.delayMs ?? 0)
      })
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port }
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
