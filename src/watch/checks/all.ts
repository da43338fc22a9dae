import { acknowledgementsOverdue } from './acknowledgements-overdue.ts'
import { appointmentsMissed } from './appointments-missed.ts'
import { certificatesExpiring } from './certificates-expiring.ts'
import type { Check } from './check.ts'
import { codesUnmapped } from './codes-unmapped.ts'
import { deliveriesLateToShip } from './deliveries-late-to-ship.ts'
import { eventCompleteness } from './event-completeness.ts'
import { exceptionsAgeing } from './exceptions-ageing.ts'
import { freightInvoicesOverTolerance } from './freight-invoices-over-tolerance.ts'
import { inventoryDeltas } from './inventory-deltas.ts'
import { invoicesBlockedPod } from './invoices-blocked-pod.ts'
import { messagesParked } from './messages-parked.ts'
import { messagesUnaccounted } from './messages-unaccounted.ts'
import { notificationsRefused } from './notifications-refused.ts'
import { ordersAwaitingAllocation } from './orders-awaiting-allocation.ts'
import { postingLag } from './posting-lag.ts'
import { postingsBlocked } from './postings-blocked.ts'
import { postingsPending } from './postings-pending.ts'
import { processesOverdue } from './processes-overdue.ts'
import { promisesBroken } from './promises-broken.ts'
import { receiptsWithDiscrepancy } from './receipts-with-discrepancy.ts'
import { returnsNotCredited } from './returns-not-credited.ts'
import { shipmentsWithoutTracking } from './shipments-without-tracking.ts'
import { staleFeeds } from './stale-feeds.ts'
import { subscribersBehind } from './subscribers-behind.ts'
import { syncDrift } from './sync-drift.ts'
import { tasksOverdue } from './tasks-overdue.ts'
import { transportReceiptsMissing } from './transport-receipts-missing.ts'

/** Every business check, alphabetical. A new one is a file and a line here. */
export const checks: readonly Check[] = [
  acknowledgementsOverdue,
  appointmentsMissed,
  certificatesExpiring,
  codesUnmapped,
  deliveriesLateToShip,
  eventCompleteness,
  exceptionsAgeing,
  freightInvoicesOverTolerance,
  inventoryDeltas,
  invoicesBlockedPod,
  messagesParked,
  messagesUnaccounted,
  notificationsRefused,
  ordersAwaitingAllocation,
  postingLag,
  postingsBlocked,
  postingsPending,
  processesOverdue,
  promisesBroken,
  receiptsWithDiscrepancy,
  returnsNotCredited,
  shipmentsWithoutTracking,
  staleFeeds,
  subscribersBehind,
  syncDrift,
  tasksOverdue,
  transportReceiptsMissing,
]
