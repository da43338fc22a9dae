import { Type } from 'typebox'
import { runsTheHub } from '../../access/operator.ts'
import type { Gateway } from '../../gateway.ts'
import { defineRoute } from '../../route.ts'

const count = Type.Integer()
const ofTheHub = Type.Union([Type.Integer(), Type.Null()])

export const readOverview = defineRoute({
  method: 'GET',
  path: '/v1/overview',
  scope: 'accounting:read',
  operationId: 'readOverview',
  summary:
    'The whole hub at a glance: messages, shipments of the last seven days, open tasks by role, effects by target and state',
  tag: 'accounting',
  answer: {
    status: 200,
    schema: Type.Object({
      at: Type.String({ description: 'RFC 3339.' }),
      messages: Type.Object(
        {
          received: count,
          parked: count,
          duplicates: count,
          applied: ofTheHub,
          pending: ofTheHub,
          unaccounted: ofTheHub,
        },
        {
          description:
            'As in the accounting, in short. For a tenant that does not run the hub: its own, as far as they are counted apart; null where they are not.',
        },
      ),
      shipments: Type.Array(Type.Object({ status: Type.String(), count })),
      exceptions: Type.Array(Type.Object({ category: Type.String(), count })),
      documents: Type.Array(Type.Object({ connection: Type.String(), status: Type.String(), count }), {
        description:
          'Documents to EDI partners that wait or are in trouble: sent, overdue, rejected, unwritable; unanswered by the business of the partner.',
      }),
      tasks: Type.Array(
        Type.Object({
          role: Type.String({ description: 'Who has to decide.' }),
          open: count,
          overdue: Type.Integer({ description: 'Of the open ones, not decided in time.' }),
        }),
      ),
      effects: Type.Array(
        Type.Object({
          target: Type.String({ description: 'Connection; webhooks for all subscriptions.' }),
          state: Type.String(),
          count,
        }),
      ),
    }),
  },
  handle: async ({ gateway, principal }) => {
    const [messages, { statuses, exceptions }, tasks, counts, documents] = await Promise.all([
      runsTheHub(principal.tenant) ? countHub(gateway) : countOwn(gateway, principal.tenant),
      gateway.overview.shipments(principal.tenant),
      gateway.tasks.open(principal.tenant),
      gateway.backbone.ledger.counts(),
      gateway.transmissions.open(),
    ])
    return {
      body: {
        at: new Date(gateway.now()).toISOString(),
        messages,
        shipments: statuses,
        exceptions,
        documents: documents
          .filter(({ tenant }) => tenant === principal.tenant)
          .map(({ connection, status, count: some }) => ({ connection, status, count: some })),
        tasks,
        effects: joined(counts),
      },
    }
  },
})

async function countHub({ backbone }: Gateway): Promise<object> {
  const { received, applied, parked, pending, duplicates, unaccounted } = await backbone.accounting()
  return { received, applied, parked, pending, duplicates, unaccounted }
}

/** What became of messages is counted for the hub and not for each tenant: of that nothing is said. */
async function countOwn({ overview }: Gateway, tenant: string): Promise<object> {
  return { ...(await overview.messages(tenant)), applied: null, pending: null, unaccounted: null }
}

/** Commands together, and all subscriptions as one target. */
function joined(
  counts: readonly { readonly target: string; readonly state: string; readonly count: number }[],
): { target: string; state: string; count: number }[] {
  const sums = new Map<string, { target: string; state: string; count: number }>()
  for (const { target: named, state, count: some } of counts) {
    const target = named.startsWith('subscription:') ? 'webhooks' : named
    const known = sums.get(`${target} ${state}`)
    if (known === undefined) sums.set(`${target} ${state}`, { target, state, count: some })
    else known.count += some
  }
  return [...sums.values()].toSorted((a, b) => (`${a.target} ${a.state}` < `${b.target} ${b.state}` ? -1 : 1))
}
