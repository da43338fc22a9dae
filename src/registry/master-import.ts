import { setImmediate as breathe } from 'node:timers/promises'
import type { MasterData, MasterWrite, RowOutcome } from './master-data.ts'

/** Rows in one statement: short enough that nobody else waits for it. */
const rowsAtOnce = 250

/**
 * Many rows in the bulk lane: one import at a time in a process, in small steps, and after each step everything else goes first. What was
 * written stays when a later step fails; the same rows again change nothing, so whoever is interrupted begins anew.
 */
export class MasterImport {
  readonly #data: Pick<MasterData, 'write'>
  #last: Promise<unknown> = Promise.resolve()

  constructor(data: Pick<MasterData, 'write'>) {
    this.#data = data
  }

  /** One outcome for each row, in their order. */
  run(write: Omit<MasterWrite, 'expected'>): Promise<readonly RowOutcome[]> {
    const done = this.#last.then(() => this.#write(write))
    this.#last = done.catch(() => {})
    return done
  }

  async #write(write: Omit<MasterWrite, 'expected'>): Promise<readonly RowOutcome[]> {
    const outcomes: RowOutcome[] = []
    for (let from = 0; from < write.rows.length; from += rowsAtOnce) {
      outcomes.push(...(await this.#data.write({ ...write, rows: write.rows.slice(from, from + rowsAtOnce) })))
      await breathe()
    }
    return outcomes
  }
}
