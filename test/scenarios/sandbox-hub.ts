import { connectors } from '../../src/connectors/all.ts'
import { cloudEvent } from '../../src/connectors/webhook/cloud-event.ts'
import { type ConnectionDeclaration, openConnection } from '../../src/flow/connection.ts'
import { Reconciler } from '../../src/flow/dispatch/reconcile.ts'
import type { Clock } from '../../src/flow/ports.ts'
import { isReport } from '../../src/model/fact.ts'
import type { ShipmentState } from '../../src/model/shipment/state.ts'
import { SandboxCustomer } from '../../src/sandbox/customer.ts'
import type { Happening } from '../../src/sandbox/day.ts'
import { disturbed } from '../../src/sandbox/disturbance.ts'
import { SandboxEasypost } from '../../src/sandbox/easypost.ts'
import { SandboxErp } from '../../src/sandbox/erp.ts'
import { Faults } from '../../src/sandbox/faults.ts'
import { sandboxNetwork } from '../../src/sandbox/network.ts'
import type { Peer } from '../../src/sandbox/peer.ts'
import { seeded } from '../../src/sandbox/random.ts'
import type { HttpRequest, HttpResult } from '../../src/transports/http/request.ts'
import { answerOfPeer } from './peer-answer.ts'
import { SmallHub } from './small-hub.ts'

const ports = { erp: 1, customer: 2, easypost: 3 }

/** The real flow with the simulated systems around it, on one clock: days of faults pass in a moment. */
export class SandboxHub {
  readonly faults = new Faults()
  readonly #random = seeded(11)
  readonly erp = new SandboxErp(this.faults, this.#random)
  readonly customer = new SandboxCustomer(this.faults, this.#random)
  readonly easypost = new SandboxEasypost(this.faults, this.#random)
  readonly hub: SmallHub
  readonly reconciler: Reconciler

  static async start(): Promise<SandboxHub> {
    const peers: { hub?: SandboxHub } = {}
    const { connections, routes } = sandboxNetwork(ports)
    const subscription: ConnectionDeclaration = {
      id: 'subscription:1',
      tenant: 'main',
      connector: 'webhook',
      settings: { url: `http://127.0.0.1:${ports.customer}/events`, secrets: [] },
      allowHttp: true,
      timeoutSeconds: 15,
    }
    const subscriber = {
      id: subscription.id,
      tenant: 'main',
      state: 'active',
      connection: openConnection(subscription, { connectors, partitions: 2 }),
      matches: ({ type }: { readonly type: string }) => type.startsWith('shipment.') && !isReport(type),
      event: cloudEvent,
    } as const
    const hub = await SmallHub.start({
      connections: [...connections, subscription],
      routes,
      subscribers: () => [subscriber],
      answer: (request, time) => answer(peers.hub, request, time),
    })
    peers.hub = new SandboxHub(hub)
    return peers.hub
  }

  private constructor(hub: SmallHub) {
    this.hub = hub
    this.reconciler = new Reconciler({
      place: hub.node.place,
      exchange: { outbound: hub.outbound, signer: { sign: () => '' } },
      trace: () => '4bf92f3577b34da6a3ce929d0e0e4736',
      everyHours: 1,
    })
  }

  /** Work that waits for answers, while time passes. */
  async meanwhile<T>(work: Promise<T>): Promise<T> {
    const [[ended]] = await Promise.all([Promise.allSettled([work]), this.hub.pass(60_000)])
    if (ended?.status !== 'fulfilled') throw ended?.reason
    return ended.value
  }

  /** Tells what happened, under the faults in force, one message after the other. */
  async tell(happenings: readonly Happening[]): Promise<void> {
    for (const happening of happenings) {
      if (happening.connection === 'easypost') this.easypost.know(happening.body)
      for (const { text, afterMs } of disturbed(happening, this.faults, this.#random)) {
        const { time } = this.hub
        time
          .sleep(afterMs)
          .then(() => this.hub.accept(happening.connection, text))
          .catch((error: unknown) => this.hub.failures.push(`told in vain: ${String(error)}`))
      }
      await this.hub.pass(50)
    }
    await this.hub.pass(10_000)
  }

  /** State and reason of the effect of a natural key. */
  async effect(naturalKey: string): Promise<{ state: string; reason: string; document: string } | undefined> {
    const [found] = await this.hub.backbone.ledger.effects({ tenant: 'main', naturalKey, limit: 2 })
    if (found === undefined) return undefined
    return { state: found.state, reason: found.reason ?? '', document: found.documentReference ?? '' }
  }

  /** The shipments that are no other shipment. */
  shipments(): readonly ShipmentState[] {
    return [...this.hub.backbone.tables.states]
      .filter(([subject]) => subject.startsWith('shp_'))
      .map(([, { body }]) => JSON.parse(body) as ShipmentState)
      .filter(({ mergedInto }) => mergedInto === undefined)
  }

  /** How many effects of the ERP are in each state. */
  async effects(): Promise<Readonly<Record<string, number>>> {
    const counts: Record<string, number> = {}
    for (const { state, count, target } of await this.hub.backbone.ledger.counts())
      if (target === 'erp') counts[state] = (counts[state] ?? 0) + count
    return counts
  }

  async stop(): Promise<void> {
    await this.hub.stop()
  }
}

async function answer(sandbox: SandboxHub | undefined, request: HttpRequest, time: Clock): Promise<HttpResult> {
  const { port } = new URL(request.url)
  const peers: Readonly<Record<number, Peer | undefined>> = {
    [ports.erp]: sandbox?.erp,
    [ports.customer]: sandbox?.customer,
    [ports.easypost]: sandbox?.easypost,
  }
  const peer = peers[Number(port)]
  return answerOfPeer(peer, request, time)
}
