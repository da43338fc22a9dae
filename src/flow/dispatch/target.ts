import type { BudgetStore } from '../../backbone/stores.ts'
import type { Connection } from '../connection.ts'
import { inMaintenance } from '../connection.ts'
import type { Clock } from '../ports.ts'
import { Allowance } from './allowance.ts'
import { Breaker } from './breaker.ts'
import { Budget } from './budget.ts'
import type { AttemptEnd } from './exchange.ts'

/** One outside system as the dispatcher sees it: how much may go to it now. Times are monotonic ms unless named otherwise. */
export class Target {
  readonly id: string
  connection: Connection
  inFlight = 0
  breaker = new Breaker()
  budget: Budget
  /** The share of this instance in what all instances may send. */
  allowance: Allowance
  readonly #budgets: BudgetStore
  #resetAt = 0

  constructor(connection: Connection, now: number, budgets: BudgetStore) {
    this.#budgets = budgets
    this.allowance = new Allowance(budgets, connection.outbound.account)
    this.id = connection.id
    this.connection = connection
    this.budget = new Budget(connection.outbound.requestsPerSecond, now)
  }

  /** The connection as it is declared now. What is under way goes on counting; another rate or account begins anew. */
  follow(connection: Connection, now: number): void {
    const { requestsPerSecond, account } = this.connection.outbound
    const { outbound } = connection
    if (outbound.requestsPerSecond !== requestsPerSecond) this.budget = new Budget(outbound.requestsPerSecond, now)
    if (outbound.account !== account) this.allowance = new Allowance(this.#budgets, outbound.account)
    this.connection = connection
  }

  /** Somebody says that the system is well again: breaker and budget begin anew, once for each time that it was said. */
  reset(saidAt: number, now: number): void {
    if (saidAt <= this.#resetAt) return
    this.#resetAt = saidAt
    this.breaker = new Breaker()
    this.budget = new Budget(this.connection.outbound.requestsPerSecond, now)
  }

  /** How many of the due lanes may be claimed: concurrency, breaker, budget, maintenance window. */
  room(now: number, wallMs: number, wanted: number): number {
    if (inMaintenance(this.connection.outbound.maintenance, wallMs)) return 0
    if (this.breaker.state === 'half_open' || (this.breaker.state === 'open' && this.breaker.waitMs(now) > 100))
      return 0
    const free = Math.max(0, this.connection.outbound.concurrent - this.inFlight)
    const probe = this.breaker.state === 'open' ? 1 : free
    return Math.min(wanted, free, probe, this.budget.waitMs(now) > 0 ? 0 : free)
  }

  /** Takes breaker and budget for up to `count` sends, first that of this instance, then that of all; how many may go. */
  async admit(mono: () => number, count: number): Promise<number> {
    const wasOpen = this.breaker.state !== 'closed'
    if (count === 0 || !this.breaker.allows(mono())) return 0
    const own = this.budget.take(mono(), wasOpen ? 1 : count)
    let granted = 0
    try {
      if (own > 0) {
        const shared = await this.allowance.take(own, this.connection.outbound.requestsPerSecond)
        granted = shared.granted
        if (granted < own) this.budget.block(mono(), shared.waitMs)
      }
    } finally {
      this.budget.giveBack(own - granted)
      if (granted === 0 && wasOpen) this.breaker.abandonProbe()
    }
    return granted
  }

  /** Waits until one more request may go, for what takes several; false when that is not before `until` (monotonic ms). */
  async pace(clock: Pick<Clock, 'mono' | 'sleep'>, until: number): Promise<boolean> {
    for (;;) {
      let waitMs = this.budget.waitMs(clock.mono())
      if (this.budget.take(clock.mono(), 1) === 1) {
        const shared = await this.allowance.take(1, this.connection.outbound.requestsPerSecond)
        if (shared.granted === 1) return true
        this.budget.giveBack(1)
        waitMs = shared.waitMs
      }
      waitMs = Math.max(waitMs, 10)
      if (clock.mono() + waitMs >= until) return false
      await clock.sleep(waitMs)
    }
  }

  abandon(): void {
    this.budget.giveBack(1)
    this.allowance.giveBack(1)
    this.breaker.abandonProbe()
  }

  /** In whole milliseconds: instants in the database have no parts, and a monotonic clock does. */
  waitMs(now: number): number {
    return Math.ceil(Math.max(this.breaker.waitMs(now), this.budget.waitMs(now)))
  }

  /** Counts an attempt's end; gives the breaker's new state when it changed. */
  record(now: number, end: AttemptEnd): 'open' | 'closed' | undefined {
    if (end.status === 429) this.budget.throttle(now, end.afterMs)
    else if (end.end === 'retry' && end.afterMs !== undefined) this.budget.throttle(now, end.afterMs)
    const failed = end.end === 'unknown' || (end.end === 'retry' && end.status !== 429)
    const changed = this.breaker.record(now, end.end === 'login_refused' ? 'login_refused' : failed ? 'failed' : 'ok')
    if (changed === 'closed') this.budget.throttle(now)
    return changed
  }
}
