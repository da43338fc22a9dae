import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/postgres/database.ts'
import { Database } from './database.ts'
import { startProxy } from './proxy.contract.ts'

test('a connection that breaks under a query fails that query and nothing else', async () => {
  const url = await testDatabase()
  const proxy = await startProxy(url)
  const database = new Database({
    url: proxy.url,
    connections: 1,
    queryTimeoutMs: 10_000,
    connectTimeoutMs: 2000,
    name: 'test',
  })
  const watcher = new Database({ url, connections: 1, queryTimeoutMs: 10_000, connectTimeoutMs: 2000, name: 'watcher' })
  try {
    const read = database.read('SELECT pg_sleep(9)').catch((error: unknown) => error)
    const running = `SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(9)' AND state = 'active' AND datname = current_database()`
    while ((await watcher.read(running)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    await proxy.close()
    expect(await read).toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  } finally {
    await database.close()
    await watcher.close()
  }
})
