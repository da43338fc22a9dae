import { setTimeout as sleep } from 'node:timers/promises'
import type { SandboxCustomer } from './customer.ts'
import { type Happening, plausibleDay } from './day.ts'
import { showDefect } from './defect.ts'
import type { SandboxEasypost } from './easypost.ts'
import { type EdiHappening, planEdi } from './edi/edi-day.ts'
import type { EdiPartners } from './edi/partners.ts'
import type { SandboxErp } from './erp.ts'
import type { Faults } from './faults.ts'
import type { SandboxHarbor } from './harbor.ts'
import { type HarborHappening, planHarbor } from './harbor-day.ts'
import type { Peer, PeerAnswer, PeerRequest } from './peer.ts'
import { type ScenarioName, scenarios } from './scenario.ts'
import type { Sender } from './sender.ts'

/** What the control interface acts on. */
export interface ControlParts {
  readonly erp: SandboxErp
  readonly customer: SandboxCustomer
  readonly easypost: SandboxEasypost
  readonly harbor: Pick<SandboxHarbor, 'receive' | 'sent' | 'orders' | 'acknowledged' | 'underway'>
  readonly partners: Pick<EdiPartners, 'tell' | 'underway' | 'northgate' | 'baltica'>
  readonly faults: Faults
  readonly sender: Sender
  /** Where the days of the partners begin to be counted, another number with every start: they answer at any moment, so no day of theirs comes twice. */
  readonly firstDay: number
}

interface Order {
  readonly scenario?: string
  readonly seed?: number
  /** Simulated seconds per real second. */
  readonly speed?: number
  /** So many hours of the first day are told ten times as fast, so that there is soon something to see. */
  readonly sprintHours?: number
  readonly faults?: Readonly<Record<string, string>>
}

/** Runs the simulated days and answers `interline sim`. */
export class Control implements Peer {
  readonly #parts: ControlParts
  #run = 0
  #days = 0
  #scenario: ScenarioName | undefined
  #told = 0
  #total = 0

  constructor(parts: ControlParts) {
    this.#parts = parts
  }

  handle({ method, path, body }: PeerRequest): PeerAnswer {
    if (method !== 'POST' && path !== '/control/status') return { status: 405, body: { detail: 'POST is needed' } }
    try {
      const order = readOrder(body)
      switch (path) {
        case '/control/start':
          return { status: 202, body: this.start(order) }
        case '/control/fault':
          this.#parts.faults.set(order.faults ?? {})
          return { status: 200, body: this.status() }
        case '/control/stop':
          this.#run++
          this.#scenario = undefined
          return { status: 200, body: this.status() }
        case '/control/status':
          return { status: 200, body: this.status() }
        default:
          return { status: 404, body: { detail: `there is no ${path}` } }
      }
    } catch (error) {
      return { status: 422, body: { detail: error instanceof Error ? error.message : 'not understood' } }
    }
  }

