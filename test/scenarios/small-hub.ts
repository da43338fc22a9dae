import { createHash } from 'node:crypto'
import { type MemoryBackbone, memoryBackbone } from '../../src/backbone/memory/memory.ts'
import { connectors } from '../../src/connectors/all.ts'
import type { Connector } from '../../src/connectors/kit/connector.ts'
import { type Connection, type ConnectionDeclaration, openConnection } from '../../src/flow/connection.ts'
import type { Subscriber } from '../../src/flow/deliver/subscriber.ts'
import { postingTimes } from '../../src/flow/dispatch/verdict.ts'
import { OwnThreadReader } from '../../src/flow/intake/document-reader.ts'
import type { ReadInParts } from '../../src/flow/intake/large-messages.ts'
import { FlowNode } from '../../src/flow/node.ts'
import type { Bell, Clock, FlowSignals, Outbound } from '../../src/flow/ports.ts'
import { Steward } from '../../src/flow/stewardship/steward.ts'
import { flowDefaults } from '../../src/flow/workplace.ts'
import type { ChannelRule } from '../../src/processes/channel/publication.ts'
import type { NotificationSettings } from '../../src/processes/notification/settings.ts'
import type { PostingRoute } from '../../src/processes/postings.ts'
import type { CodeRegistry } from '../../src/registry/codes.ts'
import type { HttpRequest, HttpResult } from '../../src/transports/http/request.ts'
import { undeclared } from '../declared-facts.ts'
import type { Mortal } from './mortal.ts'

export interface SmallHubOptions {
  readonly connections: readonly (Omit<ConnectionDeclaration, 'tenant'> & { readonly tenant?: string })[]
  readonly connectors?: readonly Connector[]
  readonly routes?: readonly PostingRoute[]
  /** What the tenants have set, by process. */
  readonly policies?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Who is told what. */
  readonly notifications?: NotificationSettings
  /** What channels may sell. */
  readonly channels?: readonly ChannelRule[]
  readonly inline?: boolean
  readonly subscribers?: () => readonly Subscriber[]
  /** What the outside answers. */
  readonly answer?: (request: HttpRequest, time: Clock) => HttpResult | Promise<HttpResult>
  /** What codes of other systems mean. */
  readonly codes?: CodeRegistry
  /** Reads large messages in parts; without it they are read whole. */
  readonly inParts?: ReadInParts
  /** Another hub's backbone and clock: two hubs on one database. */
  readonly beside?: SmallHub
  /** What it is called among the hubs of one database. */
  readonly name?: string
  /** It can be killed. */
  readonly mortal?: Mortal
}

/** The real flow over the memory backbone, on a clock that only the test moves. */
export class SmallHub {
  readonly node: FlowNode
  readonly backbone: MemoryBackbone
  readonly connections: ReadonlyMap<string, Connection>
  /** Requests that left, with the time at which they did. */
  readonly sent: { readonly at: number; readonly request: HttpRequest }[] = []
  readonly failures: string[] = []
  /** How often each other signal was given. */
  readonly signalled = new Map<string, number>()
  readonly time: Time
  readonly outbound: Outbound

  static async start(options: SmallHubOptions): Promise<SmallHub> {
    const hub = new SmallHub(options)
    await hub.node.start()
    if (options.codes !== undefined) {
      const steward = new Steward(hub.node.place, hub.node.intake, {
        registry: options.codes,
        unwritten: async () => [...hub.backbone.tables.states.keys()].filter((id) => id.startsWith('trm_')),
      })
      hub.node.run('codes', () => steward.round(), 1000, hub.node.place.bells.codes)
    }
    return hub
  }

  private constructor(options: SmallHubOptions) {
    this.time = options.beside?.time ?? new Time()
    const { time } = this
    this.backbone = options.beside?.backbone ?? memoryBackbone({ partitions, now: () => time.now })
    const known = options.connectors ?? connectors
    const opened = options.connections.map((one) =>
      openConnection({ tenant: 'main', ...one }, { connectors: known, partitions }),
    )
    this.connections = new Map(opened.map((one) => [one.id, one]))
    const answer = options.answer ?? ((): HttpResult => ({ outcome: 'not_sent', wire: false, code: 'ECONNREFUSED' }))
    this.outbound = {
      send: async (request: HttpRequest): Promise<HttpResult> => {
        this.sent.push({ at: time.now, request })
        return answer(request, time)
      },
    }
    const { mortal, name = options.beside === undefined ? 'hub-a' : 'hub-b' } = options
    this.node = new FlowNode({
      roles: new Set(['gateway', 'translate', 'advance', 'dispatch']),
      ports: {
        backbone: mortal?.wrap(this.backbone) ?? this.backbone,
        clock: time,
        random: { next: () => 0.5 },
        signals: this.#signals(),
        node: name,
        settings: { ...flowDefaults, inline: options.inline ?? true },
        connections: () => this.connections,
        routes: () => options.routes ?? [],
        policy: (_, process) => options.policies?.[process],
        notifications: () => options.notifications,
        channels: () => options.channels,
        subscribers: options.subscribers ?? (() => []),
        disable: async () => {},
        ...(options.codes === undefined ? {} : { codes: options.codes }),
        ...(options.inParts === undefined ? {} : { inParts: options.inParts, documents: readers() }),
      },
      exchange: { outbound: mortal?.wrap(this.outbound) ?? this.outbound, signer: { sign: () => 'v1,none' } },
      times: postingTimes,
      hash: (body) => createHash('sha256').update(body).digest('hex'),
      spawn: (name, loop) => {
        loop().catch((error: unknown) => this.failures.push(`${name}: ${String(error)}`))
      },
    })
  }

