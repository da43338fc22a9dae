import { defineConnector } from '../kit/connector.ts'
import { publishAvailability } from './availability.ts'
import { feed } from './feed.ts'
import { identify, translate } from './order.ts'
import { authenticate } from './session.ts'
import { settings } from './settings.ts'
import { shipChannelOrder } from './shipment.ts'
import { updateChannelOrder } from './standing.ts'

/** The shop that runs beside the tests: what comes from it and goes to it is proven against the real one. */
export const vendure = defineConnector({
  id: 'vendure',
  label: 'Vendure',
  kind: 'shop',
  about:
    'Vendure 3: orders by its Admin API, and what became of them: fulfillments with tracking numbers, availability.',
  certification: 'sandbox',
  settings,
  inbound: {
    // Vendure sends nothing by itself: what comes through this door is the feed, or has a key of the hub.
    verify: () => ({ scheme: 'api-key' }),
    identify,
    mapping: 'vendure/1',
    format: 'json',
    examples: { patterns: ['paid.in.json', 'shipped.in.json', 'cancelled.in.json'] },
    translate,
  },
  feed,
  procedures: { publishAvailability, shipChannelOrder, updateChannelOrder },
  baseUrl: ({ url }) => url.replace(/\/+$/, ''),
  authenticate,
  budget: { requestsPerSecond: 20, concurrent: 4 },
})
