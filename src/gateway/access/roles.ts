import { type Scope, scopes } from './principal.ts'

/** Who people are is another matter than how the business stands: only those see it whose work is with these people. */
const reads = scopes.filter((scope) => scope.endsWith(':read') && scope !== 'personal:read')

/** What people are, each a bundle of scopes. `administrator` may do everything, as the first key may. */
export const roles = {
  viewer: { about: 'sees everything but raw messages and who people are', scopes: reads },
  operations: {
    about:
      'keeps goods moving: decides tasks, releases what is parked, calls processes off, pauses connections, shares tracking links',
    scopes: [
      ...reads,
      'personal:read',
      'alerts:write',
      'exceptions:write',
      'shipments:share',
      'messages:raw',
      'parked:decide',
      'effects:decide',
      'tasks:write',
      'tasks:decide',
      'processes:decide',
      'flow:write',
      'inventory:reserve',
    ],
  },
  finance: {
    about: 'decides about invoices, freight and postings',
    scopes: [...reads, 'personal:read', 'exceptions:write', 'effects:decide', 'tasks:write', 'tasks:decide'],
  },
  stewardship: {
    about: 'keeps master data and translations of codes',
    scopes: [
      ...reads,
      'personal:read',
      'exceptions:write',
      'master-data:write',
      'tasks:write',
      'tasks:decide',
      'parked:decide',
    ],
  },
  integration: {
    about: 'connects systems: raw messages, replays, subscriptions, networks, pauses',
    scopes: [
      ...reads,
      'personal:read',
      'alerts:write',
      'exceptions:write',
      'messages:raw',
      'inbound:write',
      'parked:decide',
      'effects:decide',
      'replays:write',
      'subscriptions:write',
      'network:write',
      'contracts:write',
      'processes:decide',
      'flow:write',
    ],
  },
  privacy: {
    about: 'answers people who ask what is kept about them, and erases them',
    scopes: [...reads, 'personal:read', 'privacy:export', 'privacy:erase'],
  },
  partner: {
    about: 'of a partner: sees what is of it, tries documents, keeps its keys and certificates',
    scopes: [
      // Whoever delivers has to know to whom, and its own messages say so anyway.
      'personal:read',
      'messages:read',
      'messages:raw',
      'shipments:read',
      'documents:read',
      'inventory:read',
      'effects:read',
      'parked:read',
      'network:read',
      'subscriptions:read',
      // Of its own: a new secret and an example; what it is sent is for staff to say.
      'subscriptions:write',
      'keys:write',
      'inbound:write',
      'portal:write',
    ],
  },
  administrator: { about: 'does everything, and says who may do what', scopes: ['*'] },
} as const satisfies Readonly<Record<string, { readonly about: string; readonly scopes: readonly (Scope | '*')[] }>>

/** Name of a bundle. */
export type Role = keyof typeof roles

/** All scopes of these roles, each once. A role that is not known any more gives none. */
export function scopesOf(names: readonly string[]): readonly string[] {
  const granted = names.flatMap((name) => (Object.hasOwn(roles, name) ? roles[name as Role].scopes : []))
  return [...new Set<string>(granted)]
}
