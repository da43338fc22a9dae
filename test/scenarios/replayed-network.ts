import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import { runProgram } from '../../src/app/terminal/program.ts'
import type { Happening } from '../../src/sandbox/day.ts'
import { harborLocation } from '../../src/sandbox/harbor-documents.ts'
import { sandboxNetwork } from '../../src/sandbox/network.ts'
import { signatureOf } from '../../src/sandbox/sender.ts'
import { ChaosErp } from '../chaos/erp.ts'
import { freePort, HubProcess } from '../hub-process.ts'
import { Stream } from '../simulation/random.ts'

/** Something that a partner sends: a happening of a simulated day, or an interchange. */
export type Told = Pick<Happening, 'connection' | 'body'> | { readonly connection: 'harbor'; readonly edi: Uint8Array }

const local = { tenant: 'main', allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }

/** A real hub between carriers, a warehouse, a shop and an EDI partner on one side, and an ERP and a customer that count on the other. */
export class ReplayedNetwork {
  hub: HubProcess
  readonly erp: ChaosErp
  /** What the customer was told, by id, and how often. */
  readonly told: ReadonlyMap<string, number>
  /** Answers that the EDI partner got. */
  readonly answers: readonly string[]
  /** Settings of the warehouse, which a hub that starts again has. */
  warehouse: Readonly<Record<string, unknown>> = {}
  /** The most that the hub held, MB, since it was last asked. */
  #peak = 0
  readonly #port: number
  readonly #outside: Outside

  static async start(): Promise<ReplayedNetwork> {
    const faults = { failBefore: 0, lostReply: 0, late: 0, lateMs: 0, spoilt: 0, lookUpFails: 0 }
    const erp = await ChaosErp.open(new Stream(1, 'erp'), faults)
    const outside = await openOutside()
    const port = await freePort()
    const hub = await HubProcess.start({
      network: networkOf({ erp: erp.port, edi: outside.url, warehouse: {} }),
      environment: environmentOf(port),
    })
    const made = await hub.call('POST', '/v1/subscriptions', {
      json: { url: `${outside.url}/events`, types: ['shipment.*'] },
    })
    if (made.status !== 201) throw new Error(made.text)
    return new ReplayedNetwork({ hub, erp, outside, port })
  }

  private constructor(parts: { hub: HubProcess; erp: ChaosErp; outside: Outside; port: number }) {
    this.hub = parts.hub
    this.erp = parts.erp
    this.told = parts.outside.told
    this.answers = parts.outside.answers
    this.#outside = parts.outside
    this.#port = parts.port
  }

