import type { KnownIdentifier, Message, NewEffect } from '../src/backbone/step.ts'
import { connectors } from '../src/connectors/all.ts'
import { fold } from '../src/flow/advance/fold.ts'
import { type Connection, type ConnectionDeclaration, openConnection } from '../src/flow/connection.ts'
import { type Translated, translateMessage } from '../src/flow/translate/translated.ts'
import { planTranslation } from '../src/flow/translate/translation.ts'
import type { Assertion, Fact } from '../src/model/fact.ts'
import { identifierKey } from '../src/model/identifier.ts'
import type { PostingRoute } from '../src/processes/postings.ts'

/**
 * The pure core of the hub on one partition: the same functions as in the flow, from received bytes to what is owed to outside
 * systems, without a database, a clock or a network. States are text between any two messages, as they are after a restart.
 */
export class PocketHub {
  readonly facts: Fact[] = []
  /** What is owed, each natural key once, as the ledger keeps it. */
  readonly effects = new Map<string, NewEffect>()
  readonly parked: string[] = []
  /** Codes that no table maps, as often as they came. */
  readonly unknownCodes: { readonly table: string; readonly code: string }[] = []
  readonly #connections: ReadonlyMap<string, Connection>
  readonly #routes: readonly PostingRoute[]
  readonly #known = new Map<string, readonly KnownIdentifier[]>()
  readonly #states = new Map<string, { readonly version: number; readonly text: string }>()
  #offset = 0

  constructor(
    connections: Readonly<Record<string, Pick<ConnectionDeclaration, 'connector' | 'settings'>>>,
    routes: readonly PostingRoute[],
  ) {
    const opened = Object.entries(connections).map(([id, one]) =>
      openConnection({ id, tenant: 'main', ...one }, { connectors, partitions: 1 }),
    )
    this.#connections = new Map(opened.map((one) => [one.id, one]))
    this.#routes = routes
  }

  /** Bytes arrive: text is a CSV file, anything else is sent as JSON. */
  receive(connection: string, content: unknown): void {
    const message = this.#message(connection, content)
    this.#apply(translateMessage(message, this.#connections.get(connection)))
  }

  /** Bytes arrive as they are. */
  receiveBytes(connection: string, body: Uint8Array): void {
    const message = { ...this.#message(connection, {}), body }
    this.#apply(translateMessage(message, this.#connections.get(connection)))
  }

  /** Assertions arrive, without a connector that reads them out of bytes. */
  tell(source: string, assertions: readonly Assertion[]): void {
    this.#apply({ message: this.#message(source, ''), connection: undefined, translation: { assertions } })
  }

  /** All states of one kind of object, by hub id. */
  states(prefix: string): [subject: string, state: unknown][] {
    return [...this.#states.keys()]
      .filter((subject) => subject.startsWith(`${prefix}_`))
      .map((subject) => [subject, this.state(subject)])
  }

  /** The state of an object, by its hub id. */
  state(subject: string): unknown {
    const held = this.#states.get(subject)
    return held === undefined ? undefined : JSON.parse(held.text)
  }

  #message(connection: string, content: unknown): Message {
    const offset = this.#offset++
    return {
      id: `msg_0-${offset}`,
      offset,
      partition: 0,
      tenant: 'main',
      connection,
      lane: 'realtime',
      identity: String(offset),
      bodyHash: '',
      receivedAt: startMs + offset * 1000,
      contentType: typeof content === 'string' ? 'text/csv' : 'application/json',
      headers: {},
      trace: '4bf92f3577b34da6a3ce929d0e0e4736',
      body: new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content)),
    }
  }

  #apply(translated: Translated): void {
    const at = translated.message.receivedAt
    const plan = planTranslation([translated], {
      known: (key) => this.#known.get(key) ?? [],
      blocked: new Set(),
      partitions: 1,
      at,
      waitMs: 3_600_000,
    })
    for (const claim of plan.identifiers)
      this.#known.set(identifierKey(claim), [{ subject: claim.subject, from: claim.from, lastUsed: claim.from }])
    this.parked.push(...plan.parks.map(({ code, detail }) => `${code}: ${detail}`))
    this.unknownCodes.push(...plan.unknownCodes)
    const facts = plan.facts.map(({ fact }) => fact)
    this.#fold(facts, at)
  }

  #fold(facts: readonly Fact[], at: number): void {
    const folding = fold(facts, {
      held: (subject) => ({ version: this.#states.get(subject)?.version ?? 0, state: this.state(subject) }),
      routes: this.#routes,
      connections: this.#connections,
      partitions: 1,
      at,
      foldDerived: true,
    })
    for (const { subject, version, body } of folding.states) this.#states.set(subject, { version, text: body })
    this.facts.push(...facts, ...folding.facts.map(({ fact }) => fact))
    for (const effect of folding.effects)
      if (!this.effects.has(effect.naturalKey)) this.effects.set(effect.naturalKey, effect)
  }
}

/** 12 April 2026: what the tests tell has happened before. */
const startMs = 1_776_000_000_000
