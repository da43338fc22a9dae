import { type Backbone, GapFound } from '../backbone/backbone.ts'
import type { Effect } from '../backbone/ledger.ts'

/** What the oracle looks for all the time; each must be 0. */
const checks = {
  accounting: 'Inputs that are in no state, or in two.',
  density: 'Partitions of the inbox or the log with a hole.',
  order: 'Effects on their way although an earlier one of the same target and key is not settled.',
  orphans: 'Work that nobody does any more: attempts, doubts and timers past every deadline.',
} as const satisfies Readonly<Record<string, string>>

/** A promise that is looked at while the hub runs. */
export type Check = keyof typeof checks

/** One thing that must not be, with what causes it. Ids only. */
export interface Violation {
  readonly check: Check
  readonly subject: string
  readonly detail: string
}

/** What is watched, by which clock, and who is told. */
export interface OracleOptions {
  readonly backbone: Backbone
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Called once for each violation, when it is first seen. */
  readonly report: (violation: Violation) => void
  /** Rows of each partition that one round may read. Default 2,000. */
  readonly rowsPerRound?: number
}

/** The promises, checked on what is stored, round after round. Reads only; never repairs. */
export class Oracle {
  readonly #options: OracleOptions
  readonly #rows: number
  #found: readonly Violation[] = []
  #known = new Set<string>()
  /** Timers that were due in the last round, and since when they have been seen so. */
  #due: ReadonlyMap<string, number> = new Map()

  constructor(options: OracleOptions) {
    this.#options = options
    this.#rows = options.rowsPerRound ?? 2000
  }

  /** What the last round found. */
  get violations(): readonly Violation[] {
    return this.#found
  }

  /** For the gauge `interline_oracle_violations`: also the checks that found nothing. */
  counts(): readonly { readonly labels: { readonly check: Check }; readonly value: number }[] {
    return (Object.keys(checks) as Check[]).map((check) => ({
      labels: { check },
      value: this.#found.filter((one) => one.check === check).length,
    }))
  }

