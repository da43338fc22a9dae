import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { expect, test } from 'vitest'
import { Faults } from './faults.ts'
import { Sender } from './sender.ts'

test('tells a slow hub everything over no more connections than a few proxies would open', async () => {
  const open = new Set<Socket>()
  let most = 0
  const server = createServer((request, response) => {
    request.resume().once('end', () => setImmediate(() => response.writeHead(202).end()))
  })
  server.on('connection', (socket: Socket) => {
    most = Math.max(most, open.add(socket).size)
    socket.once('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const hub = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const sender = new Sender({ hub, key: 'k', faults: new Faults(), random: () => 0.5 })
  const told = Array.from({ length: 500 }, () => sender.tell({ connection: 'wms', body: {}, second: 0 }))
  await Promise.all(told)
  expect({ sent: sender.sent, waiting: sender.waiting }).toEqual({ sent: 500, waiting: 0 })
  expect(most).toBeGreaterThan(1)
  expect(most).toBeLessThanOrEqual(64)
  sender.stop()
  server.close()
})
