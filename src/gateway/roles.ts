import { type Scope, scopes } from './principal.ts'

const reads = scopes.filter((scope) => scope.endsWith(':read'))

/** What people are, each a bundle of scopes. `administrator` may do everything, as the first key may. */
export const roles = {
  viewer: { about: 'sees everything but raw messages', scopes: reads },
  operations: {
    about: 'keeps goods moving: decides tasks, releases what is parked, calls processes off, shares tracking links',
    scopes: [
      ...reads,
      'shipments:share',
      'messages:raw',
      'parked:decide',
      'effects:decide',
      'tasks:write',
      'tasks:decide',
      'processes:decide',
      'inventory:reserve',
    ],
  },
  finance: {
    about: 'decides about invoices, freight and postings',
    scopes: [...reads, 'effects:decide', 'tasks:write', 'tasks:decide'],
  },
  stewardship: {
    about: 'keeps master data and translations of codes',
    scopes: [...reads, 'master-data:write', 'tasks:write', 'tasks:decide', 'parked:decide'],
  },
  integration: {
    about: 'connects systems: raw messages, replays, subscriptions, networks',
    scopes: [
      ...reads,
      'messages:raw',
      'inbound:write',
      'parked:decide',
      'effects:decide',
      'replays:write',
      'subscriptions:write',
      'network:write',
      'processes:decide',
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
