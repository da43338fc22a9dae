import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { type DocumentState, evolveDocument } from '../../model/documents/document.ts'
import type { Fact } from '../../model/fact.ts'
import type { Instance } from '../engine/instance.ts'
import { freightSettlement } from './process.ts'

/** The instance of the invoice itself. */
export const header = 'invoice M1'
const money = (amount: string) => ({ amount, currency: 'EUR' })
/** The goods of a delivery have left, with what their freight costs. */
export const left = (number: string, amount: string): Told => ({
  type: 'delivery.staged',
  subject: `dlv_${number}`,
  data: { object: { deliveryNumber: number, confirmations: { 1: { carrier: 'haul', freight: money(amount) } } } },
})
/** An invoice over loads, by number of the delivery with what is asked for it; an empty number is for no load. */
export const asked = (loads: Readonly<Record<string, string>>, total: string) => ({
  ...{ invoiceNumber: 'M1', carrier: 'haul', total: money(total), dueDate: '2026-05-01' },
  lines: Object.entries(loads).map(([deliveryNumber, amount]) => ({
    ...(deliveryNumber === '' ? {} : { deliveryNumber }),
    charges: [{ code: 'linehaul', amount: money(amount) }],
  })),
})

/** The instances that an invoice concerns, and the invoice: what they say of it is told to all of them, as the hub does it. */
export class Case {
  readonly runs: Map<string, ProcessRun>
  readonly #evolve = evolveDocument('freight_invoice')
  #invoice: DocumentState | undefined
  #heard = new Map<ProcessRun, number>()
  #count = 0

  constructor(keys: readonly string[], policy: Readonly<Record<string, unknown>> = {}) {
    const make = (key: string) =>
      new ProcessRun(freightSettlement, { policy: { serviceProof: 'none', ...policy }, key })
    this.runs = new Map([...keys, header].map((key) => [key, make(key)]))
  }

  tell(...facts: readonly Told[]): this {
    for (const fact of facts) for (const run of this.runs.values()) run.tell(fact)
    return this.#pass()
  }

  /** The carrier reports the invoice. */
  report(object: object): this {
    this.#fold({ reached: 'received', object })
    return this.#pass()
  }

  /** All goes on as version 6 has stored it: what is refused and what is settled is known without its revision. */
  asBefore(): this {
    const { refused: _, approvedRevisions: __, ...object } = this.#invoice?.object ?? {}
    const settled = Object.entries((object['settled'] ?? {}) as object).map(([name, part]) => [
      name.split(' ')[0],
      part,
    ])
    this.#invoice = { ...this.#invoice, object: { ...object, settled: Object.fromEntries(settled) } } as DocumentState
    for (const [key, run] of this.runs) {
      const stored = JSON.parse(
        JSON.stringify(run.instance, (name, value: unknown) =>
          ['part', 'revision', 'revisions', 'refused', 'decided', 'tolerated'].includes(name) ? undefined : value,
        ),
      ) as Instance
      this.runs.set(key, ProcessRun.resumed(freightSettlement, { ...stored, version: 6 }, { key }))
    }
    return this
  }

  run(key: string): ProcessRun {
    const found = this.runs.get(key)
    if (found === undefined) throw new Error(`there is no instance ${key}`)
    return found
  }

  /** Something is done with one instance. */
  with(key: string, act: (run: ProcessRun) => void): this {
    act(this.run(key))
    return this.#pass()
  }

  get asked(): readonly string[] {
    return [...this.runs.values()].flatMap(({ asked: own }) => own)
  }

  get status(): string | undefined {
    return this.#invoice?.status
  }

  #pass(): this {
    for (const run of this.runs.values())
      for (let seen = this.#heard.get(run) ?? 0; seen < run.facts.length; seen++) {
        this.#heard.set(run, seen + 1)
        const fact = run.facts[seen]
        if (fact?.type === 'freight_invoice.reported') {
          this.#fold(fact.data)
          return this.#pass()
        }
      }
    return this
  }

  #fold(data: unknown): void {
    const fact = { id: `r${this.#count++}`, type: 'freight_invoice.reported', subject: 'frt_1', tenant: 'main', data }
    const evolution = this.#evolve(this.#invoice, fact as Fact)
    this.#invoice = evolution.state
    for (const { type, data: told } of evolution.facts)
      for (const run of this.runs.values()) run.tell({ type, subject: 'frt_1', data: told })
  }
}

/** What is asked for with a command, by all instances. */
export const payloads = (one: Case, command: string) =>
  [...one.runs.values()].flatMap((run) => run.effects.filter((effect) => effect.command === command))
/** What the ERP is told to pay, by the name of the posting. */
export const posted = (one: Case) =>
  payloads(one, 'post_freight_invoice').map(({ businessKey, payload }) => [
    businessKey,
    (payload as { readonly amount: string }).amount,
  ])
/** By how much what was put aside is changed. */
export const deltas = (one: Case) =>
  payloads(one, 'adjust_freight_accrual').map(({ payload }) => (payload as { readonly delta: string }).delta)

/** Two loads with what is asked for each. */
export const two = { '80000001': '101.00', '80000002': '49.50' }
/** Both are put aside. */
export const both = (policy = {}): Case =>
  new Case(['80000001', '80000002'], policy).tell(left('80000001', '100.00'), left('80000002', '50.00'))
