import { OutcomeUnknown } from '../../backbone/backbone.ts'
import type { Effect } from '../../backbone/ledger.ts'
import type { LoggedFact, NewEffect } from '../../backbone/step.ts'
import { shortHash } from '../../base/sha256.ts'
import { type AttemptEnd, attempt, attemptStory, type ExchangePorts } from '../dispatch/exchange.ts'
import { StageWatch } from '../stage.ts'
import type { Workplace } from '../workplace.ts'
import { readFacts } from './reader.ts'
import type { Subscriber } from './subscriber.ts'

/**
 * Subscribers follow the fact log by cursor, one per partition; a row is written only for an exception: a delivery that failed
 * becomes an effect in the ledger, where it is retried by schedule, and holds back its key, not the subscriber.
 */
export class Deliverer {
  readonly #place: Workplace
  readonly #ports: ExchangePorts
  readonly #cursors = new Map<string, Cursor>()

  constructor(place: Workplace, ports: ExchangePorts) {
    this.#place = place
    this.#ports = ports
  }

  /** Serves every subscriber on every partition that this node advances. */
  async round(): Promise<boolean> {
    const subscribers = this.#place.ports.subscribers()
    const work: Promise<boolean>[] = []
    for (const subscriber of subscribers) {
      if (subscriber.state !== 'active') continue
      for (const tenure of this.#place.advance) {
        if (tenure.usable(this.#place.clock.mono())) work.push(this.#follow(subscriber, tenure.partition))
      }
    }
    const ended = await Promise.allSettled(work)
    // One that fails keeps no other from its place.
    await this.flush()
    const failed = ended.find((one) => one.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    return ended.some((one) => one.status === 'fulfilled' && one.value)
  }

  /** Stores the cursors that moved. */
  async flush(): Promise<void> {
    const moved = [...this.#cursors.values()].filter(({ offset, stored }) => offset > stored)
    if (moved.length === 0) return
    const rows = moved.map(({ subscriber, partition, offset }) => ({ subscriber, partition, offset }))
    await this.#place.backbone.stores.cursors.save(rows)
    moved.forEach((cursor, index) => {
      cursor.stored = rows[index]?.offset ?? cursor.stored
    })
  }

  /** Forgets where a subscriber stands, after somebody moved its cursors. */
  forget(subscriber: string): void {
    for (const [key, cursor] of this.#cursors) if (cursor.subscriber === subscriber) this.#cursors.delete(key)
  }

  async #follow(subscriber: Subscriber, partition: number): Promise<boolean> {
    const cursor = await this.#cursor(subscriber.id, partition)
    if (cursor.busy) return false
    cursor.busy = true
    try {
      const rows = await readFacts(this.#place, {
        reader: subscriber.id,
        partition,
        after: cursor.offset,
        limit: rowsMax,
      })
      const last = rows.at(-1)
      if (last === undefined) return false
      const due = rows.filter(({ fact }) => fact.tenant === subscriber.tenant && subscriber.matches(fact))
      if (due.length > 0) await this.#deliver(subscriber, due)
      cursor.offset = last.offset
      return true
    } finally {
      cursor.busy = false
    }
  }

  /** In order per object, in parallel over objects, within what the subscriber's connection allows. */
  async #deliver(subscriber: Subscriber, rows: readonly LoggedFact[]): Promise<void> {
    const held = await this.#place.backbone.ledger.openKeys(subscriber.id)
    const byKey = Map.groupBy(rows, ({ fact }) => fact.subject)
    const failed: NewEffect[] = []
    const keys = [...byKey]
    const worker = async (): Promise<void> => {
      for (let next = keys.shift(); next !== undefined; next = keys.shift()) {
        const [key, queue] = next
        let blocked = held.has(key)
        for (const row of queue) {
          blocked ||= !(await this.#send(subscriber, row))
          if (blocked) failed.push(effectOf(subscriber, row))
        }
      }
    }
    await Promise.all(Array.from({ length: subscriber.connection.outbound.concurrent }, worker))
    if (failed.length > 0) await this.#owe(failed)
  }

  /** What failed must be in the ledger before the cursor passes it; a row that is there already is not written twice. */
  async #owe(failed: readonly NewEffect[]): Promise<void> {
    for (let tries = 0; tries < triesMax; tries++) {
      const { outcome } = await this.#place.commit({ effects: failed })
      if (outcome === 'committed') return
    }
    throw new OutcomeUnknown('deliveries that failed could not be written down')
  }

  async #send(subscriber: Subscriber, row: LoggedFact): Promise<boolean> {
    const { clock, signals } = this.#place
    const effect = {
      ...effectOf(subscriber, row),
      state: 'sending',
      seq: 0,
      attempt: 1,
      ambiguous: 0,
      processDeaths: 0,
      createdAt: 0,
      updatedAt: 0,
    } satisfies Effect
    const watch = new StageWatch(this.#place)
    const startBefore = clock.mono() + subscriber.connection.outbound.timeoutMs
    const end: AttemptEnd = await attempt(this.#ports, {
      connection: subscriber.connection,
      effect,
      attempt: 1,
      startBefore,
    })
    watch.end('deliver', effect.lane, () => [attemptStory(effect, end)])
    if (end.end === 'applied') signals.webhookDelivered({ subscription: subscriber.id })
    else signals.webhookFailed({ subscription: subscriber.id, reason: end.reason })
    if (end.end === 'gone') await this.#place.ports.disable(subscriber.id, end.reason)
    return end.end === 'applied'
  }

  async #cursor(subscriber: string, partition: number): Promise<Cursor> {
    const key = `${subscriber} ${partition}`
    const known = this.#cursors.get(key)
    if (known !== undefined) return known
    const stored = await this.#place.backbone.stores.cursors.load(subscriber)
    const offset =
      stored.find((one) => one.partition === partition)?.offset ??
      (await this.#place.backbone.heads()).facts[partition] ??
      -1
    const cursor = { subscriber, partition, offset, stored: offset, busy: false }
    this.#cursors.set(key, cursor)
    return cursor
  }
}

interface Cursor {
  readonly subscriber: string
  readonly partition: number
  offset: number
  stored: number
  busy: boolean
}

/** Facts of one partition that a subscriber is given at a time. */
const rowsMax = 500
const triesMax = 5

function effectOf(subscriber: Subscriber, { fact, partition, offset }: LoggedFact): NewEffect {
  const naturalKey = `deliver:${subscriber.id}:${fact.id}`
  return {
    id: `eff_${shortHash(`${fact.tenant}|${naturalKey}`)}`,
    tenant: fact.tenant,
    naturalKey,
    target: subscriber.id,
    key: fact.subject,
    command: 'deliver',
    externalReference: fact.id,
    payload: subscriber.event(fact, { partition, offset }),
    lane: 'realtime',
    priority: 5,
    causation: fact.id,
    correlation: fact.correlation,
    trace: fact.trace,
  }
}
