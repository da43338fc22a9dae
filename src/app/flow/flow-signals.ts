import type { Connection } from '../../flow/connection.ts'
import type { FlowSignals } from '../../flow/ports.ts'
import type { Signals } from '../../watch/signals.ts'
import type { IntakeCounts } from '../watching/intake-counts.ts'

/** The signals of the flow, with the daily counts per connection beside them. */
export function flowSignals(
  signals: Signals,
  counts: IntakeCounts,
  connections: () => ReadonlyMap<string, Connection>,
): FlowSignals {
  const count = (connection: string, outcome: 'accepted' | 'duplicate' | 'conflict', number: number): void =>
    counts.add({ tenant: connections().get(connection)?.tenant ?? '', connection, outcome, count: number })
  return {
    ...signals,
    messageAccepted: (values) => {
      signals.messageAccepted(values)
      count(values.connection, 'accepted', values.count)
    },
    messageDuplicate: (values) => {
      signals.messageDuplicate(values)
      count(values.connection, 'duplicate', 1)
    },
    messageConflict: (values) => {
      signals.messageConflict(values)
      count(values.connection, 'conflict', 1)
    },
  }
}