  start(order: Order): unknown {
    const name = order.scenario ?? 'quiet-day'
    if (!Object.hasOwn(scenarios, name))
      throw new Error(`There is no scenario ${name}; known are ${Object.keys(scenarios).join(', ')}.`)
    this.#parts.faults.set(order.faults ?? {})
    this.#scenario = name as ScenarioName
    this.#play(this.#scenario, order).catch((error: unknown) => {
      this.#scenario = undefined
      showDefect(error)
    })
    return this.status()
  }

  status(): Record<string, unknown> {
    const { erp, customer, easypost, harbor, partners, faults, sender } = this.#parts
    return {
      scenario: this.#scenario ?? null,
      told: this.#told,
      total: this.#total,
      sent: sender.sent,
      refused: sender.refused,
      abandoned: sender.abandoned,
      underway: sender.underway + harbor.underway + partners.underway,
      erpDocuments: erp.documents.length,
      erpDoubles: erp.doubles,
      erpRepeats: erp.repeats,
      webhooks: customer.received,
      webhookRepeats: customer.duplicates,
      webhookInversions: customer.inversions,
      webhooksRefused: customer.refused,
      carrierWebhooks: easypost.webhooks.length,
      carrierWebhookDoubles: easypost.doubles,
      harborOrders: harbor.orders,
      harborInterchanges: harbor.sent,
      harborAcknowledged: harbor.acknowledged,
      northgate: partners.northgate,
      baltica: partners.baltica,
      faults: faults.inForce,
    }
  }

  /** How long the day stood still because the hub does not keep up, in ms. */
  async #standing(run: number): Promise<number> {
    const from = performance.now()
    while (this.#run === run && this.#parts.sender.waiting > waitingMost) await sleep(20)
    return performance.now() - from
  }

  #tell(happening: Happening | HarborHappening | EdiHappening): Promise<void> {
    if ('told' in happening) return this.#parts.partners.tell(happening)
    if (!('receipt' in happening)) return this.#parts.sender.tell(happening)
    const { receipt, purchaseOrder, lines } = happening
    return this.#parts.harbor.receive(receipt, purchaseOrder, lines)
  }

  /** One day after the other until it is stopped or another one is started. */
  async #play(name: ScenarioName, { seed: told, speed = 600, sprintHours = 0 }: Order): Promise<void> {
    const run = ++this.#run
    // Whoever names no seed wants a new day, not the one that was told before.
    const seed = told ?? run * daysApart
    for (let day = 0; this.#run === run; day++) {
      // Its parcels arrive on the day after: two days ago, nothing of it lies in the future.
      const date = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10)
      const numbers = this.#parts.firstDay + this.#days++
      const happenings = [
        ...plausibleDay(name, seed + day, date),
        ...planHarbor(seed + day, date, numbers),
        ...planEdi(seed + day, date, numbers),
      ].toSorted((a, b) => a.second - b.second)
      this.#total = happenings.length
      this.#told = 0
      let from = performance.now()
      const start = happenings[0]?.second ?? 0
      for (const happening of happenings) {
        const sprintSeconds = day === 0 ? Math.max(0, sprintHours * 3600 - start) : 0
        const due = dueMs(happening.second - start, { speed, sprintSeconds })
        const wait = due - (performance.now() - from)
        if (wait > 5) await sleep(wait)
        from += await this.#standing(run)
        if (this.#run !== run) return
        this.#told++
        // Not awaited: a sender that waits for an answer does not hold up the others.
        this.#tell(happening).catch(showDefect)
      }
    }
  }
}

/** So many may wait for the hub before the day stands still: also where a machine was asleep, and hours are told at once. */
const waitingMost = 1000

/** How long after the beginning something is told, in real milliseconds: the first part of the time ten times as fast. */
export function dueMs(seconds: number, { speed, sprintSeconds }: { speed: number; sprintSeconds: number }): number {
  const sprinted = Math.min(seconds, sprintSeconds)
  return ((sprinted / 10 + (seconds - sprinted)) * 1000) / speed
}

const speedMax = 100_000
/** No run lasts so many days. */
const daysApart = 1000

/** Throws a sentence for a body that is not understood. */
function readOrder(body: string): Order {
  const content: unknown = body === '' ? {} : JSON.parse(body)
  if (typeof content !== 'object' || content === null) throw new Error('The body must be a JSON object.')
  const { scenario, seed, speed, faults } = Object.fromEntries(Object.entries(content))
  if (scenario !== undefined && typeof scenario !== 'string') throw new Error('scenario must be a name.')
  if (seed !== undefined && !Number.isSafeInteger(seed)) throw new Error('seed must be a whole number.')
  if (speed !== undefined && !(typeof speed === 'number' && speed > 0 && speed <= speedMax))
    throw new Error(`speed must be a number up to ${speedMax}.`)
  if (faults !== undefined && (typeof faults !== 'object' || faults === null))
    throw new Error('faults must be an object.')
  return {
    ...(scenario === undefined ? {} : { scenario }),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(speed === undefined ? {} : { speed }),
    faults: Object.fromEntries(Object.entries(faults ?? {}).map(([name, share]) => [name, String(share)])),
  }
}
