import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface ReceivedRequest {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A status, with a body where it matters. */
export type Answered = number | { readonly status: number; readonly body: unknown }

/** An HTTP server of somebody else that keeps what it is sent and answers as it is told. */
export async function startReceiver(
  answer: (request: ReceivedRequest, count: number) => Answered | Promise<Answered> = () => 200,
): Promise<{ readonly url: string; readonly received: readonly ReceivedRequest[]; stop(): Promise<void> }> {
  const received: ReceivedRequest[] = []
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const one = { path: request.url ?? '', headers: request.headers, body: await text(request) }
    received.push(one)
    const answered = await answer(one, received.length)
    const { status, body } = typeof answered === 'number' ? { status: answered, body: {} } : answered
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
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
