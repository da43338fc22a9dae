import type { PostgresBackbone } from '../backbone/postgres/postgres.ts'

export interface UpkeepOptions {
  readonly backbone: Pick<PostgresBackbone, 'prepareDays' | 'dropDays' | 'stores'>
  readonly retentionDays: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly dropped: (values: { readonly count: number }) => void
}

/**
 * What the database needs now and then: days to write into, and an end for what is kept long enough. Facts and effects stay: they are
 * what the business remembers.
 */
export async function upkeep({ backbone, retentionDays, now, dropped }: UpkeepOptions): Promise<void> {
  await backbone.prepareDays()
  const before = new Date(now() - retentionDays * dayMs).toISOString().slice(0, 10)
  const { partitions } = await backbone.dropDays({ before, dryRun: false })
  if (partitions.length > 0) dropped({ count: partitions.length })
  // A few at a time, so that nobody waits for it.
  while ((await backbone.stores.answers.trim(now() - answerDays * dayMs, rowsMost)) === rowsMost);
}

const dayMs = 86_400_000
/** Answers to requests with an Idempotency-Key. */
const answerDays = 7
const rowsMost = 1000
