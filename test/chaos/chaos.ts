import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { request } from 'undici'
import type { Backbone } from '../../src/backbone/backbone.ts'
import { postgresBackbone } from '../../src/backbone/postgres/postgres.ts'
import { factOrder } from './order.ts'

export interface ChaosOptions {
  readonly databaseUrl: string
  readonly messages: number
  /** How often one of the two hubs is killed with SIGKILL while messages come in. */
  readonly kills: number
  /** Share of postings whose answer is lost after the ERP has done its work. */
  readonly lostReply: number
}

export interface ChaosResult {
  readonly acknowledged: number
  readonly lost: number
  readonly doubleDocuments: number
  readonly documents: number
  readonly orderViolations: number
  readonly unaccounted: number
  readonly kills: number
  readonly seconds: number
}

/** Two real hubs on one real PostgreSQL, an ERP that is not idempotent, senders that repeat; hubs die in the middle of it. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const from = performance.now()
  const erp = await openErp(options.lostReply)
  const hubs = [new Hub(options.databaseUrl, erp.port), new Hub(options.databaseUrl, erp.port)]
  try {
    for (const hub of hubs) await hub.start()
    const key = hubs.map(({ key: one }) => one).find((one) => one !== undefined) ?? ''
    let done = false
    const killing = kill(hubs, options.kills, () => done)
    const acknowledged = await sendAll(hubs, key, options.messages)
    done = true
    const kills = await killing
    for (const hub of hubs) if (!hub.alive) await hub.start()
    const backbone = await postgresBackbone({ url: options.databaseUrl, partitions: 8 })
    try {
      await settled(backbone)
      const judged = await judge({ databaseUrl: options.databaseUrl, backbone, erp, acknowledged })
      return { ...judged, kills, seconds: (performance.now() - from) / 1000 }
    } finally {
      await backbone.close()
    }
  } finally {
    for (const hub of hubs) await hub.stop()
    erp.server.closeAllConnections()
    erp.server.close()
  }
}

interface ErpBooks {
  readonly server: Server
  readonly port: number
  readonly documents: { readonly reference: string; readonly sku: string; readonly movement: string }[]
}

async function openErp(lostReply: number): Promise<ErpBooks> {
  const documents: { reference: string; sku: string; movement: string }[] = []
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      response.setHeader('content-type', 'application/json')
      if (incoming.method === 'GET') {
        const wanted = new URL(incoming.url ?? '/', 'http://erp').searchParams.get('externalReference')
        response.end(
          JSON.stringify({
            documents: documents
              .filter(({ reference }) => reference === wanted)
              .map(({ reference }, index) => ({ documentNumber: `D${index}`, externalReference: reference })),
          }),
        )
        return
      }
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        externalReference: string
        header: { movement: string }
        lines: { sku: string }[]
      }
      documents.push({
        reference: body.externalReference,
        sku: body.lines[0]?.sku ?? '',
        movement: body.header.movement,
      })
      if (Math.random() < lostReply) incoming.socket.resetAndDestroy()
      else response.writeHead(201).end(JSON.stringify({ documentNumber: `D${documents.length}` }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port, documents }
}

class Hub {
  url = ''
  key: string | undefined
  alive = false
  readonly #directory = mkdtempSync(join(tmpdir(), 'interline-chaos-'))
  readonly #databaseUrl: string
  #child: ChildProcess | undefined

  constructor(databaseUrl: string, erpPort: number) {
    this.#databaseUrl = databaseUrl
    chmodSync(this.#directory, 0o755)
    const local = { tenant: 'main', allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }
    const connections = [
      { id: 'wms', connector: 'generic-wms', settings: {}, ...local },
      {
        id: 'erp',
        connector: 'generic-erp',
        settings: { url: `http://127.0.0.1:${erpPort}` },
        requestsPerSecond: 5000,
        concurrent: 64,
        timeoutSeconds: 5,
        ...local,
      },
    ]
    writeFileSync(
      join(this.#directory, 'network.json'),
      JSON.stringify({ connections, routes: [{ command: 'adjust_inventory', target: 'erp', tenant: 'main' }] }),
    )
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/app/main.ts'), 'start', '--json'], {
      env: {
        PATH: process.env.PATH,
        INTERLINE_DATA_DIRECTORY: this.#directory,
        INTERLINE_DATABASE_URL: this.#databaseUrl,
        INTERLINE_PORT: '0',
        INTERLINE_BALLAST_MEGABYTES: '0',
        INTERLINE_WATERMARK_PERCENT: '0',
        INTERLINE_WATERMARK_MEGABYTES: '0',
        INTERLINE_LEASE_SECONDS: '3',
        INTERLINE_LOG_LEVEL: 'error',
        INTERLINE_CLIENT_REQUESTS_PER_SECOND: '1000000',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stderr?.resume()
    this.#child = child
    let said = ''
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      said += chunk.toString()
      const ready = said.split('\n').find((line) => line.includes('"hub_ready"'))
      if (ready === undefined || !said.endsWith('\n')) continue
      child.stdout?.resume()
      this.url = (JSON.parse(ready) as { url: string }).url
      this.alive = true
      this.key ??= readKey(this.#directory)
      return
    }
    throw new Error(`the hub ended: ${said}`)
  }

  async kill(): Promise<void> {
    this.alive = false
    const gone = new Promise((resolve) => this.#child?.once('exit', resolve))
    this.#child?.kill('SIGKILL')
    await gone
  }

  async stop(): Promise<void> {
    if (this.alive) await this.kill()
    rmSync(this.#directory, { recursive: true, force: true })
  }
}

function readKey(directory: string): string | undefined {
  try {
    return readFileSync(join(directory, 'admin.key'), 'utf8').trim()
  } catch {
    // The other hub came first and has the key.
    return undefined
  }
}

async function kill(hubs: readonly Hub[], kills: number, over: () => boolean): Promise<number> {
  let count = 0
  while (!over() && count < kills) {
    await sleep(500 + Math.random() * 1500)
    const hub = hubs[count % 2]
    if (hub?.alive !== true || over()) continue
    await hub.kill()
    count++
    await sleep(200)
    await hub.start()
  }
  return count
}

/** Every message until it is acknowledged, by 32 senders; some are sent twice on purpose. */
async function sendAll(hubs: readonly Hub[], key: string, messages: number): Promise<Set<string>> {
  const acknowledged = new Set<string>()
  let next = 0
  const sender = async (): Promise<void> => {
    for (let n = next++; n < messages; n = next++) {
      const times = n % 10 === 0 ? 2 : 1
      for (let time = 0; time < times; time++) while (!(await send(hubs, key, n))) await sleep(20 + Math.random() * 100)
      acknowledged.add(`m${n}`)
    }
  }
  await Promise.all(Array.from({ length: 32 }, sender))
  return acknowledged
}

