import { createHmac } from 'node:crypto'
import { post } from './load.ts'

/** Webhooks in the shape that a carrier aggregator sends: a tracker with a history that grows by one scan each time. */
export function trackerWebhooks(
  count: number,
  options: { readonly shipments: number; readonly secret: string; readonly start?: number },
): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const n = (options.start ?? 0) + index
    const shipment = n % options.shipments
    const step = Math.floor(n / options.shipments) % scans.length
    return signed(`evt_${n}`, trackerBody(n, shipment, step), options.secret)
  })
}

const scans = [
  ['pre_transit', 'label_created', 'Shipping label created'],
  ['in_transit', 'received_at_origin_facility', 'Accepted at origin'],
  ['in_transit', 'departed_facility', 'Departed facility'],
  ['in_transit', 'arrived_at_facility', 'Arrived at facility'],
  ['out_for_delivery', 'out_for_delivery', 'Out for delivery'],
  ['delivered', 'arrived_at_destination', 'Delivered'],
] as const

export function trackerBody(event: number, shipment: number, step: number): string {
  const number = `EZ${String(4_000_000_000 + shipment)}`
  const details = scans.slice(0, step + 1).map(([status, detail, message], index) => ({
    object: 'TrackingDetail',
    message,
    status,
    status_detail: detail,
    datetime: `2026-03-${String(1 + index).padStart(2, '0')}T0${index}:15:00Z`,
    source: 'UPS',
    tracking_location: { object: 'TrackingLocation', city: 'SPRINGFIELD', state: 'IL', country: 'US', zip: '62701' },
  }))
  const [status] = scans[step] ?? scans[0]
  const tracker = {
    id: `trk_${shipment}`,
    object: 'Tracker',
    mode: 'production',
    tracking_code: number,
    status,
    carrier: 'UPS',
    created_at: '2026-03-01T00:00:00Z',
    updated_at: '2026-03-07T00:00:00Z',
    est_delivery_date: '2026-03-09T00:00:00Z',
    tracking_details: details,
  }
  return JSON.stringify({
    id: `evt_${event}`,
    object: 'Event',
    mode: 'production',
    description: 'tracker.updated',
    result: tracker,
  })
}

function signed(_id: string, body: string, secret: string): Uint8Array {
  const signature = createHmac('sha256', secret).update(body).digest('hex')
  return post(
    '/v1/inbound/easypost',
    { 'content-type': 'application/json', 'x-hmac-signature': `hmac-sha256-hex=${signature}` },
    Buffer.from(body),
  )
}
