import type { StatusTable } from '../kit/status-table.ts'

/** DHL Unified Tracking `statusCode`, five coarse values. */
export const statuses: StatusTable = {
  delivered: { event: 'delivered', confidence: 'B' },
  failure: { event: 'exception', confidence: 'B' },
  'pre-transit': { event: 'shipment_info_received', confidence: 'B' },
  transit: { event: 'in_transit', confidence: 'B' },
  unknown: { event: 'unknown', confidence: 'B' },
}
