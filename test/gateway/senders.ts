import { createHmac } from 'node:crypto'
import type { HubAnswer, HubProcess } from '../hub-process.ts'

/** A carrier that signs its webhooks, a warehouse with an API key, and a neighbour that must not notice anything. */
export const network = {
  connections: [
    { id: 'carrier', tenant: 'main', connector: 'easypost', settings: { webhookSecret: 'carrier-secret' } },
    { id: 'neighbour', tenant: 'main', connector: 'easypost', settings: { webhookSecret: 'neighbour-secret' } },
    { id: 'warehouse', tenant: 'main', connector: 'generic-wms', settings: {} },
  ],
}

/** A tracker webhook as the carrier sends it. */
export function trackerEvent(
  id: string,
  more: { readonly number?: string; readonly at?: string; readonly message?: string } = {},
): string {
  const at = more.at ?? '2026-03-02T18:40:00Z'
  return JSON.stringify({
    id,
    object: 'Event',
    description: 'tracker.updated',
    created_at: at,
    result: {
      id: `trk_${more.number ?? id}`,
      object: 'Tracker',
      tracking_code: more.number ?? `PN${id}`,
      status: 'in_transit',
      carrier: 'ParcelNorth',
      created_at: '2026-03-01T08:00:00Z',
      updated_at: at,
      tracking_details: [
        {
          object: 'TrackingDetail',
          message: more.message ?? 'Departed',
          status: 'in_transit',
          status_detail: 'departed_facility',
          datetime: at,
          source: 'ParcelNorth',
        },
      ],
    },
  })
}

export function signed(body: string | Uint8Array, secret = 'carrier-secret'): Record<string, string> {
  return { 'x-hmac-signature': `hmac-sha256-hex=${createHmac('sha256', secret).update(body).digest('hex')}` }
}

/** As the carrier does it: any bytes, signed. */
export function sendSigned(
  hub: HubProcess,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<HubAnswer> {
  return hub.call('POST', '/v1/inbound/carrier', {
    body,
    headers: { 'content-type': 'application/json', ...signed(body), ...headers },
  })
}
