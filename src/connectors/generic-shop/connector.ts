import { seconds, secret, text, url } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { proofOfSender, provenBy } from '../kit/proof-of-sender.ts'
import { orderPrefix, ownOrderNumbers } from '../kit/shop-numbers.ts'
import { identify, translate } from './event.ts'
import { publishAvailability, shipChannelOrder, updateChannelOrder } from './news.ts'

export const genericShop = defineConnector({
  id: 'generic-shop',
  label: 'Generic shop',
  kind: 'shop',
  about: 'Any shop or marketplace that tells its orders, and takes what became of them in calls that may be repeated.',
  certification: 'golden',
  settings: {
    url: url('Base URL of what the shop is told at.', { example: 'https://shop.example.com/interline' }),
    apiKey: secret('Key that the hub presents to the shop.', { default: '' }),
    ...proofOfSender,
    system: text('Name of the shop in identifiers, and the channel of its orders.', { default: 'shop' }),
    orderPrefix,
    ownOrderNumbers,
    timeoutSeconds: seconds('One request in total.', { default: 30 }),
  },
  inbound: {
    verify: provenBy,
    identify,
    mapping: 'generic-shop/1',
    format: 'json',
    examples: {
      patterns: [
        'order-created.in.json',
        'order-changed.in.json',
        'order-cancelled.in.json',
        'return-requested.in.json',
      ],
    },
    translate,
  },
  operations: { publishAvailability, shipChannelOrder, updateChannelOrder },
  baseUrl: ({ url: base }) => base.replace(/\/+$/, ''),
  authenticate: ({ apiKey }) => (apiKey === '' ? { scheme: 'none' } : { scheme: 'bearer', token: apiKey }),
  budget: { requestsPerSecond: 50, concurrent: 8 },
})
