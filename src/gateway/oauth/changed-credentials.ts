import type { AuditNote } from '../../backbone/audit.ts'
import { InterlineError } from '../../base/errors.ts'
import type { ApiClient, Clients } from '../../registry/clients.ts'
import type { Call } from '../route.ts'

/** Whoever changes the same client at the same time goes first so often, then the hub is too busy for this. */
const triesMost = 10

/**
 * Gives a client of the caller's tenant other credentials, thought out anew where somebody else changed them meanwhile; undefined of `change`
 * leaves them as they are. Answers undefined where there is no such client, or it is revoked. Throws HUB_BUSY.
 */
export async function changeCredentials(
  { gateway, principal }: Pick<Call, 'gateway' | 'principal'>,
  id: string,
  change: (client: ApiClient) => Parameters<Clients['rotate']>[1] | undefined,
  note: AuditNote,
): Promise<ApiClient | undefined> {
  const { clients } = gateway.oauth
  for (let tries = 0; tries < triesMost; tries++) {
    const client = await clients.get(id)
    if (client?.tenant !== principal.tenant || client.revokedAt !== undefined) return undefined
    const next = change(client)
    if (next === undefined) return client
    if (!(await clients.rotate(client, next, note))) continue
    gateway.keys.forget()
    gateway.signals.clientChanged({ client: client.id, tenant: client.tenant, change: 'rotated' })
    return client
  }
  throw new InterlineError('HUB_BUSY')
}
