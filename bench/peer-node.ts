import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { run } from './p05.ts'
import { trackerWebhooks } from './webhooks.ts'

/** What node:http does with the same requests when it only reads and answers: the ceiling of one process. */
export async function bareNode(count = 60_000): Promise<Record<string, number>> {
  const server = await bareServer()
  const result = await run({
    host: '127.0.0.1',
    port: server.port,
    connections: 256,
    perSecond: 0,
    requests: trackerWebhooks(count, { shipments: count / 5, secret: 'bench' }),
  })
  server.stop()
  return { perSecond: Math.round(result.answered / result.seconds) }
}

export async function bareServer(): Promise<{ readonly port: number; stop(): void }> {
  const server = createServer((request, response) => {
    request.on('data', () => {})
    request.on('end', () => {
      response.writeHead(202, { 'content-type': 'application/json', 'content-length': 2 })
      response.end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
