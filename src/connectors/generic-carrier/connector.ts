import { choice, seconds, secret, text, url } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { proofOfSender, provenBy } from '../kit/proof-of-sender.ts'
import { identify, translate } from './event.ts'
import { request } from './request.ts'

export const genericCarrier = defineConnector({
  id: 'generic-carrier',
  label: 'Generic carrier',
  kind: 'carrier',
  about:
    'Any carrier that reports scans and proofs of delivery as JSON, and that can be asked for prices, labels and pickups: LTL, own fleet, local couriers.',
  certification: 'sandbox',
  settings: {
    carrier: text('Name of the carrier as warehouse and TMS write it: the issuer of its numbers.'),
    url: url('Base URL of the carrier’s API, where it can be asked.', { default: 'http://carrier.invalid' }),
    apiKey: secret('Key that the hub presents to the carrier.', { default: '' }),
    ...proofOfSender,
    unknownShipments: choice('What to do with a number that nobody announced.', ['create', 'wait'], {
      default: 'create',
    }),
    timeoutSeconds: seconds('One request in total.', { default: 30 }),
  },
  inbound: {
    verify: provenBy,
    identify,
    mapping: 'generic-carrier/1',
    format: 'json',
    examples: { patterns: ['delivered.in.json', 'estimate.in.json', 'proof-of-delivery.in.json'] },
    translate,
  },
  operations: {
    bookShipment: request('book_shipment'),
    cancelPickup: request('cancel_pickup'),
    createManifest: request('create_manifest'),
    rateShipment: request('rate_shipment'),
    schedulePickup: request('schedule_pickup'),
    remindCarrier: request('remind_carrier'),
    resolveFreightDispute: request('resolve_freight_dispute'),
    sendFreightDispute: request('send_freight_dispute'),
    voidLabel: request('void_label'),
  },
  baseUrl: ({ url: base }) => base,
  authenticate: ({ apiKey }) => (apiKey === '' ? { scheme: 'none' } : { scheme: 'bearer', token: apiKey }),
  budget: { requestsPerSecond: 5, concurrent: 4 },
})
