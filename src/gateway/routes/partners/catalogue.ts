import { Type } from 'typebox'
import { lifecycleStates, type Standing, stateAt } from '../../../registry/contracts/lifecycle.ts'
import { services } from '../../../registry/service.ts'
import { defineRoute } from '../../route.ts'

const kinds = ['operation', 'event', 'process', 'connector_operation']

/** Everything that is offered, as it is declared. */
export const listCatalogue = defineRoute({
  method: 'GET',
  path: '/v1/catalogue',
  scope: 'contracts:read',
  operationId: 'listCatalogue',
  summary:
    'Everything that can be called, subscribed to or run: who answers for it, how fast, and how much depends on it',
  tag: 'contracts',
  query: Type.Object(
    {
      kind: Type.Optional(Type.String({ enum: kinds })),
      service: Type.Optional(Type.String({ enum: services.map(({ id }) => id) })),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      services: Type.Array(
        Type.Object({
          id: Type.String(),
          title: Type.String(),
          about: Type.String(),
          owner: Type.String(),
          tier: Type.String({ enum: ['gold', 'silver', 'bronze'] }),
          criticality: Type.String({ enum: ['critical', 'high', 'normal'] }),
          guide: Type.String({ description: 'Page of the documentation.' }),
          runbook: Type.String({ description: 'Page for whoever is called when it stands still.' }),
        }),
      ),
      data: Type.Array(
        Type.Object({
          kind: Type.String({ enum: kinds }),
          name: Type.String(),
          about: Type.String(),
          service: Type.String({ description: 'Id of the service that it belongs to.' }),
          owner: Type.String(),
          tier: Type.String({ enum: ['gold', 'silver', 'bronze'] }),
          criticality: Type.String({ enum: ['critical', 'high', 'normal'] }),
          latency: Type.String({
            enum: ['interactive', 'realtime', 'bulk'],
            description: 'interactive: somebody waits; realtime: as soon as it is known; bulk: when all of it is done.',
          }),
          contract: Type.Optional(Type.String()),
          state: Type.String({
            enum: [...lifecycleStates],
            description:
              'How its contract stands: deprecated is still served, and ends; sunset is refused, or not sent any more.',
          }),
          deprecatedAt: Type.Optional(Type.String({ description: 'RFC 3339.' })),
          sunsetAt: Type.Optional(Type.String({ description: 'From then on it is refused, or not sent; RFC 3339.' })),
          successor: Type.Optional(Type.String({ description: 'Id of the contract that takes its place.' })),
          page: Type.String({ description: 'Page of the documentation that describes it.' }),
        }),
      ),
    }),
  },
  handle: async ({ gateway, principal, query }) => {
    const decided = await gateway.contractDesk.standings(principal.tenant)
    return {
      body: {
        services: services.map(({ id, title, about, owner, tier, criticality, guide, runbook }) => ({
          id,
          title,
          about,
          owner,
          tier,
          criticality,
          guide,
          runbook,
        })),
        data: gateway.contractDesk
          .catalogue()
          .filter(({ kind, service }) => (query.kind ?? kind) === kind && (query.service ?? service.id) === service.id)
          .map(({ kind, name, about, service, latency, contract, page }) => ({
            kind,
            name,
            about,
            service: service.id,
            owner: service.owner,
            tier: service.tier,
            criticality: service.criticality,
            latency,
            page,
            ...(contract === undefined ? {} : { contract }),
            ...endingOf(
              decided.get(contract ?? '') ??
                (kind === 'operation' ? gateway.contractDesk.operation(name)?.declared : undefined),
              gateway.now(),
            ),
          })),
      },
    }
  },
})

/** Whether and when something ends. */
function endingOf(standing: Standing | undefined, now: number): Readonly<Record<string, string>> {
  const { deprecatedAt, sunsetAt, successor } = standing ?? {}
  return {
    state: stateAt(standing ?? { state: 'published' }, now),
    ...(deprecatedAt === undefined ? {} : { deprecatedAt: new Date(deprecatedAt).toISOString() }),
    ...(sunsetAt === undefined ? {} : { sunsetAt: new Date(sunsetAt).toISOString() }),
    ...(successor === undefined ? {} : { successor }),
  }
}
