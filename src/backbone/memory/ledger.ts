import type {
  Attempt,
  Claimed,
  ClaimRequest,
  Conclusion,
  Decision,
  Effect,
  EffectFilter,
  Evidence,
  Intent,
  IntentResult,
  Ledger,
} from '../ledger.ts'
import { storable } from '../storable.ts'
import { assertTransition, decidedState, definitiveOutcomes } from '../transitions.ts'
import { appendFact } from './commit.ts'
import { concludeEffect, moveLane, standsClaim } from './conclusions.ts'
import type { EffectRow, LaneRow, Tables } from './tables.ts'

/** The ledger over maps. Every verb is one instant. */
export class MemoryLedger implements Ledger {
  readonly #tables: Tables
  readonly #now: () => number

  constructor(tables: Tables, now: () => number) {
    this.#tables = tables
    this.#now = now
  }

  async due(): ReturnType<Ledger['due']> {
    const counts = new Map<string, number>()
    for (const lane of this.#due()) counts.set(lane.target, (counts.get(lane.target) ?? 0) + 1)
    return [...counts].map(([target, lanes]) => ({ target, lanes })).sort((a, b) => compare(a.target, b.target))
  }

  async claim({ claimSeconds, limit, except, targets, lanes }: ClaimRequest): Promise<readonly Claimed[]> {
    const until = this.#now() + claimSeconds * 1000
    return this.#due()
      .filter(
        ({ target, lane }) =>
          except?.includes(target) !== true && targets?.includes(target) !== false && lanes?.includes(lane) !== false,
      )
      .sort((a, b) => a.priority - b.priority || (a.nextAt ?? 0) - (b.nextAt ?? 0) || compare(a.id, b.id))
      .slice(0, limit)
      .map((lane) => {
        lane.claimEpoch++
        lane.claimUntil = until
        return { lane: lane.id, claimEpoch: lane.claimEpoch, claimUntil: until, effect: this.#head(lane).effect }
      })
  }

  async intend(intents: readonly Intent[]): Promise<readonly IntentResult[]> {
    const now = this.#now()
    return intents.map(({ lane: id, claimEpoch, effect: effectId, reserveMs }) => {
      const lane = this.#tables.lanes.get(id)
      const row = this.#tables.effects.get(effectId)
      if (lane?.claimUntil === undefined || row === undefined || lane.claimEpoch !== claimEpoch) return { ok: false }
      const sendDeadline = lane.claimUntil - reserveMs
      if (row.laneId !== id || row.effect.state !== 'queued' || lane.head !== row.effect.seq || sendDeadline <= now)
        return { ok: false }
      const attempt = row.effect.attempt + 1
      row.effect = {
        ...row.effect,
        state: 'sending',
        attempt,
        sendDeadline,
        firstSentAt: row.effect.firstSentAt ?? now,
        updatedAt: now,
      }
      row.attempts.push({ attempt, claimEpoch, intentAt: now, sendDeadline })
      return { ok: true, attempt, msLeft: sendDeadline - now, sendDeadline }
    })
  }

  async conclude(conclusions: readonly Conclusion[]): Promise<readonly boolean[]> {
    for (const { from, to } of conclusions) assertTransition(from, to)
    const now = this.#now()
    return conclusions.map((conclusion) => {
      if (!standsClaim(this.#tables, conclusion)) return false
      concludeEffect(this.#tables, conclusion, now)
      if (conclusion.fact !== undefined) appendFact(this.#tables, conclusion.fact, now)
      return true
    })
  }

  async evidence(rows: readonly Evidence[]): Promise<void> {
    for (const row of rows) {
      const list = this.#tables.evidence.get(row.effect) ?? []
      this.#tables.evidence.set(row.effect, [...list, row])
    }
  }

  async evidenceOf(effect: string): Promise<readonly Evidence[]> {
    return this.#tables.evidence.get(effect) ?? []
  }

  async unclaim(
    claims: readonly { readonly lane: string; readonly claimEpoch: number }[],
    nextAt?: number,
  ): Promise<void> {
    for (const { lane: id, claimEpoch } of claims) {
      const lane = this.#tables.lanes.get(id)
      if (lane?.claimUntil === undefined || lane.claimEpoch !== claimEpoch) continue
      lane.claimUntil = undefined
      if (nextAt !== undefined && lane.nextAt !== undefined) lane.nextAt = nextAt
    }
  }

  async effect(id: string): Promise<Effect | undefined> {
    return this.#tables.effects.get(id)?.effect
  }

  async effects(filter: EffectFilter): Promise<readonly Effect[]> {
    const wanted = ({ effect }: EffectRow): boolean =>
      (filter.tenant === undefined || effect.tenant === filter.tenant) &&
      (filter.target === undefined || effect.target === filter.target) &&
      (filter.command === undefined || effect.command === filter.command) &&
      (filter.state === undefined || filter.state.includes(effect.state)) &&
      (filter.correlation === undefined || effect.correlation === filter.correlation) &&
      (filter.causation === undefined || effect.causation === filter.causation) &&
      (filter.causations === undefined || filter.causations.includes(effect.causation)) &&
      (filter.naturalKey === undefined || effect.naturalKey === filter.naturalKey) &&
      (filter.updatedSince === undefined || effect.updatedAt >= filter.updatedSince) &&
      (filter.after === undefined || compare(effect.id, filter.after) > 0)
    const found = [...this.#tables.effects.values()].filter(wanted).map(({ effect }) => effect)
    return found.sort((a, b) => compare(a.id, b.id)).slice(0, filter.limit)
  }

  async knownKeys(tenant: string, naturalKeys: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(naturalKeys.filter((key) => this.#tables.naturalKeys.has(`${tenant}\0${key}`)))
  }

  async attempts(effect: string): Promise<readonly Attempt[]> {
    return (this.#tables.effects.get(effect)?.attempts ?? []).map((row) => ({ effect, ...row }))
  }

  async openKeys(target: string): Promise<ReadonlySet<string>> {
    const open = [...this.#tables.lanes.values()].filter((lane) => lane.target === target && lane.head !== undefined)
    return new Set(open.map(({ key }) => key))
  }

  async decide(decision: Decision): ReturnType<Ledger['decide']> {
    const row = this.#tables.effects.get(decision.effect)
    const lane = this.#tables.lanes.get(row?.laneId ?? '')
    if (row === undefined || lane === undefined) return 'not_found'
    const { effect } = row
    const to = decidedState(decision.action, effect.state, row.attempts.some(isDoubtful))
    if (to === undefined) return 'not_allowed'
    const now = this.#now()
    const opened = to === 'queued' || to === 'unknown'
    row.effect = {
      ...effect,
      state: to,
      reason: storable(decision.reason),
      updatedAt: now,
      ...(opened ? { ambiguous: 0, processDeaths: 0, nextAt: now } : {}),
      ...(decision.action === 'edit' && decision.payload !== undefined ? { payload: decision.payload } : {}),
      ...(to === 'applied' && decision.documentReference !== undefined
        ? { documentReference: decision.documentReference }
        : {}),
    }
    if (to === 'applied') {
      const { documentReference } = decision
      const document = documentReference === undefined ? {} : { documentReference }
      await this.evidence([
        { effect: effect.id, attempt: effect.attempt, seenAt: now, kind: 'operator', ...document, detail: decision.by },
      ])
    }
    if (decision.fact !== undefined) appendFact(this.#tables, decision.fact, now)
    if (lane.head !== effect.seq) return 'done'
    // Whoever holds the lane works on what was true before: it is fenced.
    lane.claimEpoch++
    lane.claimUntil = undefined
    moveLane(this.#tables, { lane, row, now, nextAt: now })
    return 'done'
  }

  async counts(): ReturnType<Ledger['counts']> {
    const counts = new Map<string, { target: string; command: string; state: Effect['state']; count: number }>()
    for (const { effect } of this.#tables.effects.values()) {
      const { target, command, state } = effect
      const key = `${target}\0${command}\0${state}`
      const count = counts.get(key) ?? { target, command, state, count: 0 }
      counts.set(key, { ...count, count: count.count + 1 })
    }
    return [...counts].sort(([a], [b]) => compare(a, b)).map(([, count]) => count)
  }

  #due(): LaneRow[] {
    const now = this.#now()
    const due = ({ nextAt, claimUntil }: LaneRow): boolean =>
      nextAt !== undefined && nextAt <= now && (claimUntil === undefined || claimUntil < now)
    return [...this.#tables.lanes.values()].filter(due)
  }

  #head(lane: LaneRow): EffectRow {
    const row = this.#tables.effects.get(lane.effects[lane.head ?? -1] ?? '')
    if (row === undefined) throw new Error(`lane ${lane.id} is due without a head`)
    return row
  }
}

/** Bytes may have left, and nobody knows for certain what came of it. */
function isDoubtful({ wire, outcome }: { readonly wire?: boolean; readonly outcome?: string }): boolean {
  return wire !== false && !definitiveOutcomes.includes(outcome ?? '')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
