import { Type } from 'typebox'
import { defineRoute } from '../../route.ts'
import type { PickUpStatus } from '../../shown/pick-up-status.ts'

const count = Type.Integer()

export const listPickUps = defineRoute({
  method: 'GET',
  path: '/v1/pick-ups',
  scope: 'system:read',
  operationId: 'listPickUps',
  summary: 'Folders and mailboxes that files are picked up from, and how each stands on this instance',
  tag: 'inbound',
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(
        Type.Object({
          connection: Type.String(),
          protocol: Type.String({ description: 'folder, ftps, mailbox or sftp.' }),
          state: Type.String({
            description: 'new (not looked yet), ok, failing, or elsewhere: another instance owns the connection.',
          }),
          reason: Type.Optional(Type.String({ description: 'Why the last look failed: a code of the page of files.' })),
          lookedAt: Type.Optional(Type.String({ description: 'RFC 3339.' })),
          taken: { ...count, description: 'Files taken since this instance started.' },
          refused: { ...count, description: 'Files put aside since this instance started.' },
          failed: { ...count, description: 'Files that the last look could not handle.' },
          waiting: { ...count, description: 'Files that the last look left: not complete, or too many.' },
        }),
      ),
    }),
  },
  handle: async ({ gateway, principal }) => ({
    body: { data: gateway.pickUps().flatMap((one) => (one.tenant === principal.tenant ? [shown(one)] : [])) },
  }),
})

function shown({
  connection,
  protocol,
  state,
  reason,
  lookedAt,
  taken,
  refused,
  failed,
  waiting,
}: PickUpStatus): object {
  return {
    connection,
    protocol,
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(lookedAt === undefined ? {} : { lookedAt: new Date(lookedAt).toISOString() }),
    taken,
    refused,
    failed,
    waiting,
  }
}
