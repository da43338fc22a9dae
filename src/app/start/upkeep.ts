import type { PostgresBackbone } from '../../backbone/postgres/postgres.ts'
import type { Retention, Retired } from '../../backbone/retention.ts'
import type { Settings } from '../settings/settings.ts'

/** The settings that say how long. */
export type KeepSettings = Pick<
  Settings,
  'retentionDays' | 'factRetentionDays' | 'effectRetentionDays' | 'replayRetentionDays'
>

/** The database to look after, how long things are kept, and who hears of what went. */
export interface UpkeepOptions {
  readonly backbone: Pick<PostgresBackbone, 'prepareDays' | 'retire' | 'stores'>
  readonly settings: KeepSettings
  /** Milliseconds since 1970. */
  readonly now: number
  readonly retired: (values: { readonly kind: string; readonly count: number }) => void
}

/** What the database needs now and then: days to write into, and an end for what is kept long enough. */
export async function upkeep({ backbone, settings, now, retired }: UpkeepOptions): Promise<Retired> {
  await backbone.prepareDays()
  const { jobs, answers, budgets, intake } = backbone.stores
  const removed = await backbone.retire(retentionAt(settings, now, false))
  const counts = {
    messages: removed.messages,
    facts: removed.facts,
    identities: removed.identities,
    effects: removed.effects,
    lanes: removed.lanes,
    replays: await allOf((most) => jobs.trim(now - settings.replayRetentionDays * dayMs, most)),
    answers: await allOf((most) => answers.trim(now - answerDays * dayMs, most)),
    budgets: await allOf((most) => budgets.trim(now - budgetDays * dayMs, most)),
    // As long as facts, because both say what came when.
    counts: settings.factRetentionDays === 0 ? 0 : await intake.trim(dayBefore(now, settings.factRetentionDays)),
  }
  for (const [kind, count] of Object.entries(counts)) if (count > 0) retired({ kind, count })
  return removed
}

/** What is old enough at an instant. */
export function retentionAt(settings: KeepSettings, now: number, dryRun: boolean): Retention {
  const { retentionDays, factRetentionDays, effectRetentionDays } = settings
  return {
    messagesBefore: dayBefore(now, retentionDays),
    ...(factRetentionDays === 0 ? {} : { factsBefore: dayBefore(now, factRetentionDays) }),
    ...(effectRetentionDays === 0 ? {} : { effectsBefore: dayBefore(now, effectRetentionDays) }),
    dryRun,
  }
}

const dayMs = 86_400_000
/** Answers to requests with an Idempotency-Key. */
const answerDays = 7
/** Every budget is full again within a day. Whoever tries passwords leaves one for each name that he thinks of. */
const budgetDays = 2
const rowsMost = 1000

function dayBefore(now: number, days: number): string {
  return new Date(now - days * dayMs).toISOString().slice(0, 10)
}

/** A few at a time, so that nobody waits for it. */
async function allOf(trim: (most: number) => Promise<number>): Promise<number> {
  let sum = 0
  for (;;) {
    const removed = await trim(rowsMost)
    sum += removed
    if (removed < rowsMost) return sum
  }
}
