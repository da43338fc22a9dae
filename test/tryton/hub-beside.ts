import { eventually, HubProcess } from '../hub-process.ts'
import { testDatabase } from '../postgres/database.ts'
import { Wire } from '../wire.ts'
import { Tryton } from './tryton.ts'

/** Short, so that what is in doubt is settled within the test; the proportions are those of the defaults. */
const times = { INTERLINE_CLAIM_SECONDS: '25', INTERLINE_VANISHED_SECONDS: '1', INTERLINE_LEASE_SECONDS: '3' }

/** An effect as the hub tells of it. */
export interface EffectRow {
  readonly command: string
  readonly naturalKey: string
  readonly state: string
  readonly documentReference?: string
  readonly reason?: string
}

/** A hub and a real Tryton, with a wire between them that can hold back what Tryton answers. */
export class HubBeside {
  readonly tryton: Tryton
  readonly wire: Wire
  hub: HubProcess
  readonly #network: object
  #events = 0

  /** `network` is told where Tryton can be reached. */
  static async start(network: (url: string) => object): Promise<HubBeside> {
    const tryton = await Tryton.start()
    const wire = await Wire.open(tryton.url, (body) => (JSON.parse(body) as { method: string }).method)
    const declared = network(wire.url)
    const databaseUrl = await testDatabase()
    const hub = await HubProcess.start({ network: declared, environment: times, databaseUrl })
    return new HubBeside({ tryton, wire, hub }, declared)
  }

  private constructor({ tryton, wire, hub }: Pick<HubBeside, 'tryton' | 'wire' | 'hub'>, network: object) {
    this.tryton = tryton
    this.wire = wire
    this.hub = hub
    this.#network = network
  }

  /** The hub is killed; `meanwhile` nobody is there, then another one goes on over the same database. */
  async restart(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    const { databaseUrl, key } = this.hub
    await this.hub.die()
    await meanwhile()
    this.hub = await HubProcess.start({ network: this.#network, environment: times, databaseUrl, key })
  }

  /** What a system says happens now. */
  event(type: string, data: object): object {
    return { eventId: `E-${++this.#events}`, type, occurredAt: new Date().toISOString(), data }
  }

  /** Waits until so many effects of a command are there and none of them is open any more. */
  settled(command: string, count: number, patienceMs: number): Promise<readonly EffectRow[]> {
    return eventually(
      async () => {
        const answer = await this.hub.call('GET', `/v1/effects?command=${command}&limit=200`)
        return (answer.json() as { data: EffectRow[] }).data
      },
      (rows) => rows.length >= count && rows.every(({ state }) => ['applied', 'refused', 'parked'].includes(state)),
      patienceMs,
    )
  }

  async stop(): Promise<void> {
    await this.hub.stop()
    await this.wire.close()
    await this.tryton.stop()
  }
}