  /** A document arrives, as JSON or as a CSV file; resolves with its id once everything has settled. */
  async receive(
    connection: string,
    content: unknown,
    more: { readonly contentType?: string; readonly corrects?: string } = {},
  ): Promise<string> {
    const isFile = typeof content === 'string'
    const text = isFile ? content : JSON.stringify(content)
    const stored = this.accept(connection, text, { contentType: isFile ? 'text/csv' : 'application/json', ...more })
    await this.time.pass(50)
    return await stored
  }

  /** Text arrives, whatever it is; resolves with the id of the message when it is stored. */
  async accept(
    connection: string,
    text: string,
    more: { readonly contentType?: string; readonly corrects?: string } = {},
  ): Promise<string> {
    const found = this.connections.get(connection)
    if (found === undefined) throw new Error(`there is no connection ${connection}`)
    const stored = await this.node.intake.accept({
      connection: found,
      body: new TextEncoder().encode(text),
      contentType: 'application/json',
      headers: {},
      trace: '4bf92f3577b34da6a3ce929d0e0e4736',
      ...more,
    })
    return stored.id
  }

  /** Time passes, and everything that is due happens. */
  async pass(ms: number): Promise<void> {
    await this.time.pass(ms)
  }

  /** Types of the facts that a message led to, in the order of the log. */
  async factsOf(message: string): Promise<string[]> {
    return (await this.backbone.factsOf(message, 100_000)).map(({ fact }) => fact.type)
  }

  async stop(): Promise<void> {
    const stopped = this.node.stop(1000)
    await this.time.pass(5000)
    await stopped
    const logs = await Promise.all(
      Array.from({ length: partitions }, (_, one) => this.backbone.readLog(one, -1, 100_000)),
    )
    const problems = undeclared(logs.flat().map(({ fact }) => fact))
    if (problems.length > 0) throw new Error(`facts that the reference does not describe: ${problems.join('; ')}`)
  }

  #signals(): FlowSignals {
    const loopFailed = ({ loop, code }: { loop: string; code: string }): void => {
      this.failures.push(`${loop}: ${code}`)
    }
    const gapFound = ({ detail }: { detail: string }): void => {
      this.failures.push(`gap: ${detail}`)
    }
    return new Proxy({ loopFailed, gapFound } as unknown as FlowSignals, {
      get: (target, name) =>
        Reflect.get(target, name) ??
        (() => this.signalled.set(String(name), (this.signalled.get(String(name)) ?? 0) + 1)),
    })
  }
}

/** What is large is read apart, as in a hub. */
function readers(): OwnThreadReader {
  return new OwnThreadReader({
    bytesMost: 256 * 1024,
    hash: (body) => createHash('sha256').update(body).digest('hex'),
  })
}

/** A clock that stands still between two tests of patience: sleepers wake in the order of their time. */
class Time implements Clock {
  now = startMs
  readonly #sleepers = new Set<{ readonly at: number; readonly wake: () => void }>()

  mono(): number {
    return this.now - startMs
  }

  wall(): number {
    return this.now
  }

  sleep(ms: number, bell?: Bell): Promise<void> {
    return new Promise((resolve) => {
      let stopListening: (() => void) | undefined
      const sleeper = { at: this.now + Math.max(ms, 1), wake: () => wake() }
      const wake = (): void => {
        this.#sleepers.delete(sleeper)
        stopListening?.()
        resolve()
      }
      this.#sleepers.add(sleeper)
      stopListening = bell?.listen(wake)
    })
  }

  async pass(ms: number): Promise<void> {
    const until = this.now + ms
    for (;;) {
      await settled()
      let next: { readonly at: number; readonly wake: () => void } | undefined
      for (const one of this.#sleepers) if (one.at <= until && (next === undefined || one.at < next.at)) next = one
      if (next === undefined) break
      this.now = Math.max(this.now, next.at)
      next.wake()
    }
    this.now = until
    await settled()
  }
}

/** Everything that needs no time has been done: nothing in memory waits for more turns than this. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
}

const partitions = 2
/** 12 April 2026, 13:20 UTC. */
const startMs = 1_776_000_000_000
