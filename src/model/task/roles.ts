import type { CodeList } from '../fields/code.ts'

/** Who decides: a task is for a role, and people have roles. */
export const taskRoles = {
  name: 'task_role',
  values: {
    'order-desk': 'Takes orders and talks to channels about them.',
    warehouse: 'Picks, packs, counts and receives in a warehouse.',
    transport: 'Books carriers and follows what is on its way.',
    'customer-service': 'Talks to customers about what was promised.',
    receiving: 'Takes deliveries in at the dock.',
    quality: 'Inspects goods, holds and releases them.',
    finance: 'Answers for invoices, credits and the value of stock.',
    'freight-audit': 'Checks what carriers charge.',
    procurement: 'Buys, and talks to suppliers.',
    'master-data': 'Keeps items, units, places, parties and the codes that others use for them.',
  },
} as const satisfies CodeList

/** Name of a role; checks and exceptions say by it whose turn it is, too. */
export type TaskRole = keyof typeof taskRoles.values
