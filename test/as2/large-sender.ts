import { readFileSync } from 'node:fs'
import pg from 'pg'
import { As2Exchange } from '../../src/app/as2/as2-exchange.ts'
import { readAs2Partner } from '../../src/app/as2/as2-partner.ts'
import { connectors } from '../../src/connectors/all.ts'
import { openConnection } from '../../src/flow/connection.ts'
import { GuardedClient } from '../../src/transports/http/outbound.ts'
import { openSignals } from './recorded-signals.ts'

/**
 * A process with nothing but the sender of AS2 in it, for measuring how much memory a document takes that is as large as one of ours may
 * be: `node large-sender.ts <database> <our key and certificate> <partner's certificate> <port> <bytes> <count>`. It says what it had before, and of
 * all documents the most memory and the time.
 */
const [databaseUrl = '', ours = '', theirs = '', port = '', bytes = '', count = ''] = process.argv.slice(2)
const network = { allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }
const declared = { id: 'large', tenant: 'main', connector: 'generic-wms', settings: {}, ...network }
const connection = openConnection(declared, { connectors, partitions: 1 })
const partner = {
  ...{
    connection: 'large',
    ourName: 'THEIRS',
    partnerName: 'OURS',
    url: `http://127.0.0.1:${port}/as2`,
    receipt: 'none',
  },
  ...{ ourIdentityFiles: [ours], certificateFiles: [theirs] },
}
const client = new GuardedClient()
const pool = new pg.Pool({ connectionString: databaseUrl })
const { outbound } = new As2Exchange({
  partners: [readAs2Partner(partner, new Map([['large', connection]]), readFileSync)],
  ...{ pool, signals: openSignals().signals, outbound: client, isOwn: () => false },
  ...{ documentBytesMost: 0, largeFiles: () => undefined, version: '0' },
})

async function send(name: string, size: number): Promise<void> {
  const result = await outbound.send({
    ...{ url: `as2:${name}`, method: 'POST', headers: {}, body: Buffer.alloc(size, 'ISA*00*abcdefgh~') },
    ...{ timeoutMs: 60_000, maxResponseBytes: 1_000_000, pool: 'large', concurrency: 1, ...network },
  })
  if (result.outcome !== 'answer' || result.status !== 200) throw new Error(JSON.stringify(result))
}

// Smaller ones the listener does not take.
await send('first', 1_100_000)
const idle = process.memoryUsage.rss()
const started = performance.now()
for (let at = 0; at < Number(count); at++) await send(`${at}`, Number(bytes))
console.log(
  JSON.stringify({
    rssMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    idleMegabytes: Math.round(idle / 1_048_576),
    secondsEach: Math.round((performance.now() - started) / Number(count)) / 1000,
  }),
)
await client.close()
await pool.end()
