import type { Check } from './check.ts'

/** People who were not told what they should hear. */
export const notificationsRefused: Check = {
  id: 'notifications-refused',
  question: 'Which messages to people were refused by their channel in the last day?',
  meaning: 'Customers or colleagues were not told something that they should know.',
  area: 'partners',
  unit: 'messages',
  unknown: 'Nobody was told anything in the last day.',
  thresholds: { amber: 1, red: 50 },
  owner: 'customer-service',
  nextAction: 'Read what the channel said; correct the address, or the settings of the channel.',
  answer: {
    kind: 'table',
    from: 'view_notification n',
    tenant: 'n.tenant',
    asked: `n.at > :now - interval '1 day'`,
    found: `n.status = 'refused'`,
    labels: { channel: 'n.channel' },
    item: { object: 'n.id', number: 'n.number', since: 'n.at', detail: `n.event || ': ' || n.reason`, page: '' },
  },
}
