import type { Pool } from 'pg'
import { troubleRows } from '../views/connection-troubles.ts'
import { documentRows } from '../views/documents.ts'
import { listingRows } from '../views/listings.ts'
import { notificationRows } from '../views/notifications.ts'
import { overview } from '../views/overview.ts'
import { parkedGroups } from '../views/parked-groups.ts'
import { partRows } from '../views/parts.ts'
import { postingRows } from '../views/postings.ts'
import { processRows } from '../views/processes.ts'
import { findReferences, namesOf } from '../views/reference.ts'
import { shipmentRows } from '../views/shipments.ts'
import { stockRows } from '../views/stock.ts'
import { comparisonRows } from '../views/stock-comparisons.ts'
import { taskRows } from '../views/tasks.ts'
import { transmissionRows } from '../views/transmissions.ts'

/** The lists that people search, as whoever sees what these connections see. `now`: ms since 1970. */
export function openLists(pool: Pick<Pool, 'query'>, now: () => number) {
  return {
    references: {
      find: (input: Parameters<typeof findReferences>[1]) => findReferences(pool, input),
      names: (tenant: string, subjects: readonly string[]) => namesOf(pool, tenant, subjects),
    },
    parts: partRows(pool),
    shipments: shipmentRows(pool),
    stock: stockRows(pool),
    businessDocuments: documentRows(pool),
    postings: postingRows(pool),
    transmissions: transmissionRows(pool),
    troubles: troubleRows(pool),
    tasks: taskRows(pool),
    processes: processRows(pool),
    overview: overview(pool, now),
    parkedGroups: parkedGroups(pool),
    stockComparisons: comparisonRows(pool),
    listings: listingRows(pool),
    notifications: notificationRows(pool),
  }
}
