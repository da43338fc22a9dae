import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/postgres/database.ts'
import { Clients } from './clients.ts'

let pool: pg.Pool
let clients: Clients

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await testDatabase(), max: 2 })
  clients = new Clients({ query: async (text, values) => pool.query(text, [...values]) })
})
afterAll(() => pool.end())

const note = { actor: 'key_a' }
const secret = (id: string) => ({ id, createdAt: 1, secretHash: `hash of ${id}` })

test('of two who change the credentials of a client at once, the second one does not bring back what the first took out', async () => {
  const made = {
    id: 'cli_1',
    tenant: 'main',
    name: 'ERP',
    method: 'client_secret_basic',
    scopes: [],
    isBound: false,
  } as const
  await clients.add({ ...made, credentials: [secret('stolen')] }, note)
  const [one, other] = [await clients.get('cli_1'), await clients.get('cli_1')]
  if (one === undefined || other === undefined) throw new Error('the client is not there')
  expect(await clients.rotate(one, { credentials: [secret('new')], voidsTokens: true }, note)).toBe(true)
  const kept = [...other.credentials, secret('newer')]
  expect(await clients.rotate(other, { credentials: kept, voidsTokens: false }, note)).toBe(false)
  const found = await clients.get('cli_1')
  expect(found?.credentials).toEqual([secret('new')])
  expect(found?.epoch).toBe(other.epoch + 1)
})

test('a client that is revoked gets no credentials', async () => {
  const client = await clients.get('cli_1')
  if (client === undefined) throw new Error('the client is not there')
  await clients.revoke('main', 'cli_1', note)
  expect(await clients.rotate(client, { credentials: [secret('late')], voidsTokens: false }, note)).toBe(false)
})
