import { choice, list, seconds, secret, text, url } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { bookShipment, rateShipment, voidLabel } from './shipping.ts'
import { track } from './track.ts'
import { identify, translate } from './tracking.ts'
import { registerWebhook } from './webhook.ts'

export const shippo = defineConnector({
  id: 'shippo',
  label: 'Shippo',
  kind: 'aggregator',
  about: 'Tracking webhooks of Shippo, polling of tracks for numbers without news, and rates, labels and refunds.',
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
    shipFromAddresses: text(
      'Sites that ship, each with the id that its address has in the account. Only they get rates and labels.',
      { default: '', example: 'DC1=adr_1; DC2=adr_2' },
    ),
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
    examples: { patterns: ['delivered.in.json', 'label-bought.in.json', 'returned-and-lost.in.json'] },
    translate,
  },
  operations: { bookShipment, rateShipment, registerWebhook, track, voidLabel },
  baseUrl: ({ url: base }) => base,
  authenticate: ({ apiKey }) => ({ scheme: 'header', name: 'authorization', value: `ShippoToken ${apiKey}` }),
  budget: { requestsPerSecond: 5, concurrent: 4 },
})
