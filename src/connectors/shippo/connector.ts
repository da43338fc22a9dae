import { choice, list, seconds, secret, url } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { track } from './track.ts'
import { identify, translate } from './tracking.ts'
import { registerWebhook } from './webhook.ts'

export const shippo = defineConnector({
  id: 'shippo',
  label: 'Shippo',
  kind: 'aggregator',
  about: 'Tracking webhooks of Shippo, and polling of tracks for numbers without news.',
  certification: 'golden',
  settings: {
    apiKey: secret('API token from the Shippo dashboard.', { default: '' }),
    environment: choice(
      'Which kind of token the account uses: messages of the other one are kept and say nothing.',
      ['live', 'test'],
      { default: 'live' },
    ),
    webhookToken: secret('Token that was put into the query of the webhook URL at Shippo.'),
    confirmedCodes: list('Substatuses of weak origin that the owner of this connection has confirmed.', {
      default: [],
    }),
    unknownShipments: choice('What to do with a tracking number that nobody announced.', ['create', 'wait'], {
      default: 'create',
    }),
    url: url('Base URL of the API; another one only for tests.', { default: 'https://api.goshippo.com' }),
    timeoutSeconds: seconds('One request in total.', { default: 30 }),
  },
  inbound: {
    // Shippo webhook guide, "Securing webhooks": a token in the URL query.
    verify: ({ webhookToken }) => ({ scheme: 'query-token', parameter: 'token', secret: webhookToken }),
    identify,
    mapping: 'shippo/2',
    format: 'json',
    translate,
  },
  operations: { registerWebhook, track },
  baseUrl: ({ url: base }) => base,
  authenticate: ({ apiKey }) => ({ scheme: 'header', name: 'authorization', value: `ShippoToken ${apiKey}` }),
  budget: { requestsPerSecond: 5, concurrent: 4 },
})
