import { choice, seconds, secret } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { identify, translate } from './shipment.ts'
import { track } from './track.ts'

export const dhl = defineConnector({
  id: 'dhl',
  label: 'DHL Unified Tracking',
  kind: 'carrier',
  about: 'Tracking of all DHL divisions: pushed shipments, and polling of numbers without news.',
  certification: 'golden',
  settings: {
    apiKey: secret('Consumer key from the DHL developer portal.', { default: '' }),
    environment: choice('Which DHL system to ask.', ['live', 'test'], { default: 'live' }),
    webhookToken: secret('Token that DHL sends in the header x-dhl-push-token of each push.'),
    unknownShipments: choice('What to do with a tracking number that nobody announced.', ['create', 'wait'], {
      default: 'create',
    }),
    timeoutSeconds: seconds('One request in total.', { default: 30 }),
  },
  inbound: {
    // DHL Shipment Tracking Unified Push, `hook.authentication`: a header and a token that the subscriber chooses.
    verify: ({ webhookToken }) => ({ scheme: 'token', header: 'x-dhl-push-token', secret: webhookToken }),
    identify,
    mapping: 'dhl/3',
    format: 'json',
    examples: { patterns: ['delivered.in.json', 'two-shipments.in.json'] },
    translate,
  },
  operations: { track },
  baseUrl: ({ environment }) => (environment === 'test' ? 'https://api-test.dhl.com' : 'https://api-eu.dhl.com'),
  authenticate: ({ apiKey }) => ({ scheme: 'header', name: 'dhl-api-key', value: apiKey }),
  budget: { requestsPerSecond: 1, concurrent: 2 },
})
