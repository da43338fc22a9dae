import type { Effect } from '../../backbone/ledger.ts'
import { InterlineError } from '../../base/errors.ts'
import { shortHash } from '../../base/sha256.ts'
import { externalReferenceOf } from '../../processes/posting.ts'
import type { Connection } from '../connection.ts'
import { operationFor } from '../dispatch/exchange.ts'
import type { Workplace } from '../workplace.ts'

/** The command of the ledger under which connectors register the hub's URL at their vendor. */
export const registerCommand = 'register_webhook'

/**
 * Has the vendor of a connection told to call a URL. One effect per connection and URL, however often it is asked for: the ledger sends it
 * once, looks the URL up at the vendor after a lost answer, and knows it for ever. Throws OPERATION_UNKNOWN, HUB_UNCERTAIN.
 */
export async function registerWebhook(
  place: Workplace,
  { connection, url, trace }: { readonly connection: Connection; readonly url: string; readonly trace: string },
): Promise<Effect> {
  // Here, not at the first attempt: whoever asks for the impossible is told at once.
  operationFor(connection, registerCommand)
  const { tenant, id: target } = connection
  const naturalKey = `${registerCommand}:${target}:${url}`
  const id = `eff_${shortHash(`${tenant}|${naturalKey}`)}`
  await place.commit({
    effects: [
      {
        id,
        tenant,
        naturalKey,
        target,
        command: registerCommand,
        // In the order in which they were asked for, apart from everything else that goes to this target.
        key: registerCommand,
        externalReference: externalReferenceOf(tenant, naturalKey),
        payload: JSON.stringify({ url }),
        lane: 'interactive',
        priority: 3,
        causation: `api.${trace}`,
        correlation: id,
        trace,
      },
    ],
  })
  const stored = await place.backbone.ledger.effect(id)
  if (stored !== undefined) return stored
  if ((await place.backbone.ledger.knownKeys(tenant, [naturalKey])).has(naturalKey))
    throw new InterlineError('WEBHOOK_REGISTERED', { connection: target, url })
  throw new InterlineError('HUB_UNCERTAIN')
}
