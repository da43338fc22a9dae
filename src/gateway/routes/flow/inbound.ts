import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { defineRoute } from '../../route.ts'

const receipt = Type.Object({ id: Type.String(), status: Type.String({ description: 'accepted or duplicate.' }) })
const refusal = Type.Object({
  status: Type.Literal('refused'),
  code: Type.String(),
  detail: Type.String(),
  nextAction: Type.String(),
})

/** Declared here so that it is documented; served by `ingest` before the router, so this handler is never reached. */
export const acceptInbound = defineRoute({
  method: 'POST',
  path: '/v1/inbound/{connection}',
  scope: 'inbound:write',
  partners: true,
  operationId: 'acceptInbound',
  summary: 'Any bytes from a connected system; answered after they are durable',
  tag: 'inbound',
  repeatable: 'knows',
  answer: {
    status: 202,
    schema: Type.Union([receipt, Type.Object({ results: Type.Array(Type.Union([receipt, refusal])) })]),
  },
  handle: async () => {
    throw new InterlineError('NOT_FOUND', { what: 'such route' })
  },
})
