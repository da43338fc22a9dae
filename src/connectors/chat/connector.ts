import { choice, seconds, secret } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { send } from './send.ts'

export const chat = defineConnector({
  id: 'chat',
  label: 'Chat',
  kind: 'messaging',
  about: 'Tells colleagues in a channel of Slack or Teams, through its incoming webhook.',
  certification: 'golden',
  settings: {
    webhookUrl: secret('Address of the incoming webhook; whoever knows it can write to the channel.'),
    shape: choice('Whose webhook it is: what understands the form of Slack, or that of Teams.', ['slack', 'teams'], {
      default: 'slack',
    }),
    timeoutSeconds: seconds('One message in total.', { default: 15, max: 60 }),
  },
  operations: { send },
  messages: { addressed: false },
  budget: { requestsPerSecond: 1, concurrent: 1 },
})
