import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { isAlive } from '../../src/app/postgres/process-table.ts'
import { freePort } from '../hub-process.ts'
import { startTestServer, type TestServer } from '../postgres/server.ts'
import type { Installation } from './installation.ts'
import { TrytonClient } from './rpc.ts'
import { seed, users } from './seed.ts'
import { configure, databaseName, ServerProcess } from './server-process.ts'

/** Modules that the connector and its tests need. */
const modules = [
  ...['company', 'party', 'currency', 'country', 'product', 'product_measurements', 'account', 'account_product'],
  ...['account_invoice', 'account_invoice_stock', 'stock', 'stock_lot', 'stock_package', 'stock_package_shipping'],
  ...['stock_shipment_cost', 'stock_shipment_measurements', 'stock_split', 'stock_inventory_location', 'sale'],
  ...['sale_shipment_cost', 'sale_supply', 'sale_shipment_grouping', 'sale_product_customer', 'purchase'],
  ...[
    'purchase_shipment_cost',
    'carrier',
    'carrier_weight',
    'incoterm',
    'product_cost_fifo',
    'account_stock_landed_cost',
  ],
]

/** Of a database that may be lost: what a test prepares it can prepare again. */
export const throwAway = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=32MB']

/**
 * Folder with the files of a PostgreSQL that holds a prepared Tryton. It is made once for a machine, which takes minutes, and kept for
 * the next test; another release, another list of modules, another seed or another year is another template.
 */
export async function trytonTemplate(installation: Installation, year: number): Promise<string> {
  const seedText = readFileSync(join(import.meta.dirname, 'seed.ts'), 'utf8')
  const key = createHash('sha256')
    .update(JSON.stringify([installation.versions, modules, seedText, year]))
    .digest('hex')
  const path = join(tmpdir(), `interline-tryton-${key.slice(0, 12)}`)
  const lock = `${path}.lock`
  while (!existsSync(path)) {
    if (!takes(lock)) {
      await sleep(250)
      continue
    }
    try {
      await make(installation, year, path)
    } finally {
      rmSync(lock, { force: true })
    }
  }
  return path
}

/** Whoever holds it makes the template; one whose process is gone is nobody's. */
function takes(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0
    if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true })
    return false
  }
}

async function make(installation: Installation, year: number, path: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'interline-tryton-making-'))
  chmodSync(folder, 0o755)
  const cluster = join(folder, 'cluster')
  mkdirSync(cluster)
  const postgres = await startTestServer({ folder: cluster, settings: throwAway })
  try {
    await createDatabase(postgres)
    const place = { installation, folder, port: await freePort(), postgresPort: portOf(postgres) }
    await initialize(installation, configure(place), folder)
    const server = await ServerProcess.start(place)
    try {
      const client = new TrytonClient(`http://127.0.0.1:${place.port}/${databaseName}/`)
      await client.login(users.administrator.login, users.administrator.password)
      await seed(client, year)
    } finally {
      await server.end()
    }
    await postgres.rest()
    renameSync(cluster, path)
  } finally {
    await postgres.rest()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function createDatabase({ url }: TestServer): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`CREATE DATABASE ${databaseName}`)
  await client.end()
}

export function portOf({ url }: TestServer): number {
  return Number(new URL(url).port)
}

async function initialize({ administration }: Installation, configuration: string, folder: string): Promise<void> {
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, `${users.administrator.password}\n`, { mode: 0o600 })
  const common = ['-c', configuration, '-d', databaseName]
  for (const more of [
    ['--all', '--email', 'admin@example.com', '-l', 'en'],
    ['--activate-dependencies', '-u', ...modules],
  ]) {
    const child = spawn(administration, [...common, ...more], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: '/usr/bin:/bin', TZ: 'UTC', TRYTONPASSFILE: passwordFile },
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000)
    })
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code !== 0) throw new Error(`trytond-admin ended with ${code}: ${said}`)
  }
}
