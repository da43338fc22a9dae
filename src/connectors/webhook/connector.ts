import { seconds, secretList, url } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { deliver } from './deliver.ts'

export const webhook = defineConnector({
  id: 'webhook',
  label: 'Webhook subscriber',
  kind: 'subscriber',
  about: 'Sends events as structured CloudEvents, signed after Standard Webhooks.',
  certification: 'sandbox',
  settings: {
    url: url('Where events are sent.', { example: 'https://shop.example.com/hooks/interline' }),
    secrets: secretList('Signing secrets, whsec_ for v1 and whsk_ for v1a; the first is the newest.', { default: [] }),
    timeoutSeconds: seconds('One request in total.', { default: 15, max: 30 }),
  },
  operations: { deliver },
  budget: { requestsPerSecond: 200, concurrent: 16 },
})
