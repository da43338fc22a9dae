import { appointmentsMissed } from '../../checks/appointments-missed.ts'
import { processesOverdue } from '../../checks/processes-overdue.ts'
import type { ExceptionSource } from '../source.ts'

const late: Readonly<Record<string, { readonly wrong: string; readonly action: string; readonly page: string }>> = {
  order: {
    wrong: 'The order should have been shipped',
    action: 'Ask what holds it up; tell the customer and agree a new promise.',
    page: '/orders',
  },
  delivery: {
    wrong: 'The delivery should have left the warehouse',
    action: 'Ask the warehouse what holds it up; book the carrier again where the pickup was missed.',
    page: '/deliveries',
  },
  goods_receipt: {
    wrong: 'The goods should have been received',
    action: 'Ask the supplier or the carrier where they are; give the dock another time.',
    page: '/receipts',
  },
}

/** Orders, deliveries and receipts whose planned time is over. */
export const lateDocuments: ExceptionSource = {
  kind: 'late_document',
  meaning: 'An order, a delivery or a receipt whose planned time is over.',
  found: {
    from: 'view_document d',
    where: `d.tenant = :tenant AND d.entity IN ('delivery', 'goods_receipt', 'order') AND d.merged_into = '' AND d.due_at < 'infinity' AND d.due_at < :now`,
    object: 'd.id',
    number: 'd.number',
    since: 'd.due_at',
    severity: `CASE WHEN d.due_at < :now - interval '1 day' THEN 'critical' ELSE 'warning' END`,
    codes: 'd.status',
    detail: 'd.entity',
    role: `CASE d.entity WHEN 'order' THEN 'order-desk' WHEN 'delivery' THEN 'warehouse' ELSE 'receiving' END`,
    carrier: `coalesce(d.carriers[1], '')`,
    warehouse: `coalesce(d.locations[1], '')`,
  },
  tell: ({ object, codes: [status = ''], detail }) => {
    const { wrong = 'Its time is over', action = 'Open it and decide.', page = '/orders' } = late[detail] ?? {}
    return { wrong: `${wrong}; it is ${status.replaceAll('_', ' ')}.`, action, page, shown: object }
  },
}

/** Vehicles that did not come to their dock. */
export const missedAppointments: ExceptionSource = {
  kind: 'missed_appointment',
  meaning: 'An appointment at a dock of the last seven days to which nobody came within half an hour.',
  found: {
    from: 'view_document d',
    where: `d.tenant = :tenant AND d.entity = 'appointment' AND d.merged_into = ''
      AND ((d.status = 'no_show' AND d.updated_at > :now - interval '7 days') OR d.due_at < :now - interval '30 minutes')`,
    object: 'd.id',
    number: 'd.number',
    since: `CASE WHEN d.due_at < 'infinity' THEN d.due_at ELSE d.updated_at END`,
    severity: `'warning'`,
    codes: 'd.status',
    detail: `''`,
    role: `'receiving'`,
    carrier: `coalesce(d.carriers[1], '')`,
    warehouse: `coalesce(d.locations[1], '')`,
  },
  tell: ({ object }) => ({
    wrong: 'Nobody came to the dock at the time that was agreed.',
    action: appointmentsMissed.nextAction,
    actor: 'carrier',
    page: '/appointments',
    shown: object,
  }),
}

/** Processes that wait for something that should have happened. */
export const lateProcesses: ExceptionSource = {
  kind: 'late_process',
  meaning: 'A process that waits for a milestone that should have been reached five minutes ago or earlier.',
  found: {
    from: 'view_process p',
    where: `p.tenant = :tenant AND NOT p.is_over AND p.next_due < :now - interval '5 minutes'`,
    object: 'p.id',
    number: 'p.key',
    since: 'p.next_due',
    severity: `CASE WHEN p.next_due < :now - interval '1 day' THEN 'critical' ELSE 'warning' END`,
    codes: `p.process || ' ' || p.state`,
    detail: `''`,
    role: `'order-desk'`,
  },
  tell: ({ object, codes: [process = '', state = ''] }) => ({
    wrong: `${process.replaceAll('-', ' ')} waits too long in ${state.replaceAll('_', ' ')}.`,
    action: processesOverdue.nextAction,
    page: '/processes',
    shown: object,
  }),
}
