import { Type } from 'typebox'
import { scopes } from '../../access/principal.ts'
import { roles } from '../../access/roles.ts'
import { defineRoute } from '../../route.ts'

export const listRoles = defineRoute({
  method: 'GET',
  path: '/v1/roles',
  scope: 'clients:read',
  operationId: 'listRoles',
  summary: 'What each role of a person may do, and all scopes that there are',
  tag: 'people',
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(
        Type.Object({
          name: Type.String(),
          about: Type.String({ description: 'What somebody with it does.' }),
          scopes: Type.Array(Type.String(), { description: 'A star stands for all.' }),
        }),
      ),
      scopes: Type.Array(Type.String(), { description: 'What a key or a client can be given.' }),
    }),
  },
  handle: async () => ({
    body: {
      data: Object.entries(roles).map(([name, { about, scopes: granted }]) => ({ name, about, scopes: granted })),
      scopes,
    },
  }),
})
