import type { ExceptionSource } from './source.ts'
import { overdueAcknowledgements } from './sources/acknowledgements.ts'
import { documentExceptions } from './sources/documents.ts'
import { lateDocuments, lateProcesses, missedAppointments } from './sources/late.ts'
import { parkedGroups } from './sources/parked.ts'
import { failingPostings, heldPostings } from './sources/postings.ts'
import { shipmentExceptions } from './sources/shipments.ts'
import { stockDifferences } from './sources/stock.ts'
import { overdueTasks } from './sources/tasks.ts'
import { missingTransportReceipts } from './sources/transport-receipts.ts'
import { worldSources } from './world.ts'

/** Every kind of exception that tables hold. A new one is a file and a line here. */
export const exceptionSources: readonly ExceptionSource[] = [
  shipmentExceptions,
  documentExceptions,
  lateDocuments,
  missedAppointments,
  lateProcesses,
  parkedGroups,
  overdueAcknowledgements,
  missingTransportReceipts,
  heldPostings,
  failingPostings,
  overdueTasks,
  stockDifferences,
]

/** Every kind with what it means. */
export const exceptionKinds: readonly { readonly kind: string; readonly meaning: string }[] = [
  ...exceptionSources,
  ...worldSources,
].map(({ kind, meaning }) => ({ kind, meaning }))