async function send(hubs: readonly Hub[], key: string, n: number): Promise<boolean> {
  const up = hubs.filter(({ alive }) => alive)
  const hub = up[n % Math.max(1, up.length)]
  if (hub === undefined) return false
  const data = {
    movement: 'adjust_gain',
    sku: `SKU-${n % 200}`,
    quantity: '1',
    uom: 'EA',
    to: { location: 'W1' },
    document: { kind: 'adjustment', id: `m${n}` },
  }
  try {
    const { statusCode, body } = await request(`${hub.url}/v1/inbound/wms`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        eventId: `m${n}`,
        type: 'movement',
        occurredAt: new Date(1_772_431_200_000 + n).toISOString(),
        data,
      }),
      headersTimeout: 10_000,
    })
    await body.dump()
    return statusCode === 202
  } catch {
    // No answer: it may be stored or not, and is sent again.
    return false
  }
}

/** Until everything is translated and folded and the ledger moves no more: what lost its answer stays in quarantine for ten minutes. */
async function settled(backbone: Backbone): Promise<void> {
  let before = ''
  for (let still = 0, tries = 0; still < 3 && tries < 240; tries++) {
    await sleep(1000)
    const { facts } = await backbone.heads()
    const behind = await Promise.all(
      facts.map(async (head, partition) => head - (await backbone.position('advance', partition)).offset),
    )
    const { pending } = await backbone.accounting()
    const now = JSON.stringify([facts, await backbone.ledger.counts()])
    still = now === before && pending === 0 && behind.every((rows) => rows === 0) ? still + 1 : 0
    before = now
  }
}

async function judge(input: {
  databaseUrl: string
  backbone: Backbone
  erp: ErpBooks
  acknowledged: ReadonlySet<string>
}): Promise<Omit<ChaosResult, 'kills' | 'seconds'>> {
  const { databaseUrl, backbone, erp, acknowledged } = input
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const effects = await client.query<{ natural_key: string }>('SELECT natural_key FROM effect')
    const owed = new Set(effects.rows.map(({ natural_key: key }) => key.split(':')[2]?.split('/')[2]))
    const { unaccounted } = await backbone.accounting()
    return {
      acknowledged: acknowledged.size,
      lost: [...acknowledged].filter((id) => !owed.has(id)).length,
      doubleDocuments: erp.documents.length - new Set(erp.documents.map(({ reference }) => reference)).size,
      documents: erp.documents.length,
      orderViolations: await factOrder(backbone, erp.documents),
      unaccounted,
    }
  } finally {
    await client.end()
  }
}
