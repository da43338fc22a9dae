import { choice, flag, list, seconds, secret, text, url } from '../../base/fields.ts'
import { naming } from './meaning/naming.ts'

/** What the agreement with one partner says. */
export const agreement = {
  partnerId: text('Identifier of the partner in ISA06 or UNB; empty accepts every sender.', { default: '' }),
  ownId: text('Our identifier in ISA08 or UNB; empty accepts every receiver.', { default: '' }),
  test: flag('The connection is for test interchanges, and for nothing else.', { default: false }),
  ta1: choice('When an X12 interchange is answered with a TA1.', ['never', 'on_request', 'always', 'on_error'], {
    default: 'on_request',
  }),
  group: choice('What an X12 group is answered with.', ['997', '999', 'none'], { default: '997' }),
  contrl: choice('What an EDIFACT interchange is answered with.', ['none', 'receipt', 'full', 'on_request'], {
    default: 'full',
  }),
  severities: list('Verdicts that this partner is forgiven or not, such as code.unknown=warn or L4=reject.', {
    default: [],
  }),
  url: url('Where answers are posted; without it they are put into the folder of the drop of this connection.', {
    default: 'http://partner.invalid',
  }),
  token: secret('Bearer token for the address.', { default: '' }),
  overlays: list('Overlays over the standard, by name: vics-856, ucs-940, eancom-desadv.', { default: [] }),
  ...naming,
  timeoutSeconds: seconds('One request in total.', { default: 30 }),
} as const
