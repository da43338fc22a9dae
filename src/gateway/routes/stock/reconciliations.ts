import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import type { Reconciliation } from '../../../flow/dispatch/reconcile.ts'
import { instantOf } from '../../instant.ts'
import { defineRoute } from '../../route.ts'

const shownMax = 1000

const reconciliation = Type.Object({
  connection: Type.String(),
  from: Type.String({ description: 'Settled at or after, RFC 3339.' }),
  until: Type.String({ description: 'Settled before, RFC 3339.' }),
  complete: Type.Boolean({
    description: 'False: there was more than can be compared at once; nothing is called missing then.',
  }),
  posted: Type.Integer({ description: 'Postings of the ledger that the system must list.' }),
  booked: Type.Integer({ description: 'Documents that it listed.' }),
  inFlight: Type.Integer({ description: 'Postings that are not settled: too early to say.' }),
  count: Type.Integer({ description: 'Differences.' }),
  differences: Type.Array(
    Type.Object({
      kind: Type.String({ description: 'double, missing, other_number, unexpected or unsettled.' }),
      externalReference: Type.String(),
      documentNumbers: Type.Array(Type.String({ description: 'As the system lists them.' })),
      effect: Type.Optional(Type.String({ description: 'Effect of the ledger.' })),
      naturalKey: Type.Optional(Type.String()),
      state: Type.Optional(Type.String({ description: 'What the ledger says.' })),
    }),
    { description: `The first ${shownMax}.` },
  ),
})

export const listReconciliations = defineRoute({
  method: 'GET',
  path: '/v1/reconciliations',
  scope: 'effects:read',
  operationId: 'listReconciliations',
  summary: 'The last comparison of the ledger with each target system, as far as this instance made one',
  tag: 'effects',
  answer: { status: 200, schema: Type.Object({ data: Type.Array(reconciliation) }) },
  handle: async ({ gateway, principal }) => {
    const own = gateway.reconciler.results.filter(
      ({ connection }) => gateway.connections().get(connection)?.tenant === principal.tenant,
    )
    return { body: { data: own.map(shown) } }
  },
})

export const createReconciliation = defineRoute({
  method: 'POST',
  path: '/v1/reconciliations',
  scope: 'effects:read',
  operationId: 'createReconciliation',
  summary: 'Compare what the ledger says was posted with what the target system lists; changes nothing',
  tag: 'effects',
  repeatable: 'asks',
  body: Type.Object(
    {
      connection: Type.String({ maxLength: 100 }),
      since: Type.Optional(Type.String({ description: 'Settled at or after, RFC 3339; absent: in the last day.' })),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: reconciliation },
  handle: async ({ gateway, principal, body }) => {
    const { connection, since } = body
    if (gateway.connections().get(connection)?.tenant !== principal.tenant)
      throw new InterlineError('CONNECTION_UNKNOWN', { connection })
    const from = since === undefined ? undefined : instantOf('since', since)
    return { body: shown(await gateway.reconciler.reconcile(connection, from)) }
  },
})

function shown({ differences, ...rest }: Reconciliation): Record<string, unknown> {
  return { ...rest, count: differences.length, differences: differences.slice(0, shownMax) }
}
