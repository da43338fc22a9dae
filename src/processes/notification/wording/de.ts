import type { en } from './en.ts'
import type { WordingTable } from './table.ts'

/** German. A text that is missing does not compile. */
export const de = {
  alert_fired: [
    '{{severity}}: {{name}}',
    '{{name}}\n\n{{question}}{{#value}}\nJetzt: {{value|number}} {{unit}}{{/value}}\nSeit {{firedAt|date}}, {{firedAt|time}} Uhr.\n\n{{nextAction}}{{#url}}\n\n{{url}}{{/url}}',
  ],
  alert_repeated: [
    'Noch immer {{severity}}: {{name}}',
    '{{name}} ist nicht vorbei.\n\n{{question}}\nSeit {{firedAt|date}}, {{firedAt|time}} Uhr.\n\n{{nextAction}}{{#url}}\n\n{{url}}{{/url}}',
  ],
  alert_resolved: [
    'Vorbei: {{name}}',
    '{{name}} ist vorbei seit {{resolvedAt|date}}, {{resolvedAt|time}} Uhr. Begonnen hat es am {{firedAt|date}} um {{firedAt|time}} Uhr.{{#url}}\n\n{{url}}{{/url}}',
  ],
  digest: ['{{count}} Nachrichten', '{{count}} Nachrichten'],
  message: ['Nachricht zu {{number}}', 'Zu {{number}} gibt es Neues: {{about}}.'],
  order_accepted: [
    'Wir haben Ihre Bestellung {{number}}',
    'Vielen Dank für Ihre Bestellung {{number}}. Wir bearbeiten sie.',
  ],
  order_cancelled: [
    'Ihre Bestellung {{number}} ist storniert',
    'Ihre Bestellung {{number}} ist storniert. Es wird nichts versandt.',
  ],
  order_promise_changed: [
    'Ihre Bestellung {{number}} kommt zu einer anderen Zeit',
    'Position {{line}} Ihrer Bestellung {{number}} erwarten wir nun am {{expected|date}}.\n\nBitte entschuldigen Sie die Verspätung.',
  ],
  order_rejected: [
    'Wir können Ihre Bestellung {{number}} nicht annehmen',
    'Wir können Ihre Bestellung {{number}} nicht annehmen.{{#reason}}\n\nGrund: {{reason}}{{/reason}}',
  ],
  posting_parked: [
    '{{target}}: {{command}} braucht eine Entscheidung',
    'Niemand weiß, ob {{target}} {{command}} ausgeführt hat, oder es wurde zu lange versucht.\n\nGrund: {{reason}}\nVorgang: {{effect}}',
  ],
  posting_refused: [
    '{{target}} hat {{command}} abgelehnt',
    '{{target}} hat {{command}} abgelehnt.\n\nGrund: {{reason}}\nVorgang: {{effect}}',
  ],
  return_authorized: [
    'Sie können Ihre Ware zurücksenden: {{number}}',
    'Sie können die Ware der Rücksendung {{number}} zurücksenden.',
  ],
  return_rejected: [
    'Wir können Ihre Rücksendung {{number}} nicht annehmen',
    'Wir können die Ware der Rücksendung {{number}} nicht zurücknehmen.{{#reason}}\n\nGrund: {{reason}}{{/reason}}',
  ],
  shipment_delivered: [
    'Ihre Bestellung {{number}} ist zugestellt',
    'Ihre Bestellung {{number}} wurde{{#at}} am {{at|date}} um {{at|time}} Uhr{{/at}} zugestellt.{{#signedBy}}\n\nAngenommen von: {{signedBy}}{{/signedBy}}',
  ],
  shipment_eta_changed: [
    'Ihre Bestellung {{number}} kommt voraussichtlich am {{eta|date}}',
    'Ihre Bestellung {{number}} kommt voraussichtlich am {{eta|date}} um {{eta|time}} Uhr.{{#carrier}}\n\nTransporteur: {{carrier}}{{/carrier}}{{#trackingNumber}}\nSendungsnummer: {{trackingNumber}}{{/trackingNumber}}',
  ],
  shipment_exception_opened: [
    'Störung bei Sendung {{number}}: {{category}}',
    'Sendung {{number}}: {{category}} ({{severity}}).\n\n{{nextAction}}',
  ],
  shipment_lost: [
    'Ihre Bestellung {{number}} ist verloren',
    'Der Transporteur meldet Ihre Bestellung {{number}} als verloren. Wir melden uns bei Ihnen.',
  ],
  shipment_not_delivered: [
    'Berichtigung: Ihre Bestellung {{number}} ist noch nicht zugestellt',
    'Wir haben Ihnen geschrieben, Ihre Bestellung {{number}} sei zugestellt. Das war falsch: Sie ist noch unterwegs. Bitte entschuldigen Sie.',
  ],
  shipment_out_for_delivery: [
    'Ihre Bestellung {{number}} kommt heute',
    'Ihre Bestellung {{number}} ist in dem Fahrzeug, das sie zu Ihnen bringt.',
  ],
  shipment_picked_up: [
    'Ihre Bestellung {{number}} ist unterwegs',
    'Ihre Bestellung {{number}} hat unser Haus verlassen.{{#carrier}}\n\nTransporteur: {{carrier}}{{/carrier}}{{#trackingNumber}}\nSendungsnummer: {{trackingNumber}}{{/trackingNumber}}{{#eta}}\nVoraussichtlich: {{eta|date}}, {{eta|time}} Uhr{{/eta}}',
  ],
  shipment_returned: [
    'Ihre Bestellung {{number}} ist zu uns zurückgekommen',
    'Ihre Bestellung {{number}} konnte nicht zugestellt werden und ist wieder bei uns.',
  ],
  stock_discrepancy_detected: [
    'Bestand von {{sku}} in {{location}}: {{kind}}',
    'Der Bestand von {{sku}} in {{location}} kann nicht stimmen: {{kind}}.{{#difference}}\n\nDifferenz zu {{system}}: {{difference|number}}{{/difference}}',
  ],
  task_escalated: [
    'Nicht rechtzeitig entschieden: {{question}}',
    '{{question}}\n\nRolle: {{role}}\nFällig war es am {{due|date}} um {{due|time}} Uhr.\nAufgabe: {{task}}',
  ],
  task_opened: [
    'Zu entscheiden: {{question}}',
    '{{question}}\n\nRolle: {{role}}{{#due}}\nFällig: {{due|date}}, {{due|time}} Uhr{{/due}}\nAufgabe: {{task}}{{#decisions}}\n- {{label}}: {{consequence}}{{/decisions}}',
  ],
  task_overdue: [
    'Überfällig: {{question}}',
    '{{question}}\n\nRolle: {{role}}\nFällig war es am {{due|date}} um {{due|time}} Uhr.\nAufgabe: {{task}}',
  ],
  tracking_changed: [
    'Paket {{number}}: {{status}}',
    'Paket {{number}}: {{status}}.{{#detail}} {{detail}}{{/detail}}{{#expected}}\n\nVoraussichtlich: {{expected}}{{/expected}}\n\nMehr, oder keine dieser E-Mails mehr: {{url}}',
  ],
  tracking_confirm: [
    'Sollen wir Ihnen über Paket {{number}} schreiben?',
    'Jemand hat diese Adresse angegeben, um zu erfahren, wenn sich bei Paket {{number}} etwas ändert. Wenn Sie das waren, stimmen Sie hier innerhalb von zwei Tagen zu:\n\n{{url}}\n\nSonst müssen Sie nichts tun.',
  ],
} as const satisfies WordingTable & Readonly<Record<keyof typeof en, readonly [string, string]>>
