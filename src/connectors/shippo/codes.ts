import type { StatusTable } from '../kit/status-table.ts'

/** Shippo tracking `status`, API reference "Tracking status". */
export const statuses: StatusTable = {
  DELIVERED: { event: 'delivered' },
  FAILURE: { event: 'exception' },
  PRE_TRANSIT: { event: 'shipment_info_received' },
  RETURNED: { event: 'return_started' },
  TRANSIT: { event: 'in_transit' },
  UNKNOWN: { event: 'unknown' },
}
