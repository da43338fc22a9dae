import { Type } from 'typebox'
import { demandOperator } from '../../access/operator.ts'
import { defineRoute } from '../../route.ts'

const count = (description: string) => Type.Integer({ description })

export const readAccounting = defineRoute({
  method: 'GET',
  path: '/v1/accounting',
  scope: 'accounting:read',
  operationId: 'readAccounting',
  summary:
    'Every input of the whole hub in exactly one state, and the difference, which must be zero; for the tenant that runs it',
  tag: 'accounting',
  answer: {
    status: 200,
    schema: Type.Object({
      received: count('Inputs with an offset in the log.'),
      applied: count('Became facts.'),
      ignored: count('Read and found to be of no concern, with a reason.'),
      refused: count('Refused with a reason.'),
      parked: count('Wait for a person, a parent, or behind another.'),
      pending: count('Not translated yet.'),
      duplicates: count('Answered with the first one’s id.'),
      conflicts: count('Known identity, other bytes: parked beside the first.'),
      unaccounted: count('received − (applied + ignored + refused + parked + pending). Anything but 0 is an alarm.'),
    }),
  },
  handle: async ({ gateway, principal }) => {
    demandOperator(principal.tenant)
    return { body: await gateway.backbone.accounting() }
  },
})
