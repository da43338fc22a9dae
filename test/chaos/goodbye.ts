import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { FaultWire } from './wire.ts'

/** A program of its own, because only the end of a process shows a socket that nobody closes: both sides say goodbye, and the wire is cut. */
const arrived = Promise.withResolvers<Socket>()
const server = createServer({ allowHalfOpen: true }, arrived.resolve)
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const wire = await FaultWire.open({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
const client = connect({ host: '127.0.0.1', port: wire.port, allowHalfOpen: true })
for (const socket of [client, await arrived.promise]) socket.on('error', () => {}).resume()
wire.silent = true
client.end()
const far = await arrived.promise
far.end()
// The wire has heard both, and has told neither.
await new Promise((resolve) => setTimeout(resolve, 200))
wire.heal()
wire.cutAll()
for (const socket of [client, far]) socket.destroy()
await Promise.all([wire.close(), new Promise((resolve) => server.close(resolve))])
process.stdout.write('all closed\n')
