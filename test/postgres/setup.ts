import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { Database } from '../../src/backbone/postgres/database.ts'
import { prepareDays } from '../../src/backbone/postgres/days.ts'
import { migrate } from '../../src/backbone/postgres/migrate.ts'
import { startTestServer, type TestServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Port of the broker that hands out test databases. */
    readonly testDatabases: number
  }
}

/**
 * One PostgreSQL for a whole test run, started when the first test asks for a database, so that pure tests do not pay for it. A
 * template is migrated once; every database is a copy of it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<TestServer> | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let made = 0
  const broker = createServer((socket) => {
    server ??= startWithTemplate()
    const started = server
    // One copy at a time: a template that is being copied must not be touched.
    turn = turn
      .then(() => copyTemplate(started, `test_${++made}`))
      .then(
        (url) => socket.end(`${url}\n`),
        (error: unknown) => socket.end(`! ${String(error)}\n`),
      )
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is never a path.
  project.provide('testDatabases', (broker.address() as AddressInfo).port)
  return async () => {
    await new Promise((resolve) => broker.close(resolve))
    await (await server)?.stop()
  }
}

async function startWithTemplate(): Promise<TestServer> {
  const server = await startTestServer()
  await run(server.url, `CREATE DATABASE template_interline`)
  const url = databaseUrl(server, 'template_interline')
  await migrate(url)
  const database = new Database({
    url,
    connections: 1,
    queryTimeoutMs: 30_000,
    connectTimeoutMs: 5000,
    name: 'template',
  })
  await prepareDays(database)
  await database.close()
  return server
}

async function copyTemplate(started: Promise<TestServer>, name: string): Promise<string> {
  const server = await started
  await run(server.url, `CREATE DATABASE ${name} TEMPLATE template_interline`)
  return databaseUrl(server, name)
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, query_timeout: 30_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function databaseUrl(server: TestServer, name: string): string {
  return server.url.replace(/[^/]+$/, name)
}
