import { exceptionCategories } from '../../model/code-lists/exception-category.ts'
import type { NoticeValues } from '../../model/notification/notice.ts'
import type { ShipmentState } from '../../model/shipment/state.ts'
import { dataOf, type NotificationEvent, textOf, valuesOf } from './happening.ts'

/** What colleagues may be told: tasks, exceptions, and what other systems do not take. */
export const staffEvents: readonly NotificationEvent[] = [
  ofAlert('alert_fired', 'An alert rule fired.'),
  ofAlert('alert_repeated', 'An alert fires still.'),
  ofAlert('alert_resolved', 'An alert is over. Told only to those who heard that it fired.'),
  ofEffect('posting_parked', 'effect.parked', 'Nobody knows whether another system did what it was asked.'),
  ofEffect('posting_refused', 'effect.refused', 'Another system refused what it was asked.'),
  {
    name: 'shipment_exception_opened',
    audience: 'staff',
    about: 'There is trouble with a shipment.',
    fact: 'shipment.exception_opened',
    happenings: (fact, state) => {
      const { id, category, severity, nextAction, reason } = dataOf(fact)
      const known = (state as ShipmentState | undefined)?.references ?? []
      const number =
        ['order', 'delivery', 'tracking_number']
          .map((scheme) => known.find((one) => one.scheme === scheme)?.value)
          .find((one) => one !== undefined) ?? fact.subject
      return [
        {
          key: `shipment_exception_opened:${textOf(id)}:${fact.recordedAt}`,
          number,
          values: valuesOf({ number, category, severity, nextAction, reason }),
        },
      ]
    },
    example: {
      number: 'SO-4711',
      category: Object.keys(exceptionCategories.values)[0] ?? '',
      severity: 'critical',
      nextAction: 'Ask the carrier where it is.',
      reason: 'A7',
    },
  },
  {
    name: 'stock_discrepancy_detected',
    audience: 'staff',
    about: 'The books of stock cannot be right, or another system has other stock.',
    fact: 'inventory.discrepancy_detected',
    happenings: (fact) => {
      const { kind, sku, location, system, difference } = dataOf(fact)
      const number = textOf(sku)
      const key = `stock_discrepancy_detected:${fact.subject}:${textOf(kind)}:${textOf(location)}:${fact.recordedAt}`
      return [{ key, number, values: valuesOf({ kind, sku, location, system, difference }) }]
    },
    example: { kind: 'system_difference', sku: 'LAMP', location: 'DC1', system: 'erp', difference: '-12.5' },
  },
  ofTask('task_escalated', 'task.escalated', 'A task was not decided in time, and somebody else has to look at it.'),
  ofTask('task_opened', 'task.opened', 'Somebody has to decide something.'),
  ofTask('task_overdue', 'task.overdue', 'A task was not decided in time.'),
]

/** Told by who watches, not by a fact. */
function ofAlert(name: string, about: string): NotificationEvent {
  return {
    ...{ name, audience: 'staff', about },
    happenings: () => [],
    example: {
      ...{ name: 'Postings stuck', severity: 'critical', question: 'Which postings were refused, or are in doubt?' },
      ...{ value: '12', unit: 'postings', firedAt: '2026-04-02T16:00:00Z', resolvedAt: '2026-04-02T17:30:00Z' },
      ...{ nextAction: 'Read what the system said.', url: 'https://hub.example.com/alerts' },
    },
  }
}

function ofEffect(name: string, fact: string, about: string): NotificationEvent {
  return {
    ...{ name, audience: 'staff', about, fact },
    happenings: (told) => {
      const { effect, command, target, reason } = dataOf(told)
      // That a message could not be sent is no news to send.
      if (command === 'notify_party') return []
      return [
        { key: `${name}:${told.id}`, number: textOf(target), values: valuesOf({ effect, command, target, reason }) },
      ]
    },
    example: { effect: 'eff_01', command: 'post_goods_issue', target: 'erp', reason: 'The period is closed.' },
  }
}

function ofTask(name: string, type: string, about: string): NotificationEvent {
  return {
    ...{ name, audience: 'staff', about, fact: type },
    happenings: (fact) => {
      const { question, role, escalateTo, decisions } = dataOf(fact)
      const due = dataOf(fact)['due'] ?? dataOf(fact)['dueAt']
      const told = name === 'task_escalated' ? textOf(escalateTo) : textOf(role)
      const choices = listOf(decisions)
      const values: NoticeValues = {
        ...valuesOf({ question, role: told, due, task: fact.subject, name: dataOf(fact)['name'] }),
        ...(choices.length === 0 ? {} : { decisions: choices }),
      }
      return [{ key: `${name}:${fact.subject}`, number: fact.subject, roles: [told], values }]
    },
    example: {
      question: 'Which unit is BX?',
      role: 'master-data',
      due: '2026-04-02T16:00:00Z',
      task: 'tsk_01hzy3v7q2f8k9m4n5p6r7s8t9',
      name: 'map-code',
      decisions: [{ label: 'Map it', consequence: 'What waits is released.' }],
    },
  }
}

/** Choices that a reader has, by label and consequence. */
function listOf(decisions: unknown): readonly Readonly<Record<string, string>>[] {
  if (!Array.isArray(decisions)) return []
  return decisions.slice(0, 20).map((one: unknown) => {
    const { label, consequence } = (one ?? {}) as { readonly label?: unknown; readonly consequence?: unknown }
    return { label: textOf(label), consequence: textOf(consequence) }
  })
}
