import { webhookRegistration } from '../kit/registration.ts'

/** Shippo API reference, "Create a new webhook": `POST /webhooks`. Deliveries are not signed: the token in the URL proves them. */
export const registerWebhook = webhookRegistration<{
  readonly webhookToken: string
  readonly environment: 'live' | 'test'
}>({
  label: 'Shippo',
  path: '/webhooks',
  url: (url, { webhookToken }) => `${url}${url.includes('?') ? '&' : '?'}token=${encodeURIComponent(webhookToken)}`,
  body: (url, { environment }) => ({ url, event: 'track_updated', active: true, is_test: environment === 'test' }),
  id: 'object_id',
  list: 'results',
  discloses: ['webhookToken'],
})
