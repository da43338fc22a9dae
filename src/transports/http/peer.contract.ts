import { createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { onTestFinished } from 'vitest'
import { GuardedClient, type OutboundOptions } from './outbound.ts'
import type { HttpRequest } from './request.ts'

/** The other side of a connection in tests: counts who came, keeps what arrived, and answers as told. */
export interface Peer {
  readonly port: number
  readonly sockets: readonly Socket[]
  /** Bytes of all connections so far, as text. */
  received(): string
  /** Resolves when `done` holds; looked at whenever something happens. */
  until(done: () => boolean): Promise<void>
}

export type Behaviour = (socket: Socket, received: string, connection: number) => void

/** Listens on a free port of 127.0.0.1 until the test ends. `answer` is called for every piece that arrives. */
export async function openPeer(
  answer: Behaviour = () => {},
  options: {
    readonly connected?: (socket: Socket) => void
    readonly tls?: { readonly certificate: string; readonly key: string; readonly requestCert?: true }
    readonly host?: string
  } = {},
): Promise<Peer> {
  const sockets: Socket[] = []
  let received = ''
  const watchers = new Set<() => void>()
  const changed = (): void => {
    for (const watcher of watchers) watcher()
  }
  const accept = (socket: Socket): void => {
    const connection = sockets.push(socket) - 1
    let own = ''
    socket.on('error', changed)
    socket.on('close', changed)
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1')
      own += chunk.toString('latin1')
      answer(socket, own, connection)
      changed()
    })
    options.connected?.(socket)
    changed()
  }
  const { tls } = options
  const server =
    tls === undefined
      ? createServer(accept)
      : createTlsServer(
          { cert: tls.certificate, key: tls.key, requestCert: tls.requestCert ?? false, rejectUnauthorized: false },
          accept,
        )
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, options.host ?? '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the peer has no port')
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return {
    port: address.port,
    sockets,
    received: () => received,
    until: (done) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!done()) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
  }
}

/** Answers every complete request with this. */
export function answering(text: string): Behaviour {
  return (socket, received) => {
    if (isComplete(received)) socket.write(text)
  }
}

export const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'

/** Whether the last request in the text is complete. */
export function isComplete(received: string): boolean {
  const from = received.lastIndexOf('\r\n\r\n')
  if (from < 0) return false
  const length = Number(/content-length: (\d+)/i.exec(received.slice(received.lastIndexOf('HTTP/1.1\r\n')))?.[1] ?? 0)
  return received.length - from - 4 >= length
}

export function openClient(options: OutboundOptions = {}): GuardedClient {
  const client = new GuardedClient(options)
  onTestFinished(() => client.close())
  return client
}

/** A posting to the peer that may be sent. */
export function requestTo(url: string, changes: Partial<HttpRequest> = {}): HttpRequest {
  return {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from('{"quantity":"1"}'),
    timeoutMs: 10_000,
    maxResponseBytes: 64 * 1024,
    pool: 'erp',
    concurrency: 1,
    allowHttp: true,
    allowedCidrs: ['127.0.0.0/8'],
    ...changes,
  }
}
