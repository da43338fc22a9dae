import { connect } from 'node:net'
import { workerData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'

interface Kind {
  readonly perSecond: number
  /** The bytes of one request; what is not whole is left open. */
  readonly request: () => Uint8Array
}

const megabyte = 1024 * 1024
/** As long as a good one: nobody can tell it by its looks. */
const forged = `x-hmac-signature: hmac-sha256-hex=${'0'.repeat(64)}\r\n`

/** Input that nobody wants. As a worker, sends one kind of it until it is ended. */
export const badRequests: Readonly<Record<string, Kind>> = {
  wrongSignature: { perSecond: 200, request: () => post('easypost', forged, Buffer.alloc(2000, '{')) },
  hugeBody: { perSecond: 4, request: () => post('easypost', forged, Buffer.alloc(20 * megabyte, '{')) },
  gzipBomb: {
    perSecond: 4,
    request: () => post('easypost', `${forged}content-encoding: gzip\r\n`, gzipSync(Buffer.alloc(200 * megabyte))),
  },
  headerFlood: { perSecond: 200, request: () => post('easypost', 'x: 1\r\n'.repeat(2000), Buffer.alloc(0)) },
  unknownConnection: { perSecond: 200, request: () => post('nobody', '', Buffer.from('{}')) },
  slowHeaders: { perSecond: 50, request: () => Buffer.from('POST /v1/inbound/easypost HTTP/1.1\r\nhost: a\r\n') },
  slowBody: { perSecond: 50, request: () => post('easypost', forged, Buffer.alloc(9000, '{')).subarray(0, 200) },
}

function post(connection: string, headers: string, body: Uint8Array): Uint8Array {
  const head = `POST /v1/inbound/${connection} HTTP/1.1\r\nhost: a\r\ncontent-length: ${body.length}\r\n${headers}\r\n`
  return Buffer.concat([Buffer.from(head), body])
}

const order = workerData as { readonly kind: string; readonly port: number } | null
const kind = badRequests[order?.kind ?? '']
if (order !== null && kind !== undefined) {
  const bytes = kind.request()
  setInterval(() => {
    const socket = connect(order.port, '127.0.0.1', () => socket.write(bytes))
    socket.on('error', () => socket.destroy())
    socket.on('data', () => socket.destroy())
  }, 1000 / kind.perSecond)
}
