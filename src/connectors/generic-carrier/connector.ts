import { choice, secret, text } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { identify, translate } from './event.ts'

export const genericCarrier = defineConnector({
  id: 'generic-carrier',
  label: 'Generic carrier',
  kind: 'carrier',
  about: 'Any carrier that reports scans and proofs of delivery as JSON: LTL, own fleet, local couriers.',
  certification: 'sandbox',
  settings: {
    carrier: text('Name of the carrier as warehouse and TMS write it: the issuer of its numbers.'),
    signature: choice('How the carrier proves its messages.', ['api-key', 'hmac'], { default: 'api-key' }),
    webhookSecret: secret('Secret of the signature header x-signature, when signature is hmac.', { default: '' }),
    unknownShipments: choice('What to do with a number that nobody announced.', ['create', 'wait'], {
      default: 'create',
    }),
  },
  inbound: {
    verify: ({ signature, webhookSecret }) =>
      signature === 'hmac'
        ? {
            scheme: 'hmac',
            algorithm: 'sha256',
            header: 'x-signature',
            encoding: 'hex',
            prefix: 'sha256=',
            secret: webhookSecret,
          }
        : { scheme: 'api-key' },
    identify,
    mapping: 'generic-carrier/1',
    format: 'json',
    translate,
  },
})
