import { createHash } from 'node:crypto'
import type { Backbone } from '../../src/backbone/backbone.ts'
import { type MemoryBackbone, memoryBackbone } from '../../src/backbone/memory/memory.ts'
import { InterlineError } from '../../src/base/errors.ts'
import { connectors as realConnectors } from '../../src/connectors/all.ts'
import { genericErp } from '../../src/connectors/generic-erp/connector.ts'
import { genericWms } from '../../src/connectors/generic-wms/connector.ts'
import type { Connector, Document, TranslateContext } from '../../src/connectors/kit/connector.ts'
import { type Connection, openConnection } from '../../src/flow/connection.ts'
import { postingTimes } from '../../src/flow/dispatch/verdict.ts'
import { FlowNode } from '../../src/flow/node.ts'
import type { FlowSignals, Outbound } from '../../src/flow/ports.ts'
import { flowDefaults } from '../../src/flow/workplace.ts'
import type { PostingRoute } from '../../src/processes/postings.ts'
import { SimulatedCarrier } from './carrier.ts'
import { SimulatedPartner } from './edi-partner.ts'
import { SimulatedErp } from './erp.ts'
import { Kernel } from './kernel.ts'
import { Machine, startOfTime } from './machine.ts'
import type { Mutant } from './mutants.ts'
import { type Peer, simulatedNetwork } from './network.ts'
import { payloadConnections } from './payloads.ts'
import { type Plan, planOf } from './plan.ts'
import { Stream } from './random.ts'
import { simulatedStore } from './store.ts'

/** One hub process of the world; it is there only while its machine is up. */
export interface Process {
  readonly machine: Machine
  node: FlowNode | undefined
}

