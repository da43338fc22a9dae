import { choice, seconds, secret } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { track } from './track.ts'
import { identify, translate } from './tracking.ts'

export const aftership = defineConnector({
  id: 'aftership',
  label: 'AfterShip',
  kind: 'aggregator',
  about: 'Tracking webhooks of AfterShip, and polling of trackings for numbers without news.',
  certification: 'golden',
  settings: {
    apiKey: secret('API key from the AfterShip organization settings.', { default: '' }),
    webhookSecret: secret('Webhook secret from the AfterShip notification settings.'),
    unknownShipments: choice('What to do with a tracking number that nobody announced.', ['create', 'wait'], {
      default: 'create',
    }),
    timeoutSeconds: seconds('One request in total.', { default: 30 }),
  },
  inbound: {
    // AfterShip webhook overview, "Signature": base64 of HMAC-SHA256 over the raw body.
    verify: ({ webhookSecret }) => ({
      scheme: 'hmac',
      algorithm: 'sha256',
      header: 'aftership-hmac-sha256',
      encoding: 'base64',
      secret: webhookSecret,
    }),
    identify,
    mapping: 'aftership/4',
    format: 'json',
    examples: { patterns: ['delivered.in.json', 'new-date.in.json'] },
    translate,
  },
  operations: { track },
  baseUrl: () => 'https://api.aftership.com',
  authenticate: ({ apiKey }) => ({ scheme: 'header', name: 'as-api-key', value: apiKey }),
  budget: { requestsPerSecond: 10, concurrent: 4 },
})
