import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../src/backbone/postgres/migrate.ts'
import { gatewayLogin } from '../../src/backbone/postgres/roles.ts'
import { network, sendSigned, trackerEvent } from '../gateway/senders.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { startTestServer, type TestServer } from './server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

async function run(statements: string, url = server.url): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statements)
  await client.end()
}

function as(user: string, database: string): string {
  const parts = new URL(server.url)
  parts.username = user
  parts.pathname = `/${database}`
  return parts.href
}

/** What the guide tells an operator to have run, with the names of this test. */
function documented(): string {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/guides/operate.md'), 'utf8')
  const [, block = ''] = /```sql\n(CREATE ROLE interline_tenant[^]*?)```/.exec(guide) ?? []
  return block.replaceAll('hub_owner', 'plain_owner').replaceAll('hub_door', 'plain_door')
}

test('an owner without any privilege is told what is missing; with the documented statements its hub works', {
  timeout: 60_000,
}, async () => {
  await run('CREATE ROLE plain_owner LOGIN')
  await run('CREATE DATABASE plain OWNER plain_owner')
  const url = as('plain_owner', 'plain')
  await expect(migrate(url)).rejects.toMatchObject({ code: 'DATABASE_ROLES_MISSING' })
  await run(documented(), as('postgres', 'plain'))
  const door = as('plain_door', 'plain')
  const hub = await HubProcess.start({
    network,
    databaseUrl: url,
    environment: { INTERLINE_GATEWAY_DATABASE_URL: door },
  })
  try {
    await sendSigned(hub, trackerEvent('elder'))
    const page = await eventually(
      async () => (await hub.call('GET', '/v1/shipments?reference=PNelder')).json() as { data: { id: string }[] },
      ({ data }) => data.length > 0,
    )
    expect((await hub.call('GET', `/v1/shipments/${page.data[0]?.id}/timeline`)).status).toBe(200)
    const wish = { json: { url: 'https://customer.example/hook' }, headers: { 'idempotency-key': 'one' } }
    expect((await hub.call('POST', '/v1/subscriptions', wish)).status).toBe(201)
    expect((await hub.call('GET', '/v1/accounting')).json()).toMatchObject({ received: 1, applied: 1, unaccounted: 0 })
    expect(hub.log.split('\n').filter((line) => line.includes('"level":50'))).toEqual([])
  } finally {
    await hub.stop()
  }
})

test('an owner who may make roles needs nobody, and is bound by the policies like anybody else', async () => {
  await run(
    `CREATE ROLE making_owner LOGIN CREATEROLE; GRANT interline_tenant, interline_worker TO making_owner WITH ADMIN OPTION`,
  )
  await run('CREATE DATABASE making OWNER making_owner')
  const url = as('making_owner', 'making')
  await migrate(url)
  expect(new URL(await gatewayLogin(url, '')).username).toBe('interline_gateway_making')
  await run(`INSERT INTO state (subject, tenant, version, body) VALUES ('shp_a', 'a', 1, '{}')`, url)
  await run('REVOKE interline_tenant, interline_worker FROM making_owner CASCADE')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  expect((await client.query('SELECT * FROM state')).rowCount).toBe(0)
  await client.end()
})
