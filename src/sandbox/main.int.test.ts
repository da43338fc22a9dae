import { type ChildProcess, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { sandboxLocations } from './locations.ts'

const main = join(import.meta.dirname, 'main.ts')
const key = 'interline_live_of_the_test'

/** A hub that takes everything in, checks who sends, and says so. */
class StubHub {
  readonly came = new Map<string, number>()
  readonly unproven: string[] = []
  places = 0
  #subscribed = Promise.withResolvers<string>()
  #enough = Promise.withResolvers<void>()
  readonly #server: Server = createServer((incoming, response) => {
    this.#answer(incoming).then(
      ({ status, body }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    )
  })

  get subscribed(): Promise<string> {
    return this.#subscribed.promise
  }

  /** Every sender has said something. */
  get enough(): Promise<void> {
    return this.#enough.promise
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  stop(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #answer(incoming: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const chunks: Buffer[] = []
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    if (incoming.url === '/readyz') return { status: 200, body: {} }
    if (incoming.url === '/v1/subscriptions?limit=200') return { status: 200, body: { data: [] } }
    if (incoming.url === '/v1/subscriptions') {
      this.#subscribed.resolve((JSON.parse(body.toString()) as { url: string }).url)
      return { status: 201, body: { id: 'sub_1', secret: `whsec_${Buffer.from('stub').toString('base64')}` } }
    }
    if (incoming.url === '/v1/master-data/locations/import') {
      this.places += (JSON.parse(body.toString()) as { rows: unknown[] }).rows.length
      return { status: 200, body: { created: this.places, changed: 0, unchanged: 0, refused: 0, rows: [] } }
    }
    const connection = incoming.url?.replace('/v1/inbound/', '') ?? ''
    if (!proven(connection, incoming.headers, body)) this.unproven.push(connection)
    this.came.set(connection, (this.came.get(connection) ?? 0) + 1)
    if (this.came.size === 6) this.#enough.resolve()
    return { status: 202, body: { id: 'm', status: 'accepted' } }
  }
}

function proven(connection: string, headers: IncomingMessage['headers'], body: Buffer): boolean {
  if (connection === 'dhl') return headers['x-dhl-push-token'] === 'sandbox-dhl'
  const digest = createHmac('sha256', `sandbox-${connection}`).update(body).digest('hex')
  if (connection === 'easypost') return headers['x-hmac-signature'] === `hmac-sha256-hex=${digest}`
  if (connection === 'ltl') return headers['x-signature'] === `sha256=${digest}`
  return headers.authorization === `Bearer ${key}`
}

describe('the simulated network as a process', () => {
  const directory = mkdtempSync(join(tmpdir(), 'interline-sandbox-'))
  const hub = new StubHub()
  let child: ChildProcess
  let control: (action: string, body?: unknown) => Promise<{ status: number; body: Record<string, unknown> }>

  beforeAll(async () => {
    const url = await hub.start()
    const args = [main, '--hub', url, '--directory', directory, '--seed', '7', '--speed', '50000', '--as2-port', '9']
    child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    await once(child, 'message')
    // As the hub does when it starts: only now is there a key.
    writeFileSync(join(directory, 'admin.key'), `${key}\n`)
    await hub.subscribed
    const ready = await vi.waitFor(() => readFileSync(join(directory, 'sandbox.json'), 'utf8'), 10_000)
    const { port } = JSON.parse(ready) as { port: number }
    control = async (action, body = {}) => {
      const answer = await request(`http://127.0.0.1:${port}/control/${action}`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
      return { status: answer.statusCode, body: (await answer.body.json()) as Record<string, unknown> }
    }
  })

  afterAll(() => {
    child.kill('SIGKILL')
    hub.stop()
    rmSync(directory, { recursive: true })
  })

  test('declares its systems to the hub before the hub starts', () => {
    const { connections } = JSON.parse(readFileSync(join(directory, 'simulated/network.json'), 'utf8')) as {
      connections: { id: string }[]
    }
    expect(connections.map(({ id }) => id).sort()).toEqual(['dhl', 'easypost', 'erp', 'fleet', 'ltl', 'shop', 'wms'])
  })

  test('says where its warehouses and towns are before a parcel moves', () => {
    expect(hub.places).toBe(sandboxLocations.length)
  })

  test('every system tells the hub something, and proves that it is itself', async () => {
    await hub.enough
    expect(hub.unproven).toEqual([])
  })

  test('a fault is added to those in force, and ended by off', async () => {
    await control('fault', { faults: { 'erp.lostReply': '2%' } })
    expect((await control('fault', { faults: { 'erp.locked': 'on' } })).body.faults).toEqual({
      'erp.locked': 1,
      'erp.lostReply': 0.02,
    })
    expect((await control('fault', { faults: { 'erp.locked': 'off' } })).body.faults).toEqual({ 'erp.lostReply': 0.02 })
  })

  test.each([
    ['fault', { faults: { 'erp.fire': '1%' } }, /erp\.lostReply/],
    ['start', { scenario: 'no-day' }, /ordinary-day/],
    ['start', { speed: -1 }, /speed/],
  ])('%s with %j is refused with what is known', async (action, body, known) => {
    const answer = await control(action, body)
    expect(answer.status).toBe(422)
    expect(answer.body.detail).toMatch(known)
  })

  test('ends when the hub is gone', async () => {
    const exited = once(child, 'exit')
    child.disconnect()
    expect(await exited).toEqual([0, null])
  })
})
