import type { CheckAnswer, CheckStore } from '../check-store.ts'
import type { AlertStore, Firing } from './alert-store.ts'
import { readCondition } from './condition.ts'
import { type AlertRule, isMuted } from './rule.ts'
import { advance, type Standing } from './standing.ts'

/** What is said of a firing: that it fires, that it still does, that it is over. `n` counts what was told before. */
export interface AlertNews {
  readonly kind: 'fired' | 'repeated' | 'resolved'
  readonly firing: Firing
  readonly n: number
}

/** Whom and what the rounds work with. */
export interface AlertRoundsOptions {
  readonly rules: () => Promise<readonly AlertRule[]>
  readonly checks: Pick<CheckStore, 'latest'>
  readonly store: AlertStore
  /** Resolves when it is durable that somebody is told. The same news may come twice and must be told once. */
  readonly tell: (news: AlertNews) => Promise<void>
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly failed: (rule: string, error: unknown) => void
  /** Firings that are read at once; 1,000 without it. */
  readonly pageSize?: number
}

/** An answer that is older says nothing about now. */
const silentMs = 15 * 60_000
const hourMs = 3_600_000

/** Judges every rule by the newest answers, and tells what has to be told. */
export class AlertRounds {
  readonly #options: AlertRoundsOptions

  constructor(options: AlertRoundsOptions) {
    this.#options = options
  }

  /** One look at everything. A rule that cannot be judged keeps no other from it. */
  async round(): Promise<void> {
    const { rules, checks, store, now } = this.#options
    const all = await rules()
    const answers = all.length === 0 ? [] : await checks.latest()
    const standings = await store.standings()
    const kept = new Set(all.map(({ id }) => id))
    if ([...standings.keys()].some((rule) => !kept.has(rule))) await store.forget([...kept], now())
    for (const rule of all) await this.#tried(rule.id, () => this.#judge(rule, answers, standings.get(rule.id)))
    await this.#tell(new Map(all.map((rule) => [rule.id, rule])))
  }

  async #judge(rule: AlertRule, answers: readonly CheckAnswer[], known: Standing | undefined): Promise<void> {
    const { store, now } = this.#options
    const at = now()
    const newest = answers
      .filter(({ check, tenant }) => check === rule.check && (tenant === rule.tenant || tenant === '*'))
      .toSorted((a, b) => b.at - a.at)[0]
    const isHeard = newest !== undefined && at - newest.at <= silentMs
    const isBad = isHeard ? readCondition(rule.condition)(newest) : undefined
    const calm: Standing = { phase: 'calm', since: at }
    const { standing, turns } = advance(known ?? calm, { at, isBad }, rule)
    for (const { kind, at: when } of turns) {
      if (kind === 'fired')
        await store.fire(rule, { at: when, ...(newest?.value === undefined ? {} : { value: newest.value }) })
      else await store.resolve(rule.id, when)
    }
    // Written last: what was broken off is done again, and a firing that is open stays one.
    if (known === undefined || known.phase !== standing.phase || known.since !== standing.since)
      await store.stand(rule, standing)
  }

  /** All of them, page by page: what fires for weeks must not keep the news from anybody. */
  async #tell(rules: ReadonlyMap<string, AlertRule>): Promise<void> {
    const { store, pageSize = 1000 } = this.#options
    for (let after: Firing | undefined; ; ) {
      const firings = await store.untold({ after, limit: pageSize })
      for (const firing of firings) await this.#tried(firing.rule, () => this.#tellOf(firing, rules.get(firing.rule)))
      if (firings.length < pageSize) return
      after = firings.at(-1)
    }
  }

  async #tellOf(firing: Firing, rule: AlertRule | undefined): Promise<void> {
    const { store, tell, now } = this.#options
    const news = newsOf(firing, rule, now())
    if (news !== undefined) await tell(news)
    if (firing.resolvedAt !== undefined) await store.settled(firing.id)
    else if (news !== undefined) await store.told(firing.id, now())
  }

  async #tried(rule: string, act: () => Promise<void>): Promise<void> {
    try {
      await act()
    } catch (error) {
      this.#options.failed(rule, error)
    }
  }
}

/** What has to be told of a firing now. Of what nobody heard, nobody hears the end. */
function newsOf(firing: Firing, rule: AlertRule | undefined, now: number): AlertNews | undefined {
  const { told: n, toldAt = 0, resolvedAt, wish } = firing
  if (resolvedAt !== undefined) return n === 0 ? undefined : { kind: 'resolved', firing, n }
  if (rule === undefined || isMuted(rule, now)) return undefined
  if (n === 0) return { kind: 'fired', firing, n }
  return wish.repeatHours > 0 && now - toldAt >= wish.repeatHours * hourMs ? { kind: 'repeated', firing, n } : undefined
}
