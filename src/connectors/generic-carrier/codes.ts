import { type CodeEffect, codes } from '../../model/shipment/codes.ts'
import type { StatusRow, StatusTable } from '../kit/status-table.ts'

/** The canonical codes themselves, except those that are about a tender, a movement or a document. */
export const statuses: StatusTable = {
  name: 'generic-carrier-code',
  confidence: 'A',
  rows: Object.fromEntries(
    (Object.entries(codes) as [StatusRow['event'], CodeEffect][])
      .filter(([, { routed }]) => routed === undefined)
      .map(([event]) => [event, { event }]),
  ),
}
