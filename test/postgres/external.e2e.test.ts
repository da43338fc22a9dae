import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { network, sendSigned, trackerEvent } from '../gateway/senders.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { startTestServer } from './server.ts'

/** Where Debian and its like put the releases of PostgreSQL. */
const oldest = '/usr/lib/postgresql/15'

test.skipIf(!existsSync(join(oldest, 'bin/postgres')))(
  'a PostgreSQL 15 of the operator, where it is installed, serves the whole way',
  { timeout: 60_000 },
  async () => {
    const server = await startTestServer({ installation: oldest })
    const hub = await HubProcess.start({ network, databaseUrl: server.url })
    try {
      const first = (await sendSigned(hub, trackerEvent('elder'))).json() as { id: string }
      expect((await sendSigned(hub, trackerEvent('elder'))).json()).toEqual({ id: first.id, status: 'duplicate' })
      const page = await eventually(
        async () => (await hub.call('GET', '/v1/shipments?reference=PNelder')).json() as { data: { status: string }[] },
        ({ data }) => data.length > 0,
      )
      expect(page.data[0]?.status).toBe('in_transit')
      const made = await hub.call('POST', '/v1/replays', {
        json: { connection: 'carrier', dryRun: false },
        headers: { 'idempotency-key': 'again' },
      })
      const { id } = made.json() as { id: string }
      const job = await eventually(
        async () => (await hub.call('GET', `/v1/replays/${id}`)).json() as { status: string },
        ({ status }) => status === 'done',
      )
      expect(job).toMatchObject({ status: 'done', done: 1, failed: 0 })
      expect((await hub.call('GET', '/v1/accounting')).json()).toMatchObject({ unaccounted: 0 })
      expect(hub.log.split('\n').filter((line) => line.includes('"level":50'))).toEqual([])
    } finally {
      await hub.stop()
      await server.stop()
    }
  },
)
