import { documentKinds } from '../../src/connectors/generic-erp/contract.ts'
import { instructionKinds } from '../../src/connectors/generic-wms/contract.ts'
import { deskArrival } from '../../src/flow/desk.ts'
import type { Assertion, Fact } from '../../src/model/fact.ts'
import type { TaskAnswer } from '../../src/model/task/report.ts'
import type { HttpResult } from '../../src/transports/http/request.ts'
import { SmallHub } from './small-hub.ts'

/** A hub with an ERP, a warehouse and a carrier, and processes that the tenant has chosen, on a clock that only the test moves. */
export class ProcessHub {
  readonly hub: SmallHub
  #events = 0

  /** Every command goes to the ERP or the warehouse, except those that nobody gets. */
  static async start(
    policies: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
    unrouted: readonly string[] = [],
  ): Promise<ProcessHub> {
    let documents = 0
    const answer = (): HttpResult => {
      const body = JSON.stringify({ documentNumber: `5${++documents}` })
      return { outcome: 'answer', wire: true, status: 201, headers: {}, body: new TextEncoder().encode(body) }
    }
    const hub = await SmallHub.start({
      connections: [
        { id: 'erp', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
        { id: 'wms', connector: 'generic-wms', settings: {} },
        { id: 'dhl', connector: 'generic-carrier', settings: { carrier: 'dhl' } },
      ],
      routes: [...Object.keys(documentKinds), ...Object.keys(instructionKinds)]
        .filter((command) => !unrouted.includes(command))
        .map((command) => ({ command, target: command in documentKinds ? 'erp' : 'wms', tenant: 'main' })),
      policies,
      answer,
    })
    return new ProcessHub(hub)
  }

  private constructor(hub: SmallHub) {
    this.hub = hub
  }

  /** A system says something. */
  async say(connection: 'erp' | 'wms' | 'dhl', type: string, data: object, occurredAt = this.now()): Promise<void> {
    await this.hub.receive(connection, { eventId: `E${++this.#events}`, type, occurredAt, data })
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

  /** Documents that the ERP was given, of one kind. */
  posted(
    command: keyof typeof documentKinds,
  ): { readonly header: Readonly<Record<string, unknown>>; readonly lines: readonly unknown[] }[] {
    return this.hub.sent
      .filter(({ request }) => request.url.endsWith(`/documents/${documentKinds[command]}`))
      .map(({ request }) => JSON.parse(new TextDecoder().decode(request.body as Uint8Array)) as never)
  }

  /** Instructions that the warehouse was given, in order. */
  get instructed(): readonly Readonly<Record<string, unknown>>[] {
    return this.hub.sent
      .filter(({ request }) => request.url.includes('/instructions/'))
      .map(({ request }) => JSON.parse(new TextDecoder().decode(request.body as Uint8Array)) as never)
  }

  /** Time passes. Loops wake up meanwhile: tests set policies of minutes instead of waiting for days. */
  async pass(minutes: number): Promise<void> {
    await this.hub.pass(minutes * 60_000)
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

  async #desk(assertion: Assertion): Promise<void> {
    const accepted = this.hub.node.intake.accept(
      deskArrival([assertion], {
        tenant: 'main',
        identity: `desk ${++this.#events}`,
        trace: '4bf92f3577b34da6a3ce929d0e0e4736',
        partitions: 2,
      }),
    )
    await this.hub.pass(50)
    await accepted
  }
}
