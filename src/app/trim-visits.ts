import type { Pool } from 'pg'
import { Assertions } from '../registry/assertions.ts'
import { ExceptionClaims } from '../registry/exception-claims.ts'
import { QuotaRefusals } from '../registry/quota-refusals.ts'
import { Sessions } from '../registry/sessions.ts'
import { TrackingFollowers } from '../registry/tracking-followers.ts'
import { TrackingLinks } from '../registry/tracking-links.ts'

/** Rows of each kind that are forgotten in one upkeep; there is one every hour. */
const rowsAtOnce = 10_000
/** Requests that were refused; shown is the last day. */
const refusalDays = 7

/** Forgets what visitors left behind and has ended: sessions, proofs of identity, links to shipments, people who followed one, words about exceptions, refused requests. */
export async function trimVisits(pool: Pool): Promise<void> {
  await new Sessions(pool).trim(rowsAtOnce)
  await new Assertions(pool).trim(rowsAtOnce)
  await new TrackingLinks(pool).trim(rowsAtOnce)
  await new TrackingFollowers(pool).trim(rowsAtOnce)
  await new ExceptionClaims(pool).trim(rowsAtOnce)
  await new QuotaRefusals(pool).trim(Date.now() - refusalDays * 86_400_000, rowsAtOnce)
}