  /** Looks at everything once. False: there is no hurry for the next round. */
  async round(): Promise<boolean> {
    const { report } = this.#options
    const unsettled = await this.#unsettled()
    this.#found = [
      ...(await this.#accounting()),
      ...(await this.#density('inbox')),
      ...(await this.#density('facts')),
      ...(await this.#order(unsettled)),
      ...(await this.#orphans(unsettled)),
    ]
    const known = new Set(this.#found.map(keyOf))
    for (const one of this.#found) if (!this.#known.has(keyOf(one))) report(one)
    this.#known = known
    return false
  }

  async #accounting(): Promise<readonly Violation[]> {
    const { unaccounted } = await this.#options.backbone.accounting()
    return unaccounted === 0
      ? []
      : [{ check: 'accounting', subject: 'inputs', detail: `${unaccounted} inputs are unaccounted for` }]
  }

  /** Reads on from where it stood, at most so many rows, and stays before a hole. */
  async #density(what: 'inbox' | 'facts'): Promise<readonly Violation[]> {
    const { backbone } = this.#options
    const subscriber = `oracle-${what}`
    const heads = await backbone.heads()
    const stood = new Map((await backbone.stores.cursors.load(subscriber)).map((one) => [one.partition, one.offset]))
    const violations: Violation[] = []
    for (const [partition, head] of heads[what].entries()) {
      const from = stood.get(partition) ?? Math.max(-1, head - this.#rows)
      const { offset, gap } = await this.#readOn(what, { partition, from, head })
      if (offset > from || !stood.has(partition))
        await backbone.stores.cursors.save([{ subscriber, partition, offset }])
      if (gap !== undefined) violations.push({ check: 'density', subject: `${what}-${partition}`, detail: gap })
    }
    return violations
  }

  async #readOn(
    what: 'inbox' | 'facts',
    { partition, from, head }: { readonly partition: number; readonly from: number; readonly head: number },
  ): Promise<{ readonly offset: number; readonly gap?: string }> {
    const { backbone } = this.#options
    const until = Math.min(head, from + this.#rows)
    let offset = from
    while (offset < until) {
      const limit = Math.min(rowsAtOnce, until - offset)
      try {
        const rows = await (what === 'inbox'
          ? backbone.readInbox(partition, offset, limit)
          : backbone.readLog(partition, offset, limit))
        // The reader asserts it too; the oracle believes nobody.
        for (const row of rows)
          if (row.offset === offset + 1) offset = row.offset
          else return { offset, gap: `${row.offset} follows ${offset}` }
        if (rows.length === 0) return { offset, gap: `nothing follows ${offset}, and the head is ${head}` }
      } catch (error) {
        if (error instanceof GapFound) return { offset, gap: error.message }
        throw error
      }
    }
    return { offset }
  }

  /** Effects that are neither applied nor cancelled, a bounded number of each kind. */
  async #unsettled(): Promise<readonly Effect[]> {
    const { ledger } = this.#options.backbone
    const kinds = (await ledger.counts()).filter(({ state }) => state !== 'applied' && state !== 'cancelled')
    const lists = kinds.map(({ target, command, state }) =>
      ledger.effects({ target, command, state: [state], limit: effectsAtOnce }),
    )
    return (await Promise.all(lists)).flat()
  }

  /**
   * An effect on its way must be the first unsettled one of its lane. The list is not one instant, so the earlier one is read again:
   * settled is for ever, so one that is still unsettled now was so when the later one left.
   */
  async #order(unsettled: readonly Effect[]): Promise<readonly Violation[]> {
    const violations: Violation[] = []
    for (const lane of Map.groupBy(unsettled, ({ tenant, target, key }) => `${tenant}\0${target}\0${key}`).values()) {
      const first = lane.reduce((one, other) => (other.seq < one.seq ? other : one))
      const overtaking = lane.filter(({ seq, state }) => seq > first.seq && onItsWay.has(state))
      if (overtaking.length === 0) continue
      const again = await this.#options.backbone.ledger.effect(first.id)
      if (again === undefined || again.state === 'applied' || again.state === 'cancelled') continue
      for (const { id } of overtaking)
        violations.push({ check: 'order', subject: id, detail: `${first.id} comes first` })
    }
    return violations
  }

  async #orphans(unsettled: readonly Effect[]): Promise<readonly Violation[]> {
    const now = this.#options.now()
    const violations: Violation[] = []
    for (const { id, state, sendDeadline, notBefore } of unsettled) {
      if (state === 'sending' && sendDeadline !== undefined && now > sendDeadline + attemptOverMs)
        violations.push({ check: 'orphans', subject: id, detail: 'an attempt was never ended' })
      if (state === 'unknown' && notBefore !== undefined && now > notBefore + doubtOverMs)
        violations.push({ check: 'orphans', subject: id, detail: 'a doubt was never looked into' })
    }
    return [...violations, ...(await this.#unfired(now))]
  }

  /**
   * What counts is how long a timer has been seen due, not when it was: news of yesterday arms timers that are hours late when they are made,
   * and a hub that was down finds many.
   */
  async #unfired(now: number): Promise<readonly Violation[]> {
    const { backbone } = this.#options
    const violations: Violation[] = []
    const seen = new Map<string, number>()
    for (let partition = 0; partition < backbone.partitions; partition++)
      for (const { subject, name, at } of await backbone.dueTimers(partition, now, overdueMost)) {
        const timer = `${subject} ${name} ${at}`
        const since = this.#due.get(timer) ?? now
        seen.set(timer, since)
        if (now - since >= overdueMs)
          violations.push({ check: 'orphans', subject, detail: `the timer ${name} did not fire` })
      }
    this.#due = seen
    return violations
  }
}

/** Few, because each may be a body of the largest size. */
const rowsAtOnce = 50
const effectsAtOnce = 1000
const overdueMost = 100
/** Longer than the kernel of a vanished holder may go on delivering, and its lane may stay claimed. */
const attemptOverMs = 30 * 60_000
/** A read-back that was impossible for a day is parked. */
const doubtOverMs = 25 * 3_600_000
/** Within it a timer that is due has to fire. */
export const overdueMs = 10 * 60_000
const onItsWay: ReadonlySet<string> = new Set(['sending', 'awaiting', 'unknown'])

function keyOf({ check, subject, detail }: Violation): string {
  return `${check} ${subject} ${check === 'accounting' ? '' : detail}`
}
