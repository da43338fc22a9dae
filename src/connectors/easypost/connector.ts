import { choice, seconds, secret, text, url } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { bookShipment, rateShipment, voidLabel } from './shipping.ts'
import { track } from './track.ts'
import { identify, translate } from './tracker.ts'
import { registerWebhook } from './webhook.ts'

export const easypost = defineConnector({
  id: 'easypost',
  label: 'EasyPost',
  kind: 'aggregator',
  about:
    'Tracker webhooks of EasyPost, polling of trackers for numbers without news, and rates, labels and refunds of single parcels.',
  certification: 'sandbox',
  settings: {
    apiKey: secret('API key from the EasyPost dashboard.', { default: '' }),
    environment: choice(
      'Which mode of the account is meant: messages of the other one are kept and say nothing.',
      ['live', 'test'],
      {
        default: 'live',
      },
    ),
    webhookSecret: secret('Secret given when the webhook was created; signs every delivery.'),
    shipFromAddresses: text(
      'Sites that ship, each with the id that its address has in the account. Only they get rates and labels.',
      { default: '', example: 'DC1=adr_1; DC2=adr_2' },
    ),
    unknownShipments: choice('What to do with a tracking number that nobody announced.', ['create', 'wait'], {
      default: 'create',
    }),
    url: url('Base URL of the API; another one only for tests.', { default: 'https://api.easypost.com' }),
    timeoutSeconds: seconds('One request in total.', { default: 30 }),
  },
  inbound: {
    // EasyPost webhook guide, "HMAC validation": the secret is NFKD-normalised before use.
    verify: ({ webhookSecret }) => ({
      scheme: 'hmac',
      algorithm: 'sha256',
      header: 'x-hmac-signature',
      encoding: 'hex',
      prefix: 'hmac-sha256-hex=',
      secret: webhookSecret,
      normalize: 'nfkd',
    }),
    identify,
    mapping: 'easypost/2',
    format: 'json',
    examples: { patterns: ['delivered.in.json', 'delayed-by-weather.in.json'] },
    translate,
  },
  operations: { bookShipment, rateShipment, registerWebhook, track, voidLabel },
  baseUrl: ({ url: base }) => base,
  authenticate: ({ apiKey }) => ({ scheme: 'basic', user: apiKey, password: '' }),
  budget: { requestsPerSecond: 5, concurrent: 4 },
})
