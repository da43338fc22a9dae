import { setTimeout as sleep } from 'node:timers/promises'
import { InterlineError } from '../../base/errors.ts'
import { type Answer, numberOf, textOf } from '../terminal/answer.ts'
import { type HubClient, ProblemAnswer } from '../terminal/client.ts'
import type { Output } from '../terminal/output.ts'

/** Where the job is looked at, how often, and how long the hub may be away meanwhile. */
export interface Following {
  readonly path: string
  readonly pollMs: number
  readonly goesOn: (job: Answer) => boolean
  readonly patienceMs?: number
}

const barColumns = 30
/** Longer than a restart, with the recovery of a database that was killed. */
const usualPatienceMs = 120_000

/**
 * Shows how a job gets on until it ends, and answers it. The work is the hub's: where that is restarted the job goes on, and so does whoever
 * watches. Throws HUB_UNREACHABLE when the hub stays away, and ProblemAnswer for a refusal.
 */
export async function followed(
  { hub, output }: { readonly hub: HubClient; readonly output: Output },
  first: Answer,
  { path, pollMs, goesOn, patienceMs = usualPatienceMs }: Following,
): Promise<Answer> {
  let job = first
  let awaySince: number | undefined
  while (goesOn(job)) {
    output.progress(awaySince === undefined ? bar(job) : `${bar(job)}, waiting for the hub`)
    await sleep(pollMs)
    try {
      job = await hub.call('GET', path)
      awaySince = undefined
    } catch (error) {
      awaySince ??= performance.now()
      if (!isAway(error) || performance.now() - awaySince > patienceMs) throw error
    }
  }
  output.progress('')
  return job
}

/** One line that fits any terminal: bar, counts. */
export function bar(job: Answer): string {
  const done = numberOf(job, 'done') + numberOf(job, 'failed') + numberOf(job, 'skipped')
  const total = numberOf(job, 'total')
  const filled = total === 0 ? 0 : Math.min(barColumns, Math.floor((done * barColumns) / total))
  return `${'█'.repeat(filled)}${'░'.repeat(barColumns - filled)} ${done}/${total === 0 ? '?' : total} ${textOf(job, 'status')}`
}

/** Not there at all, or there and not ready. */
function isAway(error: unknown): boolean {
  if (error instanceof ProblemAnswer) return error.status === 503 || error.status === 429
  return error instanceof InterlineError && error.code === 'HUB_UNREACHABLE'
}
