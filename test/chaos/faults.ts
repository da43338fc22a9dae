import { setTimeout as sleep } from 'node:timers/promises'
import { childrenOf, type TestServer } from '../postgres/server.ts'
import type { ChaosErp } from './erp.ts'
import type { HubProcess } from './hub-process.ts'
import type { Fault, WireName } from './plan.ts'
import type { FaultWire } from './wire.ts'

/** What can be hurt. */
export interface Victims {
  readonly hubs: readonly HubProcess[]
  readonly server: TestServer
  /** One wire of each hub to the database and to the ERP. */
  readonly wires: readonly Readonly<Record<WireName, FaultWire>>[]
  readonly erp: ChaosErp
}

/** Carries out a plan against real processes, each fault at its time, whatever else is broken just then. */
export class FaultInjector {
  readonly #victims: Victims
  readonly #done: Record<string, number> = {}
  readonly #running = new Set<Promise<void>>()
  readonly #restarting = new Set<HubProcess>()
  readonly #say: (line: string) => void
  #databaseDown = false

  constructor(victims: Victims, say: (line: string) => void) {
    this.#victims = victims
    this.#say = say
  }

  /** Faults that took place, by kind. Cuts count when they met a write. */
  get done(): Readonly<Record<string, number>> {
    const cuts = this.#victims.wires.reduce((sum, { database }) => sum + database.cuts, 0)
    return { ...this.#done, cut: cuts }
  }

  /** Until the last fault is over and everything is up again. */
  async run(plan: readonly Fault[]): Promise<void> {
    const from = performance.now()
    for (const fault of plan) {
      const wait = fault.at - (performance.now() - from)
      if (wait > 0) await sleep(wait)
      if (fault.kind !== 'cut') this.#say(describe(fault))
      const running = this.#inflict(fault).finally(() => this.#running.delete(running))
      this.#running.add(running)
    }
    await Promise.all(this.#running)
    const { hubs, wires } = this.#victims
    for (const { database, erp } of wires)
      for (const wire of [database, erp]) {
        wire.disarm()
        wire.heal()
      }
    for (const hub of hubs) if (!hub.alive) await hub.start()
  }

  async #inflict(fault: Fault): Promise<void> {
    const { erp } = this.#victims
    switch (fault.kind) {
      case 'kill':
        return this.#kill(fault.hub, fault.downMs)
      case 'freeze':
        return this.#freeze(fault.hub, fault.ms)
      case 'restart':
        return this.#restart()
      case 'kill_database':
        return this.#killDatabase(fault.downMs)
      case 'kill_backend':
        return this.#killBackend()
      case 'cut':
        if (this.#hub(fault.hub).alive) this.#wire(fault.hub, 'database').arm(fault.how)
        return
      case 'break':
        this.#count(`break_${fault.wire}`)
        this.#wire(fault.hub, fault.wire).cutAll()
        return
      case 'delay':
      case 'silence':
        return this.#slow(fault)
      case 'erp_outage':
        this.#count('erp_outage')
        erp.outageUntil = performance.now() + fault.ms
    }
  }

  async #kill(index: number, downMs: number): Promise<void> {
    const hub = this.#hub(index)
    if (!hub.alive || this.#restarting.has(hub)) return
    this.#restarting.add(hub)
    this.#count('kill')
    try {
      await hub.kill()
      this.#wire(index, 'database').disarm()
      await sleep(downMs)
      const from = performance.now()
      await hub.start()
      this.#say(
        `hub ${index} is ready again after ${Math.round(performance.now() - from)} ms ${hub.failedStarts.splice(0).join('\n')}`,
      )
    } finally {
      this.#restarting.delete(hub)
    }
  }

  /** One hub after the other, as a new release is rolled out. */
  async #restart(): Promise<void> {
    for (const [index, hub] of this.#victims.hubs.entries()) {
      // A frozen one hears nothing, and one that is away is started by whoever took it away: nobody rolls on before it is back.
      for (let tries = 0; tries < 50 && isAway(hub, this.#restarting); tries++) await sleep(200)
      if (isAway(hub, this.#restarting)) continue
      this.#restarting.add(hub)
      this.#count('restart')
      try {
        const took = await hub.leave()
        this.#wire(index, 'database').disarm()
        await hub.start()
        this.#say(`hub ${index} left in ${took} ms and is back ${hub.failedStarts.splice(0).join('\n')}`)
      } finally {
        this.#restarting.delete(hub)
      }
    }
  }

  async #freeze(index: number, ms: number): Promise<void> {
    const hub = this.#hub(index)
    if (!hub.alive || hub.frozen) return
    this.#count('freeze')
    const { thaw } = hub.freeze()
    await sleep(ms)
    thaw()
  }

  async #killDatabase(downMs: number): Promise<void> {
    if (this.#databaseDown) return
    this.#databaseDown = true
    this.#count('kill_database')
    const { server } = this.#victims
    await server.kill()
    await sleep(downMs)
    await server.restart()
    this.#databaseDown = false
  }

  /** One process of the server dies; the server ends the others and recovers by itself. */
  async #killBackend(): Promise<void> {
    if (this.#databaseDown) return
    const victim = childrenOf(this.#victims.server.pid).at(-1)
    if (victim === undefined) return
    this.#count('kill_backend')
    try {
      process.kill(victim, 'SIGKILL')
    } catch {
      // A connection that ended meanwhile.
    }
  }

  async #slow(fault: Fault & { kind: 'delay' | 'silence' }): Promise<void> {
    const wire = this.#wire(fault.hub, fault.wire)
    if (wire.silent || wire.delayMs > 0) return
    this.#count(`${fault.kind}_${fault.wire}`)
    if (fault.kind === 'silence') wire.silent = true
    else wire.delayMs = fault.ms
    await sleep(fault.forMs)
    wire.heal()
  }

  #hub(index: number): HubProcess {
    const hub = this.#victims.hubs[index]
    if (hub === undefined) throw new Error(`there is no hub ${index}`)
    return hub
  }

  #wire(index: number, name: WireName): FaultWire {
    const wires = this.#victims.wires[index]
    if (wires === undefined) throw new Error(`hub ${index} has no wires`)
    return wires[name]
  }

  #count(kind: string): void {
    this.#done[kind] = (this.#done[kind] ?? 0) + 1
  }
}

function isAway(hub: HubProcess, restarting: ReadonlySet<HubProcess>): boolean {
  return !hub.alive || hub.frozen || restarting.has(hub)
}

function describe({ at, kind, ...about }: Fault): string {
  const rest = Object.entries(about).map(
    ([name, value]) => `${name} ${typeof value === 'number' ? Math.round(value) : value}`,
  )
  return `${(at / 1000).toFixed(1)} s: ${kind} ${rest.join(', ')}`
}
