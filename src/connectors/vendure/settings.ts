import { choice, integer, type SettingsOf, seconds, secret, text, url } from '../../base/fields.ts'
import { orderPrefix, ownOrderNumbers } from '../kit/shop-numbers.ts'

/** How a Vendure shop is reached, and what of its habits the hub has to know. */
export const settings = {
  url: url('Address of the shop’s server, without the path of an API.', { example: 'https://shop.example.com' }),
  apiPath: text('Path of its Admin API.', { default: '/admin-api' }),
  user: text('Login of the administrator that the hub is in the shop.', { example: 'interline@example.com' }),
  password: secret('Password of that administrator.'),
  channel: text('Token of the channel, for a shop that has several; the default one without it.', { default: '' }),
  system: text('Name of the shop in identifiers, and the channel of its orders.', { default: 'shop' }),
  orderPrefix,
  ownOrderNumbers,
  takeWhen: choice(
    'Which orders are told: those that are paid, or also those whose payment is only authorized.',
    ['settled', 'authorized'],
    { default: 'settled' },
  ),
  otherOrders: choice(
    'What becomes of news about an order that this shop does not have: refused, for a person to look at, or ignored, where orders come over several channels.',
    ['refuse', 'ignore'],
    { default: 'refuse' },
  ),
  handler: text('Code of the fulfillment handler; it takes the arguments `method` and `trackingCode`.', {
    default: 'manual-fulfillment',
  }),
  stockLocation: text('Stock location of availability that names none.', { default: 'Default Stock Location' }),
  pollSeconds: seconds('Pause between two looks for changes.', { default: 30, min: 1, max: 86_400 }),
  overlapSeconds: seconds('How long a transaction in the shop may take and still not be overlooked.', {
    default: 60,
    min: 5,
    max: 86_400,
  }),
  pageOrders: integer('Orders of one question; fewer where they are long.', { default: 20, min: 1, max: 100 }),
  timeoutSeconds: seconds('All requests of one change in total.', { default: 30 }),
} as const

/** The settings of a connection, read. */
export type VendureSettings = SettingsOf<typeof settings>