  /** As a supervisor does it after a kill -9: at the same address, on the same database. */
  async killAndStart(): Promise<void> {
    const { databaseUrl, key } = this.hub
    await this.hub.die()
    this.hub = await HubProcess.start({
      network: networkOf({ erp: this.erp.port, edi: this.#outside.url, warehouse: this.warehouse }),
      environment: environmentOf(this.#port),
      databaseUrl,
      key,
    })
  }

  /** Tells the hub everything, many at a time, each until it is taken. Answers how long the slowest waited for its answer, ms. */
  async tell(all: readonly Told[], senders = 32): Promise<number> {
    let [next, slowest] = [0, 0]
    const sender = async (): Promise<void> => {
      for (let one = all[next++]; one !== undefined; one = all[next++]) {
        const from = performance.now()
        for (let status = await this.#post(one); status !== 202; status = await this.#post(one)) {
          if (status >= 400 && status < 500 && status !== 429)
            throw new Error(`${one.connection} is refused: ${status}`)
          await sleep(100)
        }
        slowest = Math.max(slowest, performance.now() - from)
      }
    }
    await Promise.all(Array.from({ length: senders }, sender))
    return Math.round(slowest)
  }

  async #post(one: Told): Promise<number> {
    const body = 'edi' in one ? one.edi : JSON.stringify(one.body)
    const proof = 'edi' in one ? undefined : signatureOf(one.connection, String(body))
    try {
      const answer = await request(`${this.hub.url}/v1/inbound/${one.connection}`, {
        method: 'POST',
        headers: {
          'content-type': 'edi' in one ? 'application/edi-x12' : 'application/json',
          ...(proof ?? { authorization: `Bearer ${this.hub.key}` }),
        },
        body,
      })
      await answer.body.dump()
      return answer.statusCode
    } catch {
      return 0
    }
  }

  /** A list as the API shows it, to its last page. */
  async rows(path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const all: Readonly<Record<string, unknown>>[] = []
    for (let cursor = ''; ; ) {
      const answer = await this.hub.call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=200${cursor}`)
      if (answer.status !== 200) throw new Error(answer.text)
      const { data, page } = answer.json() as { data: typeof all; page: { next?: string | null } }
      all.push(...data)
      if (typeof page.next !== 'string') return all
      cursor = `&cursor=${encodeURIComponent(page.next)}`
    }
  }

  /** Until every message is settled, every effect has its end, and the customer hears nothing new. */
  async quiet(patienceMs = 600_000): Promise<void> {
    const until = performance.now() + patienceMs
    let [before, still] = ['', 0]
    while (still < 6) {
      if (performance.now() > until) throw new Error(`the hub does not come to rest: ${before}`)
      await sleep(500)
      const pending = Number(((await this.hub.call('GET', '/v1/accounting')).json() as { pending: number }).pending)
      const now = JSON.stringify([
        pending,
        await this.hub.counter('interline_effects_total').catch(() => 0),
        this.erp.documents.length,
        this.told.size,
        this.answers.length,
      ])
      this.notePeak()
      still = pending === 0 && now === before ? still + 1 : 0
      before = now
    }
  }

  /** One command line, as an operator types it. */
  async run(...args: readonly string[]): Promise<{ code: number; out: string; error: string }> {
    let [out, error] = ['', '']
    const terminal = {
      ...{ out: (said: string) => void (out += said), error: (said: string) => void (error += said) },
      ...{ isWatched: true, columns: 100 },
    }
    const environment = { INTERLINE_HUB_URL: this.hub.url, INTERLINE_KEY: this.hub.key }
    return { code: await runProgram(args, terminal, environment), out, error }
  }

  notePeak(): void {
    this.#peak = Math.max(this.#peak, this.hub.residentMegabytes)
  }

  takePeak(): number {
    const peak = Math.round(this.#peak)
    this.#peak = 0
    return peak
  }

  async stop(): Promise<void> {
    await this.hub.stop()
    await this.erp.close()
    await this.#outside.close()
  }
}

function networkOf(parts: { erp: number; edi: string; warehouse: Readonly<Record<string, unknown>> }): object {
  const { connections, ...others } = sandboxNetwork({ erp: parts.erp, customer: 0, easypost: 0 })
  const edi = { ...{ ownId: 'MERIDIAN', partnerId: 'HARBOR', carrier: 'freightwest', ta1: 'never' }, group: '997' }
  return {
    ...others,
    connections: [
      // Nobody polls here, and no ERP or shop is asked beside what is posted.
      ...connections.map((one) => ({
        ...one,
        polling: undefined,
        settings: { ...one.settings, ...(one.id === 'wms' ? parts.warehouse : {}) },
      })),
      {
        ...{ id: 'harbor', connector: 'edi-partner', ...local },
        settings: { url: `${parts.edi}/edi`, location: harborLocation, ...edi },
      },
    ],
    routes: [...others.routes, { command: 'acknowledge_interchange', target: 'harbor', tenant: 'main' }],
  }
}

function environmentOf(port: number): Record<string, string> {
  return {
    INTERLINE_PORT: String(port),
    INTERLINE_ALLOWED_PRIVATE_RANGES: '127.0.0.0/8',
    INTERLINE_LEASE_SECONDS: '3',
    INTERLINE_LOG_LEVEL: 'error',
    INTERLINE_CLIENT_REQUESTS_PER_SECOND: '1000000',
  }
}

interface Outside {
  readonly url: string
  readonly told: ReadonlyMap<string, number>
  readonly answers: readonly string[]
  close(): Promise<void>
}

/** The customer's endpoint, and the door of the EDI partner. */
async function openOutside(): Promise<Outside> {
  const told = new Map<string, number>()
  const answers: string[] = []
  const server = createServer((incoming, response) => {
    text(incoming)
      .then((body) => {
        if (incoming.url?.startsWith('/edi') === true) answers.push(body)
        else {
          const id = String(incoming.headers['webhook-id'])
          told.set(id, (told.get(id) ?? 0) + 1)
        }
        response.writeHead(204).end()
      })
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, told, answers, close }
}
