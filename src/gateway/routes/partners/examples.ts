import { Type } from 'typebox'
import { defineRoute } from '../../route.ts'
import { connectionOf } from './portal.ts'

/** What somebody takes as a pattern who is about to send the first one. */
export const listExamples = defineRoute({
  method: 'GET',
  path: '/v1/connections/{connection}/examples',
  scope: 'network:read',
  partners: true,
  operationId: 'listConnectionExamples',
  summary:
    'Documents that a connection takes as they are: each passes its own trial, by the rules that are agreed today',
  tag: 'network',
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(
        Type.Object({
          file: Type.String({ description: 'Name of the file, such as 945-004010.edi; unique here.' }),
          contentType: Type.String({ description: 'As it is to be sent.' }),
          bytes: Type.Integer(),
          content: Type.String({ description: 'The document, in base64.' }),
        }),
      ),
      withheld: Type.Array(Type.Object({ file: Type.String(), reason: Type.String() }), {
        description: 'Patterns that the agreed rules would refuse: no example is offered for those.',
      }),
    }),
  },
  handle: async (call) => {
    const { offered, withheld } = call.gateway.network.examples(connectionOf(call))
    const data = offered.map(({ file, contentType, bytes }) => ({
      ...{ file, contentType, bytes: bytes.length },
      content: Buffer.from(bytes).toString('base64'),
    }))
    return { body: { data, withheld } }
  },
})
