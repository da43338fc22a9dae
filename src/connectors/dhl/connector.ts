import { choice, seconds, secret } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { identify, translate } from './shipment.ts'
import { trackByNumber } from './track.ts'

export const dhl = defineConnector({
  id: 'dhl',
  label: 'DHL Unified Tracking',
  kind: 'carrier',
  about: 'Tracking of all DHL divisions: pushed shipments, and polling of numbers without news.',
  certification: 'golden',
  settings: {
    apiKey: secret('Consumer key from the DHL developer portal.', { default: '' }),
    webhookToken: secret('Token that DHL sends in the header x-dhl-push-token of each push.'),
    unknownShipments: choice('What to do with a tracking number that nobody announced.', ['create', 'wait'], {
      default: 'create',
    }),
    timeoutSeconds: seconds('One request in total.', { default: 30 }),
  },
  inbound: {
    verify: ({ webhookToken }) => ({ scheme: 'token', header: 'x-dhl-push-token', secret: webhookToken }),
    identify,
    mapping: 'dhl/1',
    format: 'json',
    translate,
  },
  operations: { track: trackByNumber },
  baseUrl: () => 'https://api-eu.dhl.com',
  authenticate: ({ apiKey }) => ({ scheme: 'header', name: 'dhl-api-key', value: apiKey }),
  budget: { requestsPerSecond: 1, concurrent: 2 },
})
