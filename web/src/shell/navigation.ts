import type { Word } from '../words/en.ts'

interface Entry {
  readonly to: string
  readonly word: Word
  /** What somebody needs to be allowed to see it. */
  readonly scope: string
}

/** The main menu, in groups by what people come for. */
export const navigation: readonly { readonly word: Word; readonly entries: readonly Entry[] }[] = [
  {
    word: 'nav.group.now',
    entries: [
      { to: '/', word: 'nav.overview', scope: 'accounting:read' },
      { to: '/tasks', word: 'nav.tasks', scope: 'tasks:read' },
      { to: '/parked', word: 'nav.parked', scope: 'parked:read' },
    ],
  },
  {
    word: 'nav.group.goods',
    entries: [
      { to: '/shipments', word: 'nav.shipments', scope: 'shipments:read' },
      { to: '/orders', word: 'nav.orders', scope: 'documents:read' },
      { to: '/deliveries', word: 'nav.deliveries', scope: 'documents:read' },
      { to: '/receipts', word: 'nav.receipts', scope: 'documents:read' },
      { to: '/returns', word: 'nav.returns', scope: 'documents:read' },
      { to: '/appointments', word: 'nav.appointments', scope: 'documents:read' },
      { to: '/inventory', word: 'nav.inventory', scope: 'inventory:read' },
      { to: '/reconciliations', word: 'nav.reconciliations', scope: 'inventory:read' },
    ],
  },
  {
    word: 'nav.group.money',
    entries: [
      { to: '/invoices', word: 'nav.invoices', scope: 'documents:read' },
      { to: '/freight-invoices', word: 'nav.freight-invoices', scope: 'documents:read' },
      { to: '/effects', word: 'nav.effects', scope: 'effects:read' },
    ],
  },
  {
    word: 'nav.group.hub',
    entries: [
      { to: '/processes', word: 'nav.processes', scope: 'processes:read' },
      { to: '/subscriptions', word: 'nav.subscriptions', scope: 'subscriptions:read' },
      { to: '/master-data', word: 'nav.master-data', scope: 'master-data:read' },
      { to: '/jobs', word: 'nav.jobs', scope: 'jobs:read' },
      { to: '/partners', word: 'nav.partners', scope: 'network:read' },
      { to: '/people', word: 'nav.people', scope: 'people:read' },
      { to: '/access', word: 'nav.access', scope: 'clients:read' },
      { to: '/audit', word: 'nav.audit', scope: 'network:read' },
    ],
  },
]
