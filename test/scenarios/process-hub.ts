import { documentKinds } from '../../src/connectors/generic-erp/contract.ts'
import { instructionKinds } from '../../src/connectors/generic-wms/contract.ts'
import { deskArrival } from '../../src/flow/stewardship/desk.ts'
import type { Assertion, Fact } from '../../src/model/fact.ts'
import type { TaskAnswer } from '../../src/model/task/report.ts'
import type { CodeRegistry } from '../../src/registry/codes.ts'
import { type ErpDocument, SandboxErp } from '../../src/sandbox/erp.ts'
import { Faults } from '../../src/sandbox/faults.ts'
import { seeded } from '../../src/sandbox/random.ts'
import type { HttpResult } from '../../src/transports/http/request.ts'
import { Mortal } from './mortal.ts'
import { answerOfPeer } from './peer-answer.ts'
import { SmallHub, type SmallHubOptions } from './small-hub.ts'

/** The warehouse and everybody else takes whatever he is told. */
const taken: HttpResult = {
  ...{ outcome: 'answer', wire: true, status: 201, headers: {} },
  body: new TextEncoder().encode('{}'),
}

/** A hub with an ERP, a warehouse and a carrier, and processes that the tenant has chosen, on a clock that only the test moves. */
export class ProcessHub {
  readonly erp: SandboxErp
  readonly faults: Faults
  /** The process of the hub that runs now. */
  hub: SmallHub
  mortal: Mortal
  readonly #options: SmallHubOptions
  #events = 0
  readonly #past: SmallHub[] = []

  /** Every command goes to the ERP or the warehouse, except those that nobody gets. */
  static async start(
    policies: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
    unrouted: readonly string[] = [],
    others: SmallHubOptions['connections'] = [],
    codes?: CodeRegistry,
  ): Promise<ProcessHub> {
    const faults = new Faults()
    const erp = new SandboxErp(faults, seeded(7))
    const options: SmallHubOptions = {
      ...(codes === undefined ? {} : { codes }),
      connections: [
        { id: 'erp', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
        { id: 'wms', connector: 'generic-wms', settings: {} },
        { id: 'dhl', connector: 'generic-carrier', settings: { carrier: 'dhl' } },
        ...others,
      ],
      routes: [...Object.keys(documentKinds), ...Object.keys(instructionKinds)]
        .filter((command) => !unrouted.includes(command))
        .map((command) => ({ command, target: command in documentKinds ? 'erp' : 'wms', tenant: 'main' })),
      policies: Object.fromEntries(
        Object.entries(policies).map(([process, policy]) => [process, { calendars: alwaysOpen, ...policy }]),
      ),
      answer: (request, time) =>
        request.url.startsWith('https://erp.example/') ? answerOfPeer(erp, request, time) : taken,
    }
    const mortal = new Mortal()
    return new ProcessHub({ hub: await SmallHub.start({ ...options, mortal }), mortal, options, erp, faults })
  }

  private constructor(parts: {
    readonly hub: SmallHub
    readonly mortal: Mortal
    readonly options: SmallHubOptions
    readonly erp: SandboxErp
    readonly faults: Faults
  }) {
    this.hub = parts.hub
    this.mortal = parts.mortal
    this.#options = parts.options
    this.erp = parts.erp
    this.faults = parts.faults
  }

  /** A system says something. */
  async say(connection: 'erp' | 'wms' | 'dhl', type: string, data: object, occurredAt = this.now()): Promise<void> {
    await this.tell(connection, { eventId: `E${++this.#events}`, type, occurredAt, data })
  }

  /** A message arrives. */
  async tell(connection: string, event: unknown): Promise<void> {
    await this.#stored(this.hub.accept(connection, JSON.stringify(event)), () => this.tell(connection, event))
  }

  /** A document arrives, in the syntax of its sender. */
  async arrives(connection: string, text: string): Promise<void> {
    await this.#stored(this.hub.accept(connection, text), () => this.arrives(connection, text))
  }

  /** Another process of the hub begins where the dead one left, as soon as its leases are over. */
  async revive(): Promise<void> {
    this.mortal = new Mortal()
    const name = `hub-${this.#past.length + 2}`
    const beside = this.hub
    this.#past.push(beside)
    const starting = SmallHub.start({ ...this.#options, mortal: this.mortal, beside, name })
    await beside.pass(120_000)
    this.hub = await starting
  }

  /** A person or a portal reports something about a document, known by its number. */
  async report(entity: Assertion['about']['entity'], number: string, data: object): Promise<void> {
    await this.#desk({
      type: `${entity}.reported`,
      about: { entity, references: [{ scheme: entity, issuer: 'desk', value: number }], unknown: 'create' },
      data,
    })
  }

  /** A person decides the task of this name. Throws when it is not open. */
  async decide(
    name: string,
    decision: string,
    more: { readonly by?: string; readonly data?: Readonly<Record<string, unknown>> } = {},
  ): Promise<void> {
    const { by = 'ana', data } = more
    const task = (await this.#tasks()).find((one) => one.name === name)
    if (task === undefined) throw new Error(`${name} is not open; open are ${(await this.open()).join(', ')}`)
    await this.#desk({
      type: 'task.decided',
      about: { entity: 'task', references: [{ scheme: 'task', value: task.id }], unknown: 'create' },
      data: {
        decision,
        by: { key: 'desk', person: by },
        reason: 'looked at it',
        ...(data === undefined ? {} : { data }),
      },
    })
  }

