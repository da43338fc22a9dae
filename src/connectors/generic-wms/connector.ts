import { seconds, secret, text, url } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { proofOfSender, provenBy } from '../kit/proof-of-sender.ts'
import { identify, translate } from './event.ts'
import { instruction } from './instruction.ts'
import { releaseDelivery } from './release.ts'

export const genericWms = defineConnector({
  id: 'generic-wms',
  label: 'Generic WMS',
  kind: 'wms',
  about: 'Any warehouse that reports movements, counts, snapshots, ship confirmations and receipts as JSON or CSV.',
  certification: 'sandbox',
  settings: {
    url: url('Base URL of the warehouse’s API.', { default: 'http://wms.invalid' }),
    apiKey: secret('Key that the hub presents to the warehouse.', { default: '' }),
    ...proofOfSender,
    system: text('Name of the system in identifiers.', { default: 'wms' }),
    orderSystem: text('Name of the system that numbers orders and deliveries.', { default: 'erp' }),
    timeoutSeconds: seconds('One request in total.', { default: 30 }),
  },
  inbound: {
    verify: provenBy,
    identify,
    mapping: 'generic-wms/3',
    format: 'json-or-file',
    examples: {
      patterns: [
        'ship-confirmation.in.json',
        'short-pick.in.json',
        'receipt.in.json',
        'damage.in.json',
        'cycle-count.in.json',
        'complete-snapshot.in.json',
        'reversal.in.json',
        'movements.in.csv',
        'counts.in.csv',
      ],
    },
    translate,
  },
  operations: {
    bookAppointment: instruction('book_appointment'),
    cancelAppointment: instruction('cancel_appointment'),
    cancelDelivery: instruction('cancel_delivery'),
    disposeReturn: instruction('dispose_return'),
    releaseDelivery,
    releaseHold: instruction('release_hold'),
    returnToVendor: instruction('return_to_vendor'),
    scrapStock: instruction('scrap_stock'),
  },
  baseUrl: ({ url: base }) => base,
  authenticate: ({ apiKey }) => (apiKey === '' ? { scheme: 'none' } : { scheme: 'bearer', token: apiKey }),
  budget: { requestsPerSecond: 20, concurrent: 4 },
})
