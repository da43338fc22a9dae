import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface ReceivedRequest {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** An HTTP server of somebody else that keeps what it is sent and answers as it is told. */
export async function startReceiver(
  answer: (request: ReceivedRequest, count: number) => number | Promise<number> = () => 200,
): Promise<{ readonly url: string; readonly received: readonly ReceivedRequest[]; stop(): Promise<void> }> {
  const received: ReceivedRequest[] = []
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const one = { path: request.url ?? '', headers: request.headers, body: await text(request) }
    received.push(one)
    response.writeHead(await answer(one, received.length), { 'content-type': 'application/json' }).end('{}')
  }
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}`, received, stop }
}
