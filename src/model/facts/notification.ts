import { type TSchema, Type } from 'typebox'
import { code } from '../fields/code.ts'
import { count } from '../fields/count.ts'
import { several } from '../fields/list.ts'
import { part, record } from '../fields/record.ts'
import { text } from '../fields/text.ts'

const about = {
  event: text('What is told: shipment_delivered, task_opened.'),
  key: text('What makes it this and no other: it is told once to each recipient.'),
  object: text('Hub id of what it is about.'),
  number: text('Number by which the reader knows it. Empty: there is none.'),
}
const channel = text('Id of the connection that carries it.')
const rule = text('Name of the declaration that wants it.')
const by = text('Key or connection that said so; hub for the hub itself.')
const suppression = code('Why nothing is sent there.', {
  name: 'suppression_reason',
  values: {
    bounced: 'Nobody has this address, says the server that should.',
    unsubscribed: 'Whoever has it does not want it.',
  },
})

/** Facts about what customers and staff are told. None of them holds an address or a name. */
export const notificationFacts: Readonly<Record<string, TSchema>> = {
  'notification.held_back': part(
    'held_back_notification',
    'Somebody is not told something. Written by the hub instead of telling it; the subject is the recipient, or the order where nobody knows who that is.',
    {
      ...about,
      rule,
      channel,
      reason: code('Why not.', {
        name: 'notification_hold',
        values: {
          crowded: 'Too much waits for the recipient already.',
          no_contact: 'Nobody knows whom to tell: three days went by without an order that says it.',
          not_told_before: 'It corrects what the recipient was never told.',
          overtaken: 'Something newer says it all.',
          stale: 'It happened so long ago that it is no news.',
          suppressed: 'Nothing is sent to this recipient.',
          too_small: 'The expected time moved by less than is worth a message.',
          withdrawn: 'It was not so any more before it was told.',
        },
      }),
    },
  ),
  'notification.issued': part(
    'issued_notification',
    'One message for one recipient. Written by the hub when it is time to tell; the ledger sends it, once.',
    {
      n: count('Which message to this recipient, from 1.'),
      rule,
      channel,
      audience: text('Whom it is for: customer or staff.'),
      about: several(
        'What it tells.',
        record('One thing.', {
          ...about,
          times: count('How often that was told with this; more than once after a correction.'),
        }),
      ),
    },
  ),
  'recipient.released': part(
    'released_recipient',
    'A recipient is told things again. Written by the hub when a person says so.',
    { channel, reason: suppression, by },
  ),
  'recipient.suppressed': part(
    'suppressed_recipient',
    'Nothing more is sent to a recipient. Written by the hub when the address does not exist, or when somebody says that it is not wanted.',
    {
      ...{ channel, reason: suppression, by },
      said: Type.Optional(text('Code of the server that took a mail back, RFC 3463: 5.1.1.')),
    },
  ),
}
