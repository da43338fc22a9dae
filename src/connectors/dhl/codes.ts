import type { StatusTable } from '../kit/status-table.ts'

/** DHL Shipment Tracking Unified, `statusCode`: five coarse values; the text beside them is for people. */
export const statuses: StatusTable = {
  name: 'dhl-unified-statusCode',
  confidence: 'B',
  rows: {
    delivered: { event: 'delivered' },
    failure: { event: 'exception' },
    'pre-transit': { event: 'shipment_info_received' },
    transit: { event: 'in_transit' },
    unknown: { event: 'unknown' },
  },
}
