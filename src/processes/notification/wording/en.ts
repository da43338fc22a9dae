import type { WordingTable } from './table.ts'

/** English, which everybody gets whose language nobody has written. */
export const en = {
  alert_fired: [
    '{{severity}}: {{name}}',
    '{{name}}\n\n{{question}}{{#value}}\nNow: {{value|number}} {{unit}}{{/value}}\nSince {{firedAt|date}}, {{firedAt|time}}.\n\n{{nextAction}}{{#url}}\n\n{{url}}{{/url}}',
  ],
  alert_repeated: [
    'Still {{severity}}: {{name}}',
    '{{name}} is not over.\n\n{{question}}\nSince {{firedAt|date}}, {{firedAt|time}}.\n\n{{nextAction}}{{#url}}\n\n{{url}}{{/url}}',
  ],
  alert_resolved: [
    'Over: {{name}}',
    '{{name}} is over since {{resolvedAt|date}}, {{resolvedAt|time}}. It began on {{firedAt|date}} at {{firedAt|time}}.{{#url}}\n\n{{url}}{{/url}}',
  ],
  digest: ['{{count}} messages', '{{count}} messages'],
  message: ['Message about {{number}}', 'There is news about {{number}}: {{about}}.'],
  order_accepted: ['We have your order {{number}}', 'Thank you for your order {{number}}. We are working on it.'],
  order_cancelled: ['Your order {{number}} is cancelled', 'Your order {{number}} is cancelled. Nothing will be sent.'],
  order_promise_changed: [
    'Your order {{number}} comes at another time',
    'Line {{line}} of your order {{number}} is expected on {{expected|date}} now.\n\nWe are sorry for the delay.',
  ],
  order_rejected: [
    'We cannot take your order {{number}}',
    'We cannot take your order {{number}}.{{#reason}}\n\nReason: {{reason}}{{/reason}}',
  ],
  posting_parked: [
    '{{target}}: {{command}} needs a decision',
    'Nobody knows whether {{target}} did {{command}}, or it was tried for too long.\n\nReason: {{reason}}\nEffect: {{effect}}',
  ],
  posting_refused: [
    '{{target}} refused {{command}}',
    '{{target}} refused {{command}}.\n\nReason: {{reason}}\nEffect: {{effect}}',
  ],
  return_authorized: ['You may return your goods: {{number}}', 'You may send the goods of return {{number}} back.'],
  return_rejected: [
    'We cannot take your return {{number}}',
    'We cannot take the goods of return {{number}} back.{{#reason}}\n\nReason: {{reason}}{{/reason}}',
  ],
  shipment_delivered: [
    'Your order {{number}} is delivered',
    'Your order {{number}} was delivered{{#at}} on {{at|date}} at {{at|time}}{{/at}}.{{#signedBy}}\n\nTaken by: {{signedBy}}{{/signedBy}}',
  ],
  shipment_eta_changed: [
    'Your order {{number}} is expected on {{eta|date}}',
    'Your order {{number}} is expected on {{eta|date}} at {{eta|time}}.{{#carrier}}\n\nCarrier: {{carrier}}{{/carrier}}{{#trackingNumber}}\nTracking number: {{trackingNumber}}{{/trackingNumber}}',
  ],
  shipment_exception_opened: [
    'Trouble with shipment {{number}}: {{category}}',
    'Shipment {{number}}: {{category}} ({{severity}}).\n\n{{nextAction}}',
  ],
  shipment_lost: [
    'Your order {{number}} is lost',
    'The carrier says that your order {{number}} is lost. We will contact you.',
  ],
  shipment_not_delivered: [
    'Correction: your order {{number}} is not delivered yet',
    'We told you that your order {{number}} was delivered. That was wrong: it is still on its way. We are sorry.',
  ],
  shipment_out_for_delivery: [
    'Your order {{number}} comes today',
    'Your order {{number}} is on the vehicle that brings it to you.',
  ],
  shipment_picked_up: [
    'Your order {{number}} is on its way',
    'Your order {{number}} has left us.{{#carrier}}\n\nCarrier: {{carrier}}{{/carrier}}{{#trackingNumber}}\nTracking number: {{trackingNumber}}{{/trackingNumber}}{{#eta}}\nExpected: {{eta|date}}, {{eta|time}}{{/eta}}',
  ],
  shipment_returned: [
    'Your order {{number}} came back to us',
    'Your order {{number}} could not be delivered and is back with us.',
  ],
  stock_discrepancy_detected: [
    'Stock of {{sku}} at {{location}}: {{kind}}',
    'The stock of {{sku}} at {{location}} cannot be right: {{kind}}.{{#difference}}\n\nDifference to {{system}}: {{difference|number}}{{/difference}}',
  ],
  task_escalated: [
    'Not decided in time: {{question}}',
    '{{question}}\n\nRole: {{role}}\nIt was due on {{due|date}} at {{due|time}}.\nTask: {{task}}',
  ],
  task_opened: [
    'To decide: {{question}}',
    '{{question}}\n\nRole: {{role}}{{#due}}\nDue: {{due|date}}, {{due|time}}{{/due}}\nTask: {{task}}{{#decisions}}\n- {{label}}: {{consequence}}{{/decisions}}',
  ],
  task_overdue: [
    'Overdue: {{question}}',
    '{{question}}\n\nRole: {{role}}\nIt was due on {{due|date}} at {{due|time}}.\nTask: {{task}}',
  ],
  tracking_changed: [
    'Parcel {{number}}: {{status}}',
    'Parcel {{number}}: {{status}}.{{#detail}} {{detail}}{{/detail}}{{#expected}}\n\nExpected: {{expected}}{{/expected}}\n\nMore, or no more of these e-mails: {{url}}',
  ],
  tracking_confirm: [
    'Shall we write to you about parcel {{number}}?',
    'Somebody gave this address to be told when something changes about parcel {{number}}. If it was you, agree here within two days:\n\n{{url}}\n\nOtherwise you need not do anything.',
  ],
} as const satisfies WordingTable