  /** Names of the tasks that are open. */
  async open(): Promise<string[]> {
    return (await this.#tasks()).map(({ name }) => name).toSorted()
  }

  /** Documents that the ERP has booked, of one kind, in the order of booking. */
  posted(command: keyof typeof documentKinds): readonly ErpDocument[] {
    return this.erp.documents.filter(({ kind }) => kind === documentKinds[command])
  }

  /** Instructions that the warehouse was given, in order. */
  get instructed(): readonly Readonly<Record<string, unknown>>[] {
    return [...this.#past, this.hub]
      .flatMap(({ sent }) => sent)
      .filter(({ request }) => request.url.includes('/instructions/'))
      .map(({ request }) => JSON.parse(new TextDecoder().decode(request.body as Uint8Array)) as never)
  }

  /** Time passes. Loops wake up meanwhile: tests set policies of minutes instead of waiting for days. */
  async pass(minutes: number): Promise<void> {
    await this.hub.pass(minutes * 60_000)
    if (this.mortal.isDead) await this.revive()
  }

  /** How often a process of the hub has died. */
  get deaths(): number {
    return this.#past.length
  }

  /** Effects by state, of which there are any. */
  async effects(): Promise<Readonly<Record<string, number>>> {
    const counts: Record<string, number> = {}
    for (const { state, count } of await this.hub.backbone.ledger.counts()) counts[state] = (counts[state] ?? 0) + count
    return counts
  }

  /** Facts of a type, oldest first. */
  async facts(type: string): Promise<readonly Fact[]> {
    const logs = await Promise.all([0, 1].map((one) => this.hub.backbone.readLog(one, -1, 100_000)))
    return logs
      .flat()
      .map(({ fact }) => fact)
      .filter((fact) => fact.type === type)
  }

  /** The time of the hub, RFC 3339. */
  now(): string {
    return new Date(this.hub.time.wall()).toISOString()
  }

  async stop(): Promise<void> {
    await this.hub.stop()
  }

  async #tasks(): Promise<readonly { readonly id: string; readonly name: string }[]> {
    const closed = new Set((await this.facts('task.completed')).map(({ data }) => (data as TaskAnswer).task))
    const opened = await this.facts('task.opened')
    return opened
      .filter(({ subject }) => !closed.has(subject))
      .map(({ subject, data }) => ({ id: subject, name: (data as { readonly name: string }).name }))
  }

  async #desk(assertion: Assertion, identity = `desk ${++this.#events}`): Promise<void> {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
    const { intake } = this.hub.node
    await this.#stored(
      intake.accept(deskArrival([assertion], { tenant: 'main', identity, trace, partitions: 2 })),
      () => this.#desk(assertion, identity),
    )
  }

  /** Whoever gets no answer because the hub dies says it again, to the one that is started then. */
  async #stored(accepting: Promise<unknown>, again: () => Promise<void>): Promise<void> {
    let isStored = false
    const accepted = accepting.then(() => (isStored = true))
    await this.hub.pass(50)
    if (!this.mortal.isDead) return void (await accepted)
    await this.revive()
    if (!isStored) await again()
  }
}

/** Somebody works at any time: minutes of business time are minutes. */
const day = [{ from: '00:00', until: '24:00' }]
const always = { timeZone: 'UTC', hours: { 1: day, 2: day, 3: day, 4: day, 5: day, 6: day, 7: day }, holidays: [] }
const alwaysOpen = Object.fromEntries(
  ['customer-service', 'finance', 'order-desk', 'quality', 'receiving', 'supplier', 'warehouse'].map((name) => [
    name,
    always,
  ]),
)
