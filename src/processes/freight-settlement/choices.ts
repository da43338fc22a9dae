import type { TaskChoice } from '../../model/task/report.ts'

/** What freight audit may pay of an invoice that asks for too much, whether or not the carrier was told. */
export const payments: readonly TaskChoice[] = [
  {
    name: 'approve',
    label: 'All of it',
    consequence: 'The invoice is paid as it is.',
    fourEyes: true,
    reasonRequired: true,
  },
  {
    name: 'short_pay',
    label: 'What was put aside',
    consequence: 'The carrier gets what was agreed.',
    reasonRequired: true,
  },
]
