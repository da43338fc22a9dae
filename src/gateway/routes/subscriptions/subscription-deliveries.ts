import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { actorOf } from '../../access/principal.ts'
import { instantOf } from '../../instant.ts'
import { type Call, defineRoute } from '../../route.ts'

const deliveriesMost = 1000

/** How far behind somebody is who follows the log, and what could not be delivered. */
export const readSubscriptionStanding = defineRoute({
  method: 'GET',
  path: '/v1/subscriptions/{id}/standing',
  scope: 'subscriptions:read',
  operationId: 'readSubscriptionStanding',
  summary: 'How far a subscription has come, and how many deliveries are owed; what was delivered at once has no row',
  tag: 'subscriptions',
  answer: {
    status: 200,
    schema: Type.Object({
      behind: Type.Integer({ description: 'Facts of the log that were not looked at yet, wanted or not.' }),
      deliveries: Type.Record(Type.String(), Type.Integer(), {
        description: `By state, of the newest ${deliveriesMost} that did not succeed at once.`,
      }),
    }),
  },
  handle: async (call) => {
    const target = await targetOf(call)
    const { backbone } = call.gateway
    const [cursors, heads, effects] = await Promise.all([
      backbone.stores.cursors.load(target),
      backbone.heads(),
      backbone.ledger.effects({ tenant: call.principal.tenant, target, limit: deliveriesMost }),
    ])
    const behind = cursors.reduce(
      (sum, { partition, offset }) => sum + Math.max(0, (heads.facts[partition] ?? 0) - offset),
      0,
    )
    const states = [...Map.groupBy(effects, ({ state }) => state)].map(([state, some]) => [state, some.length] as const)
    return { body: { behind, deliveries: Object.fromEntries(states) } }
  },
})

/** What was delivered is left alone. */
export const recoverSubscription = defineRoute({
  method: 'POST',
  path: '/v1/subscriptions/{id}/recover',
  scope: 'subscriptions:write',
  operationId: 'recoverSubscription',
  summary: `Deliver again what failed for good since an instant, in order; at most ${deliveriesMost} at once`,
  tag: 'subscriptions',
  body: Type.Object(
    { since: Type.String({ description: 'Failed at or after, RFC 3339.' }) },
    { additionalProperties: false },
  ),
  idempotent: true,
  answer: {
    status: 202,
    schema: Type.Object({
      released: Type.Integer({ description: 'Deliveries that are tried again.' }),
      skipped: Type.Integer({ description: 'Deliveries that somebody else has decided meanwhile.' }),
    }),
  },
  handle: async (call) => {
    const { gateway, principal } = call
    const since = instantOf('since', call.body.since)
    const target = await targetOf(call)
    const { ledger } = gateway.backbone
    const failed = await ledger.effects({ tenant: principal.tenant, target, state: ['parked'], limit: deliveriesMost })
    let released = 0
    const wanted = failed.filter(({ updatedAt }) => updatedAt >= since)
    for (const { id } of wanted.toSorted((a, b) => a.createdAt - b.createdAt)) {
      const outcome = await ledger.decide({
        ...{ effect: id, action: 'release', reason: `recovered since ${call.body.since}` },
        ...{ by: actorOf(principal), address: call.address, trace: call.trace },
      })
      if (outcome === 'done') released++
    }
    gateway.node.wake()
    return { body: { released, skipped: wanted.length - released } }
  },
})

/** Name of its cursors and of its deliveries. Throws NOT_FOUND. */
async function targetOf({ gateway, principal, params }: Call): Promise<string> {
  const found = await gateway.backbone.stores.subscriptions.get(params['id'] ?? '')
  if (found?.tenant !== principal.tenant) throw new InterlineError('NOT_FOUND', { what: 'subscription with this id' })
  return `subscription:${found.id}`
}
