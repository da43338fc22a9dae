import { countQuery, type Group, groupsMost, knownQuery, stateOf, worldGroups } from './check-query.ts'
import type { CheckAnswer, CheckStore } from './check-store.ts'
import type { Check, Thresholds } from './checks/check.ts'
import type { CheckWorld } from './checks/world.ts'

/** What a tenant says otherwise than a declaration. */
export interface CheckSettings extends Partial<Thresholds> {
  readonly graceMinutes?: number
}

/** Settings by tenant and check. */
export type CheckPolicy = (tenant: string, check: string) => CheckSettings | undefined

/** What is asked, of which world, and where the answers go. */
export interface CheckRoundsOptions {
  readonly checks: readonly Check[]
  readonly world: CheckWorld
  readonly store: Pick<CheckStore, 'save'>
  readonly policy: CheckPolicy
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds that only go forward. */
  readonly mono: () => number
  readonly failed: (check: string, error: unknown) => void
}

type Answer = Omit<CheckAnswer, 'check' | 'at' | 'since'>

/** No check is asked more often. */
const everyMs = 60_000
/** Share of one core of the database that all checks together may take. */
const shareMost = 0.02
/** What may be used at once, after a start or a long rest. */
const savedMostMs = 3000

/** Asks every check again and again, one at a time, and never more than the database can spare. */
export class CheckRounds {
  readonly #options: CheckRoundsOptions
  readonly #askedAt = new Map<string, number>()
  #savedMs = savedMostMs
  #savedAt: number | undefined

  constructor(options: CheckRoundsOptions) {
    this.#options = options
  }

  /** Asks what is due, the longest ago first, as far as the budget goes. False: there is no hurry for the next round. */
  async round(): Promise<boolean> {
    const { checks, mono } = this.#options
    const from = mono()
    this.#savedMs = Math.min(savedMostMs, this.#savedMs + (from - (this.#savedAt ?? from)) * shareMost)
    this.#savedAt = from
    const asked = ({ id }: Check): number => this.#askedAt.get(id) ?? Number.MIN_SAFE_INTEGER
    const due = checks.filter((one) => from - asked(one) >= everyMs).toSorted((a, b) => asked(a) - asked(b))
    for (const check of due) {
      if (this.#savedMs <= 0) return false
      const began = mono()
      this.#askedAt.set(check.id, began)
      await this.ask(check)
      this.#savedMs -= mono() - began
    }
    return false
  }

  /** Answers one check for every tenant. One that cannot be answered says so; the others are asked all the same. */
  async ask(check: Check): Promise<void> {
    const { store, now, failed } = this.#options
    const at = now()
    try {
      await store.save(check.id, at, await this.#answers(check, at))
    } catch (error) {
      failed(check.id, error)
      const tenants = await this.#options.world.tenants()
      await store.save(
        check.id,
        at,
        tenants.map((tenant) => ({ tenant, state: 'failed', breakdown: [] })),
      )
    }
  }

  async #answers(check: Check, now: number): Promise<readonly Answer[]> {
    const tenants = await this.#options.world.tenants()
    const groups = Map.groupBy(await this.#groups(check, tenants, now), ({ tenant }) => tenant)
    const about = new Set(groups.has('*') ? ['*'] : tenants)
    const known = await this.#known(check, [...about])
    return [...about].map((tenant) =>
      answerOf(groups.get(tenant) ?? [], {
        tenant,
        isKnown: known.has(tenant),
        thresholds: this.#thresholds(check, tenant),
        measure: check.answer.kind === 'table' ? (check.answer.measure ?? 'count') : 'count',
        isCounted: check.answer.kind === 'world' || check.answer.known === undefined,
      }),
    )
  }

  async #groups(check: Check, tenants: readonly string[], now: number): Promise<readonly Group[]> {
    const { answer, graceMinutes = 0 } = check
    const { world } = this.#options
    if (answer.kind === 'world') return worldGroups(await answer.items(world, now))
    // Most tenants leave it as it is, so that one query answers them all.
    const own = tenants.flatMap((tenant) => {
      const grace = this.#options.policy(tenant, check.id)?.graceMinutes
      return grace === undefined || grace === graceMinutes ? [] : [{ tenant, grace }]
    })
    const found = [await this.#count(answer, { now, graceMinutes, except: own.map(({ tenant }) => tenant) })]
    for (const { tenant, grace } of own)
      found.push(await this.#count(answer, { now, graceMinutes: grace, only: [tenant] }))
    return found.flat()
  }

  async #count(...parameters: Parameters<typeof countQuery>): Promise<readonly Group[]> {
    const [answer] = parameters
    const { text, values } = countQuery(...parameters)
    const { rows } = await this.#options.world.pool.query<Readonly<Record<string, unknown>>>(text, [...values])
    return rows.map((row) => ({
      tenant: String(row['tenant']),
      labels: Object.fromEntries(Object.keys(answer.labels).map((name) => [name, String(row[`l_${name}`])])),
      found: Number(row['found']),
      asked: Number(row['asked']),
      ...(row['oldest'] === null ? {} : { oldest: Number(row['oldest']) }),
    }))
  }

  /** Tenants of which something is known although nothing was counted. */
  async #known({ answer }: Check, tenants: readonly string[]): Promise<ReadonlySet<string>> {
    if (answer.kind === 'world' || answer.known === undefined) return new Set()
    const { text, values } = knownQuery(answer.known, tenants)
    const { rows } = await this.#options.world.pool.query<{ tenant: string }>(text, [...values])
    return new Set(rows.map(({ tenant }) => tenant))
  }

  #thresholds({ id, thresholds }: Check, tenant: string): Thresholds {
    const { amber = thresholds.amber, red = thresholds.red } = this.#options.policy(tenant, id) ?? {}
    return { amber, red }
  }
}

function answerOf(
  groups: readonly Group[],
  about: {
    readonly tenant: string
    readonly isKnown: boolean
    readonly thresholds: Thresholds
    readonly measure: 'count' | 'oldest'
    /** Whether what the question is about was counted, too. */
    readonly isCounted: boolean
  },
): Answer {
  const { tenant, isKnown, thresholds, measure, isCounted } = about
  const asked = groups.reduce((sum, group) => sum + (group.asked ?? 0), 0)
  if (isCounted ? asked === 0 : !isKnown) return { tenant, state: 'unknown', breakdown: [] }
  const valueOf = (group: Group): number =>
    measure === 'oldest' ? Math.max(0, Math.round(group.oldest ?? 0)) : group.found
  const join = (values: readonly number[]): number =>
    measure === 'oldest' ? Math.max(0, ...values) : values.reduce((sum, one) => sum + one, 0)
  const found = groups.filter(({ found: some }) => some > 0).toSorted((a, b) => valueOf(b) - valueOf(a))
  const [shown, others] = [found.slice(0, groupsMost), found.slice(groupsMost)]
  const breakdown = shown.map((group) => ({ labels: group.labels, value: valueOf(group) }))
  if (others.length > 0) {
    const labels = Object.fromEntries(Object.keys(others[0]?.labels ?? {}).map((name) => [name, 'other']))
    breakdown.push({ labels, value: join(others.map(valueOf)) })
  }
  const value = join(found.map(valueOf))
  return { tenant, value, ...(isCounted ? { asked } : {}), state: stateOf(value, thresholds), breakdown }
}
