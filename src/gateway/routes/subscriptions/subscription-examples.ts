import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { newId } from '../../access/key.ts'
import { defineRoute } from '../../route.ts'
import { findSubscription } from './subscriptions.ts'

/** Enough to try, too few to bother somebody with. */
const pace = { capacity: 6, refillPerSecond: 0.1 }
const message = {
  headers: Type.Record(Type.String(), Type.String()),
  body: Type.String(),
}

/** Whoever takes events sees at once whether it finds the signature right and what it answers. */
export const sendExample = defineRoute({
  method: 'POST',
  path: '/v1/subscriptions/{id}/examples',
  scope: 'subscriptions:write',
  partners: true,
  operationId: 'sendExample',
  repeatable: 'asks',
  summary:
    'Send the subscriber one example, signed like every event and marked as an example; answers what was sent and what came back',
  tag: 'subscriptions',
  answer: {
    status: 200,
    schema: Type.Object({
      delivered: Type.Boolean(),
      reason: Type.String({ description: 'What it means, as for a real one.' }),
      milliseconds: Type.Integer(),
      request: Type.Object({ url: Type.String(), ...message }),
      answer: Type.Optional(
        Type.Object(
          { status: Type.Integer(), ...message },
          { description: 'Absent: nobody answered. 4,000 characters of the body.' },
        ),
      ),
    }),
  },
  handle: async (call) => {
    const { gateway, trace } = call
    const { id } = await findSubscription(call)
    const { granted, waitMs } = await gateway.backbone.stores.budgets.take(`example ${id}`, pace, 1)
    if (granted === 0)
      throw new InterlineError('QUOTA_EXCEEDED', { policy: 'examples', seconds: Math.max(1, Math.ceil(waitMs / 1000)) })
    await gateway.subscriptionsChanged()
    const sent = await gateway.sendExample(id, { id: newId('example', gateway.randomBytes), trace })
    return { body: sent }
  },
})
