import type { Word } from '../words/en.ts'
import { may, type Who } from './who.ts'

interface Entry {
  readonly to: string
  readonly word: Word
  /** What somebody needs to be allowed to see it. */
  readonly scope: string
  /** Whose it is: of people of a partner alone, or of everybody; absent: of staff. */
  readonly of?: 'partners' | 'everybody'
}

/** The main menu, in groups by what people come for. */
export const navigation: readonly { readonly word: Word; readonly entries: readonly Entry[] }[] = [
  {
    word: 'nav.group.now',
    entries: [
      { to: '/', word: 'nav.portal', scope: 'portal:write', of: 'partners' },
      { to: '/', word: 'nav.overview', scope: 'accounting:read' },
      { to: '/exceptions', word: 'nav.exceptions', scope: 'exceptions:read' },
      { to: '/alerts', word: 'nav.alerts', scope: 'alerts:read' },
      { to: '/slas', word: 'nav.slas', scope: 'checks:read' },
      { to: '/tasks', word: 'nav.tasks', scope: 'tasks:read' },
      { to: '/parked', word: 'nav.parked', scope: 'parked:read' },
    ],
  },
  {
    word: 'nav.group.goods',
    entries: [
      { to: '/shipments', word: 'nav.shipments', scope: 'shipments:read', of: 'everybody' },
      { to: '/map', word: 'nav.map', scope: 'shipments:read', of: 'everybody' },
      { to: '/orders', word: 'nav.orders', scope: 'documents:read', of: 'everybody' },
      { to: '/deliveries', word: 'nav.deliveries', scope: 'documents:read', of: 'everybody' },
      { to: '/receipts', word: 'nav.receipts', scope: 'documents:read', of: 'everybody' },
      { to: '/returns', word: 'nav.returns', scope: 'documents:read', of: 'everybody' },
      { to: '/appointments', word: 'nav.appointments', scope: 'documents:read', of: 'everybody' },
      { to: '/inventory', word: 'nav.inventory', scope: 'inventory:read', of: 'everybody' },
      { to: '/reconciliations', word: 'nav.reconciliations', scope: 'inventory:read' },
    ],
  },
  {
    word: 'nav.group.money',
    entries: [
      { to: '/invoices', word: 'nav.invoices', scope: 'documents:read', of: 'everybody' },
      { to: '/freight-invoices', word: 'nav.freight-invoices', scope: 'documents:read', of: 'everybody' },
      { to: '/effects', word: 'nav.effects', scope: 'effects:read' },
    ],
  },
  {
    word: 'nav.group.hub',
    entries: [
      { to: '/flow', word: 'nav.flow', scope: 'flow:read' },
      { to: '/messages', word: 'nav.messages', scope: 'messages:read' },
      { to: '/processes', word: 'nav.processes', scope: 'processes:read' },
      { to: '/subscriptions', word: 'nav.subscriptions', scope: 'subscriptions:read' },
      { to: '/master-data', word: 'nav.master-data', scope: 'master-data:read' },
      { to: '/jobs', word: 'nav.jobs', scope: 'jobs:read' },
      { to: '/partners', word: 'nav.partners', scope: 'network:read' },
      { to: '/people', word: 'nav.people', scope: 'people:read' },
      { to: '/access', word: 'nav.access', scope: 'clients:read' },
      { to: '/contracts', word: 'nav.contracts', scope: 'contracts:read' },
      { to: '/privacy', word: 'nav.privacy', scope: 'privacy:erase' },
      { to: '/audit', word: 'nav.audit', scope: 'network:read' },
      { to: '/system', word: 'nav.system', scope: 'system:read' },
    ],
  },
]

/** What somebody is offered: people of a partner only what the hub answers to partners. */
export function entriesFor(entries: readonly Entry[], who: Who | undefined): readonly Entry[] {
  const others = who?.partner === undefined ? 'partners' : undefined
  return entries.filter(({ scope, of }) => of !== others && may(who?.scopes, scope))
}
