import type { Pool } from 'pg'
import { type Period, periodsUntil } from './period.ts'
import { promiseOf, type Sla } from './sla.ts'
import { slaCountQuery } from './sla-query.ts'
import type { MeasuredPeriod, SlaStore } from './sla-store.ts'
import type { SlaCounts } from './standing.ts'

/** What is measured, where, and for how long things are kept. */
export interface SlaRoundsOptions {
  readonly slas: () => readonly Sla[]
  readonly pool: Pick<Pool, 'query'>
  readonly store: Pick<SlaStore, 'periods' | 'save'>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds that only go forward. */
  readonly mono: () => number
  /** Days that settled effects are kept; 0: for good. What began before is not measured: a part of it is gone. */
  readonly effectDays: number
  readonly failed: (sla: string, error: unknown) => void
}

/** No SLA is measured more often. */
const everyMs = 60_000
/** For a millisecond of the database, so many of rest. */
const restFactor = 50
/** On a machine that has no time for anything, one after the other is measured all the same. */
const restMostMs = 10_000
/** Periods that are measured of an SLA that is new. */
const periodsBack = 6
const dayMs = 86_400_000

/** Measures every SLA again and again, one at a time, and never more than the database can spare. */
export class SlaRounds {
  readonly #options: SlaRoundsOptions
  readonly #measuredAt = new Map<string, number>()
  #restsUntil = Number.NEGATIVE_INFINITY

  constructor(options: SlaRoundsOptions) {
    this.#options = options
  }

  /** Measures the one that was measured the longest ago, when it is due. False: there is no hurry for the next round. */
  async round(): Promise<boolean> {
    const { slas, mono, failed } = this.#options
    const began = mono()
    if (began < this.#restsUntil) return false
    const at = ({ tenant, id }: Sla): number => this.#measuredAt.get(`${tenant} ${id}`) ?? Number.NEGATIVE_INFINITY
    const [next] = slas().toSorted((a, b) => at(a) - at(b))
    if (next === undefined || began - at(next) < everyMs) return false
    this.#measuredAt.set(`${next.tenant} ${next.id}`, began)
    try {
      await this.measure(next)
    } catch (error) {
      failed(next.id, error)
    }
    this.#restsUntil = mono() + Math.min(restMostMs, (mono() - began) * restFactor)
    return false
  }

  /** Measures the running period, the one before while anything of it is open or late, and those that nobody has measured so far. */
  async measure(sla: Sla): Promise<void> {
    const { store, pool, now } = this.#options
    const at = now()
    const known = new Map((await store.periods(sla.tenant, sla.id)).map((one) => [one.startsAt, one]))
    const [current, last, ...older] = periodsUntil(at, sla.period, sla.timeZone, periodsBack)
    const due = [current, last, ...older.filter(({ startsAt }) => isDue(sla, known.get(startsAt)))]
    for (const period of due) {
      if (period === undefined || (period !== current && !this.#isKept(sla, period, at))) continue
      const { text, values } = slaCountQuery(sla, period, at)
      const { rows } = await pool.query<SlaCounts>(text, [...values])
      if (rows[0] !== undefined) await store.save(sla, period, rows[0], at)
    }
  }

  #isKept({ measure }: Sla, { startsAt }: Period, at: number): boolean {
    const { effectDays } = this.#options
    return measure !== 'posting' || effectDays === 0 || startsAt >= at - effectDays * dayMs
  }
}

function isDue(sla: Sla, known: MeasuredPeriod | undefined): boolean {
  return known === undefined || known.open > 0 || stable(known.promise) !== stable(promiseOf(sla))
}

/** The same text for the same promise, whatever the order of its members. */
function stable(promise: object): string {
  return JSON.stringify(Object.entries(promise).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
