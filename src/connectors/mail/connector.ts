import { choice, integer, seconds, secret, text } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { proofOfSender, provenBy } from '../kit/proof-of-sender.ts'
import { identify, translate } from './bounce.ts'
import { send } from './send.ts'

export const mail = defineConnector({
  id: 'mail',
  label: 'E-mail',
  kind: 'messaging',
  about: 'Tells customers and colleagues by e-mail, through a mail server (SMTP), and hears of mails that come back.',
  certification: 'sandbox',
  settings: {
    host: text('Name of the mail server.', { example: 'smtp.example.com' }),
    port: integer('Port of the mail server; 587 with STARTTLS, 465 with TLS from the first byte.', {
      default: 587,
      min: 1,
      max: 65_535,
    }),
    security: choice(
      'How the line is protected: STARTTLS before anything is said, TLS from the first byte, or not at all, which also needs allowHttp.',
      ['starttls', 'tls', 'none'],
      { default: 'starttls' },
    ),
    user: text('Who logs in; empty without a login.', { default: '' }),
    password: secret('Password of the login.', { default: '' }),
    from: text('Address that mails come from.', { example: 'orders@example.com' }),
    fromName: text('Name beside that address.', { default: '' }),
    replyTo: text('Address that answers go to; that of the sender without it.', { default: '' }),
    unsubscribe: text(
      'Where customers say that they want no more: mailto: or https:. The id of the recipient is added, as ?recipient= or in the subject.',
      { default: '' },
    ),
    ...proofOfSender,
    timeoutSeconds: seconds('One mail in total.', { default: 30 }),
  },
  inbound: {
    verify: provenBy,
    identify,
    mapping: 'mail/1',
    format: 'json-or-file',
    examples: { patterns: ['bounced.in.json', 'bounced-for-now.in.json', 'complained.in.json'] },
    translate,
  },
  operations: { send },
  messages: { addressed: true },
  baseUrl: ({ host, port, security }) => `${security === 'tls' ? 'smtps' : 'smtp'}://${host}:${port}`,
  authenticate: ({ user, password }) => (user === '' ? { scheme: 'none' } : { scheme: 'basic', user, password }),
  budget: { requestsPerSecond: 5, concurrent: 2 },
})
