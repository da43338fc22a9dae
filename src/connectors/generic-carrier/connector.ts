import { choice, text } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { proofOfSender, provenBy } from '../kit/proof-of-sender.ts'
import { identify, translate } from './event.ts'

export const genericCarrier = defineConnector({
  id: 'generic-carrier',
  label: 'Generic carrier',
  kind: 'carrier',
  about: 'Any carrier that reports scans and proofs of delivery as JSON: LTL, own fleet, local couriers.',
  certification: 'sandbox',
  settings: {
    carrier: text('Name of the carrier as warehouse and TMS write it: the issuer of its numbers.'),
    ...proofOfSender,
    unknownShipments: choice('What to do with a number that nobody announced.', ['create', 'wait'], {
      default: 'create',
    }),
  },
  inbound: {
    verify: provenBy,
    identify,
    mapping: 'generic-carrier/1',
    format: 'json',
    translate,
  },
})
