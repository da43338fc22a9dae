import { chownSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { request } from 'undici'
import { expect, onTestFinished, test } from 'vitest'
import { declareNetwork } from '../../src/sandbox/declaration.ts'
import { network, signed, trackerEvent } from '../gateway/senders.ts'
import { eventually } from '../hub-process.ts'
import { startTestServer } from '../postgres/server.ts'
import { spawnHub } from '../spawned-hub.ts'
import { SmallVolume } from './small-volume.ts'

const megabyte = 1024 * 1024
const timeout = 300_000

/** A volume, or the word that there is none here. */
function volume(megabytes: number, skip: (reason: string) => never): SmallVolume {
  const made = SmallVolume.open(megabytes)
  if (made === undefined) return skip('this process may not mount a file system')
  onTestFinished(() => made.close())
  return made
}

/** A hub in a process of its own, and a carrier that sends and notes what was acknowledged. */
class Sending {
  readonly acknowledged: string[] = []
  readonly statuses = new Map<string, number>()
  readonly url: string
  readonly #key: string
  #count = 0

  static async start(directory: string, environment: Record<string, string>): Promise<Sending> {
    mkdirSync(directory, { recursive: true, mode: 0o755 })
    declareNetwork(directory, network)
    const { child, url } = spawnHub(directory, environment)
    onTestFinished(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await Promise.race([gone, sleep(15_000)])
      child.kill('SIGKILL')
    })
    return new Sending(await url, readFileSync(join(directory, 'admin.key'), 'utf8').trim())
  }

  private constructor(url: string, key: string) {
    this.url = url
    this.#key = key
  }

  /** One message with a body of about so many bytes; what the hub answered. */
  async send(bytes = 2000): Promise<number> {
    const message = Buffer.from(crypto.getRandomValues(new Uint8Array(bytes / 2))).toString('hex')
    const body = trackerEvent(`disk-${this.#count++}`, { message })
    const {
      statusCode,
      headers,
      body: answer,
    } = await request(`${this.url}/v1/inbound/carrier`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...signed(body) },
      headersTimeout: 60_000,
    })
    const text = await answer.text()
    const { id = '', code = '' } = JSON.parse(text) as { id?: string; code?: string }
    if (statusCode === 202) this.acknowledged.push(id)
    else {
      this.statuses.set(`${statusCode} ${code}`, (this.statuses.get(`${statusCode} ${code}`) ?? 0) + 1)
      expect(headers['retry-after']).toBeDefined()
    }
    return statusCode
  }

  /** Until the hub answers like this, at most so often. */
  async until(wanted: number, most: number, bytes?: number): Promise<boolean> {
    for (let tries = 0; tries < most; tries++) {
      const status = await this.send(bytes).catch(() => 0)
      if (status === wanted) return true
      if (status !== 202) await sleep(200)
    }
    return false
  }

  async get(path: string): Promise<{ status: number; json: Record<string, unknown> }> {
    const { statusCode, body } = await request(`${this.url}${path}`, {
      headers: { authorization: `Bearer ${this.#key}` },
    })
    return { status: statusCode, json: (await body.json()) as Record<string, unknown> }
  }

  /** Everything that was acknowledged is there, and every message is in one state. */
  async verify(): Promise<void> {
    const accounting = await eventually(
      async () => (await this.get('/v1/accounting')).json as { received: number; pending: number; unaccounted: number },
      ({ pending }) => pending === 0,
    )
    expect(accounting).toMatchObject({ pending: 0, unaccounted: 0 })
    expect(accounting.received).toBeGreaterThanOrEqual(new Set(this.acknowledged).size)
    expect(new Set(this.acknowledged).size).toBe(this.acknowledged.length)
    for (const id of this.acknowledged) expect((await this.get(`/v1/messages/${id}`)).status, id).toBe(200)
  }
}

test('a disk that fills up: the hub refuses in time, loses nothing, and goes on by itself when there is room', {
  timeout,
}, async ({ skip }) => {
  const disk = volume(400, skip)
  const hub = await Sending.start(join(disk.folder, 'hub'), {
    INTERLINE_WATERMARK_PERCENT: '0',
    INTERLINE_WATERMARK_MEGABYTES: '60',
    INTERLINE_BALLAST_MEGABYTES: '0',
    INTERLINE_POSTGRES_PARAMETERS: 'max_wal_size=64MB,min_wal_size=32MB',
  })
  for (let count = 0; count < 50; count++) expect(await hub.send()).toBe(202)
  disk.fill(70 * megabyte)
  expect(await hub.until(503, 5000, 20_000)).toBe(true)
  expect([...hub.statuses.keys()]).toEqual(['503 DISK_LOW'])
  // The database never came near the end of the disk.
  expect(disk.freeBytes).toBeGreaterThan(20 * megabyte)
  expect((await hub.get('/readyz?verbose')).status).toBe(503)
  disk.empty()
  expect(await hub.until(202, 100)).toBe(true)
  await hub.verify()
})

test('a disk that somebody else fills to the last byte: what was acknowledged is there when there is room again', {
  timeout,
}, async ({ skip }) => {
  const disk = volume(400, skip)
  const hub = await Sending.start(join(disk.folder, 'hub'), {
    INTERLINE_WATERMARK_PERCENT: '0',
    INTERLINE_WATERMARK_MEGABYTES: '0',
    INTERLINE_BALLAST_MEGABYTES: '0',
    INTERLINE_POSTGRES_PARAMETERS: 'max_wal_size=64MB,min_wal_size=32MB',
  })
  for (let count = 0; count < 50; count++) expect(await hub.send()).toBe(202)
  disk.fill(0)
  // Until the database is at its end: the log of what it is about to do needs room as well.
  expect(await hub.until(503, 3000, 20_000)).toBe(true)
  for (let count = 0; count < 20; count++) await hub.send(20_000).catch(() => 0)
  expect([...hub.statuses.keys()].every((one) => one.startsWith('503 '))).toBe(true)
  disk.empty()
  expect(await hub.until(202, 300)).toBe(true)
  await hub.verify()
})

test('a database of somebody else whose tables have no room: 503 until there is, and nothing is lost', {
  timeout,
}, async ({ skip }) => {
  const disk = volume(60, skip)
  const server = await startTestServer()
  onTestFinished(() => server.stop())
  const tables = join(disk.folder, 'tables')
  mkdirSync(tables, { mode: 0o777 })
  if (process.getuid?.() === 0) chownSync(tables, 65534, 65534)
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(`CREATE TABLESPACE small LOCATION '${tables}'`)
  await client.query('CREATE DATABASE hub TABLESPACE small')
  await client.end()
  const hub = await Sending.start(join(disk.folder, 'hub'), {
    INTERLINE_DATABASE_URL: server.url.replace(/[^/]+$/, 'hub'),
    INTERLINE_WATERMARK_PERCENT: '0',
    INTERLINE_WATERMARK_MEGABYTES: '0',
    INTERLINE_BALLAST_MEGABYTES: '0',
  })
  for (let count = 0; count < 50; count++) expect(await hub.send()).toBe(202)
  disk.fill(0)
  expect(await hub.until(503, 3000, 20_000)).toBe(true)
  for (let count = 0; count < 20; count++) await hub.send(20_000)
  expect([...hub.statuses.keys()]).toContain('503 DATABASE_FULL')
  disk.empty()
  expect(await hub.until(202, 300)).toBe(true)
  await hub.verify()
})