/** Everything of one seed: hubs, store, ERP, faults. */
export class World {
  readonly kernel = new Kernel()
  readonly plan: Plan
  readonly store: MemoryBackbone
  readonly erp: SimulatedErp
  readonly partner: SimulatedPartner
  /** Makes labels where the hub carries orders out. */
  readonly carrier: SimulatedCarrier
  /** Whether corrections of stock are told to the partner. */
  readonly hasPartner: boolean
  /** Whether the hub carries orders out. */
  readonly hasOrders: boolean
  readonly processes: readonly Process[]
  readonly connections: ReadonlyMap<string, Connection>
  readonly mutant: Mutant | undefined
  /** Somebody mended the map: what was poison can be translated. */
  mended = false
  databaseDownUntil = 0
  healed = false
  failures: string[] = []
  /** Whatever the ERP can be told, it is told. */
  readonly #erpRoutes: readonly PostingRoute[] = Object.values(genericErp.operations ?? {}).flatMap(({ command }) =>
    command === undefined ? [] : [{ command, target: 'erp', tenant: 'main' }],
  )

  constructor(
    seed: number,
    mutant?: Mutant,
    { hasPartner = false, hasOrders = false }: { readonly hasPartner?: boolean; readonly hasOrders?: boolean } = {},
  ) {
    this.plan = mutant?.weather?.(planOf(seed)) ?? planOf(seed)
    this.mutant = mutant
    this.store = memoryBackbone({ partitions: partitions, now: () => startOfTime + this.kernel.now })
    this.hasPartner = hasPartner
    this.hasOrders = hasOrders || mutant?.hasOrders === true
    this.partner = new SimulatedPartner(this.kernel, new Stream(seed, 'partner'))
    this.carrier = new SimulatedCarrier(this.kernel, new Stream(seed, 'carrier'), this.plan.erp)
    this.erp = new SimulatedErp(this.kernel, new Stream(seed, 'erp'), this.plan.erp)
    this.connections = this.#connect()
    this.processes = [0, 1].map((index) => ({
      machine: new Machine({
        name: `hub-${index}`,
        kernel: this.kernel,
        stream: new Stream(seed, `hub-${index}`),
        faults: { ...this.plan.machine, skewMs: this.plan.skews[index] ?? 0 },
      }),
      node: undefined,
    }))
  }

  start(process: Process): void {
    const { machine } = process
    machine.up = true
    const { incarnation } = machine
    const shared = simulatedStore(this.mutant?.store?.(this.store, this) ?? this.store, machine, {
      down: () => this.kernel.now < this.databaseDownUntil,
      committed: () => this.#ring(),
    })
    const network: Outbound = simulatedNetwork(machine, (url) => this.#peer(url), this.plan.network)
    const clock = machine.clock()
    const node = new FlowNode({
      roles: new Set(['gateway', 'translate', 'advance', 'dispatch']),
      ports: {
        backbone: shared,
        clock,
        random: machine.random(),
        breath: () => machine.breath(),
        signals: silent,
        node: `${machine.name}-${incarnation}`,
        settings: { ...flowDefaults, batchMessages: 20, pollMs: 15_000, inline: this.plan.inline },
        connections: () => this.connections,
        routes: () => this.#routes(),
        policy: (_, process) =>
          this.hasOrders && process === 'order-to-ship'
            ? { ...carriedOut, transportBy: 'hub', labelAt: 'release' }
            : undefined,
        subscribers: () => [],
        disable: async () => {},
      },
      exchange: { outbound: this.mutant?.outbound?.(network, this) ?? network, signer: { sign: () => '' } },
      times: { ...postingTimes, vanishedMs: vanishedMilliseconds },
      hash: (body) => createHash('sha256').update(body).digest('hex'),
      spawn: (name, loop) => {
        loop().catch((error: unknown) => this.failures.push(`${name}: ${String(error)}`))
      },
    })
    process.node = node
    this.mutant?.node?.(node, this)
    node.start().catch(() => {
      // The database was away at the start: a real process would end and be started again.
      if (machine.incarnation === incarnation) this.crash(process, 500)
    })
  }

  #peer(url: string): Peer | undefined {
    if (url.startsWith('http://erp.example')) return this.erp
    if (url.startsWith('http://haul.example')) return this.carrier
    return url.startsWith('http://partner.example') ? this.partner : undefined
  }

  #routes(): readonly PostingRoute[] {
    const told = { command: 'advise_adjustment', target: 'partner', tenant: 'main' }
    const carried = ['book_shipment', 'void_label'].map((command) => ({ command, target: 'haul', tenant: 'main' }))
    return [...this.#erpRoutes, ...(this.hasPartner ? [told] : []), ...(this.hasOrders ? carried : [])]
  }

  crash(process: Process, restartMs: number): void {
    process.machine.crash()
    process.node = undefined
    this.kernel.after(restartMs, () => {
      if (!process.machine.up) this.start(process)
    })
  }

  /** Faults end, everything is up. */
  heal(): void {
    this.healed = true
    this.erp.healed = true
    this.partner.healed = true
    this.carrier.healed = true
    this.erp.outageUntil = 0
    this.databaseDownUntil = 0
    for (const process of this.processes) {
      process.machine.healed = true
      process.machine.pausedUntil = this.kernel.now
      if (!process.machine.up) this.start(process)
    }
  }

  /** NOTIFY: a hint that is lost now and then; the poll heals it. */
  #ring(): void {
    for (const { machine, node } of this.processes) {
      if (node === undefined || machine.stream.chance(0.1)) continue
      const { incarnation } = machine
      this.kernel.after(machine.stream.between(1, 20), () => {
        if (machine.incarnation === incarnation) node.wake()
      })
    }
  }

  #connect(): ReadonlyMap<string, Connection> {
    const inbound = genericWms.inbound
    if (inbound === undefined) throw new Error('the warehouse takes nothing in')
    const warehouse = {
      ...genericWms,
      inbound: {
        ...inbound,
        translate: (document: Document, context: TranslateContext<never>) => {
          const { data } = document.content as { data?: { poison?: unknown } }
          if (data?.poison === 'true' && !this.mended)
            throw new InterlineError('CONTENT_INVALID', { place: 'data', expected: 'sense', found: 'poison' })
          return inbound.translate(document, context)
        },
      },
    } as unknown as Connector
    const connectors = [warehouse, hurried(genericErp as unknown as Connector)]
    const others = payloadConnections.map(
      (one) => [one.id, openConnection(one, { connectors: realConnectors, partitions })] as const,
    )
    const declared = [
      { id: 'wms', tenant: 'main', connector: 'generic-wms', settings: {} },
      {
        id: 'erp',
        tenant: 'main',
        connector: 'generic-erp',
        settings: { url: 'http://erp.example' },
        requestsPerSecond: 200,
        concurrent: 8,
      },
    ]
    const partner = {
      id: 'partner',
      tenant: 'main',
      connector: 'edi-partner',
      settings: {
        url: 'http://partner.example',
        partnerId: 'NORTHERN',
        ownId: 'HARBOR',
        adjustmentReason: '07',
        awaits: 'nothing',
        // In some runs documents leave together, a few at a time.
        batchMinutes: this.plan.inline ? 0 : 1,
        batchMost: 5,
      },
      requestsPerSecond: 200,
      concurrent: 8,
    }
    return new Map([
      ...declared.map((one) => [one.id, openConnection(one, { connectors, partitions })] as const),
      ...(this.hasPartner
        ? [['partner', openConnection(partner, { connectors: realConnectors, partitions })] as const]
        : []),
      ...(this.hasOrders
        ? [['haul', openConnection(carrierConnection, { connectors: realConnectors, partitions })] as const]
        : []),
      ...others,
    ])
  }
}

export const partitions = 2

/** Orders that the hub carries out, with a carrier whose price is agreed. */
const carriedOut = {
  orchestratedBy: 'hub',
  deliveryCreatedBy: 'hub',
  carriers: [{ carrier: 'haul', cost: '8.00', currency: 'EUR' }],
}

const carrierConnection = {
  id: 'haul',
  tenant: 'main',
  connector: 'generic-carrier',
  settings: { carrier: 'haul', url: 'http://haul.example' },
  requestsPerSecond: 200,
  concurrent: 8,
}

/** The ERP of this world finishes within 100 s, and its network gives up on an orphan after 130 s: short, so that bugs in the waits show. */
const horizonSeconds = 100
const vanishedMilliseconds = 130_000

/** For mutants that need the store behind the network. */
export type Seam = (store: Backbone, world: World) => Backbone

function hurried(connector: Connector): Connector {
  const operations = Object.entries(connector.operations ?? {}).map(([name, operation]) => {
    const { idempotency } = operation
    const quick =
      idempotency?.strategy === 'read-back'
        ? { ...operation, idempotency: { ...idempotency, horizonSeconds } }
        : operation
    return [name, quick] as const
  })
  return { ...connector, operations: Object.fromEntries(operations) }
}

const silent = new Proxy({}, { get: () => () => {} }) as FlowSignals
