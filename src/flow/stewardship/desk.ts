import type { AuditEntry } from '../../backbone/audit.ts'
import { defineConnector } from '../../connectors/kit/connector.ts'
import type { Assertion } from '../../model/fact.ts'
import { type Connection, openConnection } from '../connection.ts'
import type { Arrival } from '../intake/arrival.ts'

/** Where messages come from that people write at the hub itself. No connection that is declared can have this id. */
export const deskId = 'hub:desk'

/** It has no system behind it: what comes in by it are assertions of the hub. */
const connector = defineConnector({
  id: 'desk',
  label: 'The hub itself',
  kind: 'subscriber',
  about: 'What people decide at the hub.',
  certification: 'production',
  settings: {},
})

/** What a person says, as a message of the hub: kept, translated and replayed like any other. `identity` makes a repetition a duplicate. */
export function deskArrival(
  assertions: readonly Assertion[],
  about: {
    readonly tenant: string
    readonly identity: string
    readonly trace: string
    readonly partitions: number
    /** What the audit log says about it; written together with it. */
    readonly audit?: AuditEntry
    /** Of several who say this at the same moment the first counts. */
    readonly isContested?: true
  },
): Arrival {
  const { tenant, identity, trace, partitions, audit, isContested } = about
  return {
    connection: deskConnection(tenant, partitions),
    body: new TextEncoder().encode(JSON.stringify(assertions)),
    contentType: 'application/json',
    headers: {},
    trace,
    identity,
    asserts: true,
    ...(isContested === undefined ? {} : { isContested }),
    ...(audit === undefined ? {} : { audit }),
  }
}

function deskConnection(tenant: string, partitions: number): Connection {
  const declared = { id: deskId, tenant, connector: connector.id, settings: {} }
  return openConnection(declared, { connectors: [connector], partitions })
}
