import { createHash } from 'node:crypto'
import type { Backbone } from '../src/backbone/backbone.ts'
import { type MemoryBackbone, memoryBackbone } from '../src/backbone/memory/memory.ts'
import type { NewEffect } from '../src/backbone/step.ts'
import { connectors } from '../src/connectors/all.ts'
import { type Connection, type ConnectionDeclaration, openConnection } from '../src/flow/connection.ts'
import type { Subscriber } from '../src/flow/deliver/subscriber.ts'
import { postingTimes } from '../src/flow/dispatch/verdict.ts'
import type { DocumentReader } from '../src/flow/intake/document-reader.ts'
import { FlowNode } from '../src/flow/node.ts'
import type { FlowSignals } from '../src/flow/ports.ts'
import { flowDefaults } from '../src/flow/workplace.ts'
import type { HttpRequest, HttpResult } from '../src/transports/http/request.ts'

export interface LoneNodeOptions {
  readonly answer?: (request: HttpRequest) => HttpResult
  /** What the node sees instead of the store. */
  readonly seam?: (store: MemoryBackbone) => Backbone
  readonly subscribers?: (connection: Connection) => readonly Subscriber[]
  /** Connections beside the ERP and the customer. */
  readonly connections?: readonly ConnectionDeclaration[]
  /** The machine's clock against the database's, ms. */
  readonly skewMs?: number
  /** Called between two pieces of long work; the work goes on when it resolves. */
  readonly pause?: () => Promise<void>
  /** Reads large documents. */
  readonly documents?: DocumentReader
}

/** One node of the flow on the memory backbone, with its loops standing still: a test calls the rounds itself. Sleeping passes time. */
export class LoneNode {
  /** Database time, ms. */
  now = 1_772_431_200_000
  readonly store: MemoryBackbone
  readonly node: FlowNode
  readonly sent: HttpRequest[] = []
  readonly disabled: string[] = []
  readonly signals: string[] = []

  constructor(options: LoneNodeOptions = {}) {
    this.store = memoryBackbone({ partitions: 1, now: () => this.now })
    const open = (id: string, connector: string, settings: Record<string, unknown>): Connection =>
      openConnection(
        { id, tenant: 'main', connector, settings, concurrent: 2, requestsPerSecond: 100, allowHttp: true },
        { connectors, partitions: 1 },
      )
    const erp = open('erp', 'generic-erp', { url: 'http://erp.example' })
    const customer = open('subscription:1', 'webhook', { url: 'http://customer.example', secrets: ['whsec_c2VjcmV0'] })
    const others = (options.connections ?? []).map((one) => openConnection(one, { connectors, partitions: 1 }))
    const subscribers = options.subscribers?.(customer) ?? []
    const { skewMs = 0, pause, documents } = options
    this.node = new FlowNode({
      roles: new Set(['gateway', 'translate', 'advance', 'dispatch']),
      ports: {
        backbone: options.seam?.(this.store) ?? this.store,
        clock: {
          mono: () => this.now - 1_772_000_000_000,
          wall: () => this.now + skewMs,
          sleep: async (ms) => {
            this.now += ms
          },
        },
        random: { next: () => 0.5 },
        ...(pause === undefined ? {} : { breath: () => ({ pause }) }),
        ...(documents === undefined ? {} : { documents }),
        signals: new Proxy({}, { get: (_, name) => () => this.signals.push(String(name)) }) as FlowSignals,
        node: 'node-1',
        settings: flowDefaults,
        connections: () => new Map([erp, customer, ...others].map((one) => [one.id, one])),
        routes: () => [],
        subscribers: () => subscribers,
        disable: async (id) => {
          this.disabled.push(id)
        },
      },
      exchange: {
        outbound: {
          send: async (request) => {
            this.sent.push(request)
            return options.answer?.(request) ?? json(201, { documentNumber: `D${this.sent.length}` })
          },
        },
        signer: { sign: () => '' },
      },
      times: postingTimes,
      hash: (body) => createHash('sha256').update(body).digest('hex'),
      spawn: () => {},
    })
  }

  async owe(...effects: readonly NewEffect[]): Promise<void> {
    await this.store.commit({ effects })
  }

  /** Rounds of the dispatcher until it finds nothing to do now. */
  async dispatch(): Promise<void> {
    for (let rounds = 0; rounds < 20; rounds++) {
      await this.node.dispatcher.round().catch(() => {})
      await settled()
    }
  }

  async stateOf(effect: string): Promise<string | undefined> {
    return (await this.store.ledger.effect(effect))?.state
  }
}

export function json(status: number, body: unknown): HttpResult {
  return { outcome: 'answer', wire: true, status, headers: {}, body: new TextEncoder().encode(JSON.stringify(body)) }
}

export function posting(id: string, changes: Partial<NewEffect> = {}): NewEffect {
  return {
    id: `eff_${id}`,
    tenant: 'main',
    naturalKey: `adjust_inventory:erp:${id}`,
    target: 'erp',
    key: `item:${id}`,
    command: 'adjust_inventory',
    externalReference: `IL-${id}`,
    payload: '{"lines":[]}',
    lane: 'realtime',
    priority: 5,
    causation: 'msg_0-0.0',
    correlation: 'stk_1',
    trace: '0'.repeat(32),
    ...changes,
  }
}

/** The store with single verbs of it or of its ledger replaced. */
export function replaced(
  store: MemoryBackbone,
  verbs: Partial<Omit<Backbone, 'ledger'>> & { readonly ledger?: Partial<Backbone['ledger']> },
): Backbone {
  const { ledger, ...rest } = verbs
  return overlay(store, { ...rest, ...(ledger === undefined ? {} : { ledger: overlay(store.ledger, ledger) }) })
}

function overlay<T extends object>(target: T, verbs: object): T {
  return new Proxy(target, {
    get: (_, name) => {
      if (Reflect.has(verbs, name)) return Reflect.get(verbs, name) as unknown
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? (value as (...input: unknown[]) => unknown).bind(target) : value
    },
  })
}

async function settled(): Promise<void> {
  for (let hop = 0; hop < 60; hop++) await Promise.resolve()
}
