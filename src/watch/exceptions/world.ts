import { certificatesExpiring } from '../checks/certificates-expiring.ts'
import type { Check } from '../checks/check.ts'
import { staleFeeds } from '../checks/stale-feeds.ts'
import { syncDrift } from '../checks/sync-drift.ts'
import type { CheckWorld } from '../checks/world.ts'
import type { FoundException, Severity, ToldException } from './source.ts'

/** Exceptions that no table holds, as business checks find them. */
interface WorldSource {
  readonly kind: string
  readonly meaning: string
  readonly check: Check
  readonly severity: Severity
  readonly tell: (found: FoundException) => ToldException
}

/** Every kind of exception that no table holds. */
export const worldSources: readonly WorldSource[] = [
  {
    kind: 'book_difference',
    meaning: 'A document on which the ledger and the books of another system do not agree.',
    check: syncDrift,
    severity: 'critical',
    tell: ({ codes: [kind = ''], connection, detail }) => ({
      wrong: `The books of ${connection} and the ledger differ: ${kind} ${detail}`.trim(),
      action: 'Correct it in the books, or send the posting again.',
      page: '/effects',
      search: { target: connection },
    }),
  },
  {
    kind: 'silent_feed',
    meaning: 'A connection from which nothing has come for longer than is usual or agreed.',
    check: staleFeeds,
    severity: 'critical',
    tell: ({ connection, detail }) => ({
      wrong: `Nothing has come from ${connection}; ${detail}.`,
      action: staleFeeds.nextAction,
      actor: 'partner',
      page: '/partners',
    }),
  },
  {
    kind: 'certificate',
    meaning: 'A certificate that ends soon or has ended.',
    check: certificatesExpiring,
    severity: 'warning',
    tell: ({ connection, detail }) => ({
      wrong: `A certificate of ${connection} ends: ${detail}.`,
      action: certificatesExpiring.nextAction,
      actor: 'partner',
      page: '/partners',
    }),
  },
]

/** What is found in the world, of all tenants. */
export async function worldExceptions(
  world: CheckWorld,
  now: number,
): Promise<readonly (FoundException & { readonly tenant: string })[]> {
  const found = await Promise.all(
    worldSources.map(async ({ kind, check, severity }) => {
      if (check.answer.kind !== 'world') return []
      const items = await check.answer.items(world, now)
      return items
        .filter(({ isFound }) => isFound)
        .map(({ tenant, labels, object, number, since, detail }) => {
          const connection = labels['connection'] ?? labels['target'] ?? object
          return {
            tenant,
            kind,
            id: `${kind}:${connection}:${object}:${number}`.slice(0, 300),
            detail,
            severity,
            object: `${connection}:${object}:${number}`.slice(0, 299 - kind.length),
            number: number || object,
            since: new Date(since).toISOString(),
            codes: [labels['kind'] ?? kind],
            count: 1,
            connection,
            role: check.owner,
            carrier: '',
            warehouse: '',
          }
        })
    }),
  )
  return found.flat()
}
