import type { Accounting } from '../backbone.ts'
import type { IntakeCount } from '../stores.ts'
import { ownerKey } from './commit.ts'
import type { Tables } from './tables.ts'

/**
 * Counters against rows, partition by partition: what was received must be there, either as an outcome that was counted with
 * the translate offset, as a parked row, or as a row that is still to be translated. Differences do not cancel each other out.
 */
export function accountFor(tables: Tables, answered: readonly IntakeCount[]): Accounting {
  const sum = {
    received: 0,
    applied: 0,
    ignored: 0,
    refused: 0,
    parked: 0,
    pending: 0,
    duplicates: 0,
    conflicts: 0,
    unaccounted: 0,
  }
  tables.counters.forEach((counter, partition) => {
    const inbox = tables.inbox[partition] ?? []
    const received = tables.inboxNext[partition] ?? 0
    const translated = (tables.owners.get(ownerKey('translate', partition))?.offset ?? -1) + 1
    const pending = inbox.filter(({ offset }) => offset >= translated).length
    const parked = [...tables.parks.values()].filter((park) => park.partition === partition).length
    const { applied, ignored, refused, duplicates, conflicts } = counter
    sum.received += received
    sum.applied += applied
    sum.ignored += ignored
    sum.refused += refused
    sum.parked += parked
    sum.pending += pending
    sum.duplicates += duplicates
    sum.conflicts += conflicts
    sum.unaccounted += Math.abs(received - pending - applied - ignored - refused - parked)
  })
  const counted = (outcome: 'duplicate' | 'conflict'): number =>
    answered.reduce((total, one) => total + one[outcome], 0)
  sum.duplicates = Math.max(sum.duplicates, counted('duplicate'))
  sum.conflicts = Math.max(sum.conflicts, counted('conflict'))
  return sum
}
