import { webhookRegistration } from '../kit/registration.ts'

/** EasyPost API reference, "Create a Webhook": `POST /v2/webhooks` with the secret that signs every delivery. */
export const registerWebhook = webhookRegistration<{ readonly webhookSecret: string }>({
  label: 'EasyPost',
  path: '/v2/webhooks',
  body: (url, { webhookSecret }) => ({ webhook: { url, webhook_secret: webhookSecret } }),
  id: 'id',
  list: 'webhooks',
  discloses: ['webhookSecret'],
})
