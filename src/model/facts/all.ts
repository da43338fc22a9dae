import type { TSchema } from 'typebox'
import { documentFacts } from './document.ts'
import { identityFacts } from './identity.ts'
import { interchangeFacts } from './interchange.ts'
import { listingFacts } from './listing.ts'
import { notificationFacts } from './notification.ts'
import { platformFacts } from './platform.ts'
import { processFacts } from './process.ts'
import { reservationFacts } from './reservation.ts'
import { shipmentFacts } from './shipment.ts'
import { stockFacts } from './stock.ts'
import { taskFacts } from './task.ts'
import { trackingFacts } from './tracking.ts'
import { transmissionFacts } from './transmission.ts'

const all: Readonly<Record<string, TSchema>> = {
  ...documentFacts,
  ...identityFacts,
  ...interchangeFacts,
  ...listingFacts,
  ...notificationFacts,
  ...platformFacts,
  ...processFacts,
  ...reservationFacts,
  ...shipmentFacts,
  ...stockFacts,
  ...taskFacts,
  ...trackingFacts,
  ...transmissionFacts,
}

/** JSON Schema of the data of every fact that the hub concludes, by type, alphabetical. Reports of outside systems are in report.ts. */
export const factSchemas: Readonly<Record<string, TSchema>> = Object.fromEntries(
  Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1)),
)
