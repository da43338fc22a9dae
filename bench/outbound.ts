import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort, Worker } from 'node:worker_threads'
import { Pool } from 'undici'
import { GuardedClient } from '../src/transports/http/outbound.ts'
import { signWebhook } from '../src/transports/signature.ts'

const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
const body = Buffer.from(JSON.stringify({ type: 'shipment.delivered', data: { note: 'x'.repeat(480) } }))
const concurrency = 64

/**
 * P13: signed webhooks, one event per request, through the guarded client to a server in a thread of its own; then the same requests,
 * unsigned and unguarded, by the library beneath it: what that takes is the machine, not the hub.
 */
export async function outbound(count = 20_000): Promise<Record<string, number>> {
  const worker = new Worker(new URL(import.meta.url))
  const port = await new Promise<number>((resolve) => worker.once('message', resolve))
  const client = new GuardedClient()
  const bare = new Pool(`http://127.0.0.1:${port}`, { connections: concurrency })
  try {
    const hub = await measured((n) => sendSigned(client, port, n), count)
    const library = await measured((n) => sendBare(bare, n), count)
    return {
      perSecond: Math.round(hub.perSecond),
      cpuMicrosPerEvent: Math.round(hub.micros),
      unanswered: hub.unanswered,
      bareUndiciMicros: Math.round(library.micros),
      timesBareUndici: Math.round((hub.micros / library.micros) * 100) / 100,
    }
  } finally {
    await bare.destroy()
    await client.close()
    await worker.terminate()
  }
}

interface Measured {
  readonly perSecond: number
  readonly micros: number
  readonly unanswered: number
}

/** `send` says whether it was answered as it should be. */
async function measured(send: (n: number) => Promise<boolean>, count: number): Promise<Measured> {
  for (let n = 0; n < 1000; n += concurrency)
    await Promise.all(Array.from({ length: concurrency }, (_, one) => send(n + one)))
  const cpu = process.threadCpuUsage()
  const from = performance.now()
  let next = 0
  let answered = 0
  const work = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) if (await send(n)) answered++
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  const seconds = (performance.now() - from) / 1000
  const used = process.threadCpuUsage(cpu)
  return { perSecond: answered / seconds, micros: (used.user + used.system) / count, unanswered: count - answered }
}

async function sendSigned(client: GuardedClient, port: number, n: number): Promise<boolean> {
  const id = `msg_${n}`
  const timestampSeconds = 1_772_431_200
  const result = await client.send({
    url: `http://127.0.0.1:${port}/hook`,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestampSeconds),
      'webhook-signature': signWebhook({ id, timestampSeconds, body, secrets }),
    },
    body,
    timeoutMs: 30_000,
    maxResponseBytes: 1024,
    pool: 'bench',
    concurrency,
    allowHttp: true,
    allowedCidrs: ['127.0.0.0/8'],
    allowedPorts: [port],
  })
  return result.outcome === 'answer' && result.status === 204
}

async function sendBare(pool: Pool, n: number): Promise<boolean> {
  const answer = await pool.request({
    path: '/hook',
    method: 'POST',
    headers: { 'content-type': 'application/json', 'webhook-id': `msg_${n}` },
    body,
  })
  await answer.body.dump()
  return answer.statusCode === 204
}

if (parentPort !== null) {
  const parent = parentPort
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(204).end())
  })
  server.listen(0, '127.0.0.1', () => parent.postMessage((server.address() as AddressInfo).port))
}
