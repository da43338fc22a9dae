import type { TableAnswer } from './check.ts'

/** Shipments that are booked and have not arrived. */
export const underWay = {
  kind: 'table',
  from: 'view_shipment s',
  tenant: 's.tenant',
  asked: `s.merged_into IS NULL AND s.status IN ('booked', 'picked_up', 'in_transit', 'out_for_delivery', 'available_for_pickup')`,
  labels: { carrier: `coalesce(nullif(s.carrier, ''), 'unknown')` },
  item: {
    object: 's.id',
    number: 's.tracking_number',
    since: 'coalesce(s.began_at, s.updated_at)',
    detail: 's.status',
    page: '/shipments',
  },
} as const satisfies Omit<TableAnswer, 'found'>
