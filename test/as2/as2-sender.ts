import { readFileSync } from 'node:fs'
import pg from 'pg'
import { As2Exchange } from '../../src/app/as2/as2-exchange.ts'
import { readAs2Partner } from '../../src/app/as2/as2-partner.ts'
import { connectors } from '../../src/connectors/all.ts'
import { openConnection } from '../../src/flow/connection.ts'
import type { MadeIdentity } from '../../src/transports/as2/identity.contract.ts'
import type { As2Answer } from '../../src/transports/as2/listener.ts'
import { GuardedClient } from '../../src/transports/http/outbound.ts'
import type { HttpRequest, HttpResult } from '../../src/transports/http/request.ts'
import { testDatabase } from '../postgres/database.ts'
import { openSignals } from './recorded-signals.ts'
import { KeyFiles } from './test-partner.ts'

const declared = { id: 'acme', tenant: 'main', connector: 'generic-wms', settings: {} }
const allowed = { allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }
const connection = openConnection({ ...declared, ...allowed }, { connectors, partitions: 1 })

/** What a hub sends by AS2, as HUB to its partner ACME, on a database of the test server: no more of the hub than that. */
export class As2Sender {
  readonly files = new KeyFiles()
  readonly client = new GuardedClient()
  readonly pool: pg.Pool
  readonly #signals = openSignals()
  readonly #partner: Readonly<Record<string, unknown>>

  static async start(ours: MadeIdentity, theirs: MadeIdentity): Promise<As2Sender> {
    return new As2Sender(new pg.Pool({ connectionString: await testDatabase() }), ours, theirs)
  }

  private constructor(pool: pg.Pool, ours: MadeIdentity, theirs: MadeIdentity) {
    this.pool = pool
    const names = { connection: 'acme', ourName: 'HUB', partnerName: 'ACME' }
    const ourIdentityFiles = [this.files.keep('ours', ours).identity]
    const certificateFiles = [this.files.keep('theirs', theirs).certificate]
    this.#partner = { ...names, ourIdentityFiles, certificateFiles }
  }

  /** Signals that were told, by their name. */
  told(name: Parameters<ReturnType<typeof openSignals>['told']>[0]): readonly unknown[] {
    return this.#signals.told(name)
  }

  /** As another process of the hub would have it; `more` is declared of the partner. */
  exchange(more: Readonly<Record<string, unknown>>): As2Exchange {
    const partner = readAs2Partner({ ...this.#partner, ...more }, new Map([['acme', connection]]), readFileSync)
    return new As2Exchange({
      partners: [partner],
      pool: this.pool,
      signals: this.#signals.signals,
      outbound: this.client,
      isOwn: () => false,
      documentBytesMost: 0,
      largeFiles: () => undefined,
      version: '0',
    })
  }

  /** A document of that name, which holds little more than its name. */
  async send(
    by: As2Exchange,
    name: string,
    more: Partial<HttpRequest> = {},
  ): Promise<HttpResult & { readonly status?: number }> {
    return by.outbound.send({
      url: `as2:${name}`,
      method: 'POST',
      headers: {},
      body: Buffer.from(`ISA*${name}~`),
      timeoutMs: 60_000,
      maxResponseBytes: 1000,
      pool: 'acme',
      concurrency: 2,
      ...allowed,
      ...more,
    })
  }

  /** How the document of that name stands: 200, 202 or 422. */
  async standing(by: As2Exchange, name: string): Promise<number | undefined> {
    return (await this.send(by, name, { method: 'GET' })).status
  }

  /** Posts a receipt to the door, as a partner does who gives it later. */
  async give(port: number | undefined, { fields, body }: As2Answer): Promise<number | undefined> {
    const result = await this.client.send({
      ...{
        url: `http://127.0.0.1:${port}/as2`,
        method: 'POST',
        headers: { ...fields },
        body: body ?? new Uint8Array(),
      },
      ...{ timeoutMs: 60_000, maxResponseBytes: 1000, pool: 'receipts', concurrency: 1, ...allowed },
    })
    return result.outcome === 'answer' ? result.status : undefined
  }

  async stop(): Promise<void> {
    await this.client.close()
    await this.pool.end()
    this.files.remove()
  }
}
