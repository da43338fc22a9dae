import { seconds, secretList, url } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { send } from './send.ts'

export const messageWebhook = defineConnector({
  id: 'message-webhook',
  label: 'Messages by webhook',
  kind: 'messaging',
  about:
    'Hands messages for customers and colleagues to a system of yours that delivers them, signed after Standard Webhooks.',
  certification: 'golden',
  settings: {
    url: url('Where messages are sent.', { example: 'https://messages.example.com/interline' }),
    secrets: secretList('Signing secrets, whsec_ for v1 and whsk_ for v1a; the first is the newest.'),
    timeoutSeconds: seconds('One message in total.', { default: 15, max: 60 }),
  },
  operations: { send },
  messages: { addressed: false },
  budget: { requestsPerSecond: 20, concurrent: 4 },
})
