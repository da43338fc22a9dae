import type { Stores } from '../stores.ts'
import { postgresAnswers } from './answers.ts'
import { postgresBudgets } from './budgets.ts'
import { postgresCursors } from './cursors.ts'
import type { Database } from './database.ts'
import { postgresIntake } from './intake-counts.ts'
import { postgresJobs } from './jobs.ts'
import { postgresKeys } from './keys.ts'
import { postgresSubscriptions } from './subscriptions.ts'

/** The small stores over the tables of migration 0003. */
export function postgresStores(database: Database): Stores {
  return {
    cursors: postgresCursors(database),
    subscriptions: postgresSubscriptions(database),
    keys: postgresKeys(database),
    answers: postgresAnswers(database),
    budgets: postgresBudgets(database),
    jobs: postgresJobs(database),
    intake: postgresIntake(database),
  }
}
