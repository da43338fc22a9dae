import { connectors } from '../../connectors/all.ts'
import { routes } from '../../gateway/all.ts'
import { latencyOf } from '../../gateway/contract/openapi.ts'
import { isReport } from '../../model/fact.ts'
import { factSchemas } from '../../model/facts/all.ts'
import { definitions } from '../../processes/all.ts'
import type { CatalogueEntry } from '../../registry/catalogue.ts'
import { entityOf } from '../../registry/contracts/documents.ts'
import { serviceOfConnector, serviceOfEntity, serviceOfProcess, serviceOfTag } from '../../registry/service.ts'
import { aboutOperation } from './of-connectors.ts'

/** Everything that this hub offers, made of the declarations: what is not declared is not in it. */
export const catalogue: readonly CatalogueEntry[] = [
  ...routes.map(
    ({ operationId, summary, tag }): CatalogueEntry => ({
      kind: 'operation',
      name: operationId,
      about: summary,
      service: serviceOfTag(tag),
      latency: latencyOf(tag, operationId),
      contract: `operation:${operationId}`,
      page: 'docs/reference/api/README.md',
    }),
  ),
  ...Object.entries(factSchemas)
    .filter(([type]) => !isReport(type))
    .map(
      ([type, schema]): CatalogueEntry => ({
        kind: 'event',
        name: type,
        about: wordsOf(schema),
        service: serviceOfEntity(entityOf(type)),
        latency: 'realtime',
        contract: `event:${type}`,
        page: 'docs/reference/facts.md',
      }),
    ),
  ...definitions.map(
    ({ id, title, about }): CatalogueEntry => ({
      kind: 'process',
      name: id,
      about: `${title}: ${about}`,
      service: serviceOfProcess(id),
      latency: 'realtime',
      page: `docs/reference/processes/${id}.md`,
    }),
  ),
  ...connectors.flatMap(({ id, label, kind, operations = {}, procedures = {} }) =>
    Object.entries({ ...operations, ...procedures }).map(
      ([name, { command, write }]): CatalogueEntry => ({
        kind: 'connector_operation',
        name: `${id}.${name}`,
        service: serviceOfConnector(kind),
        about: aboutOperation(label, command),
        latency: write ? 'realtime' : 'interactive',
        contract: `connector:${id}.${name}`,
        page: 'docs/reference/connectors.md',
      }),
    ),
  ),
]

function wordsOf(schema: unknown): string {
  const { description } = schema as { readonly description?: unknown }
  return typeof description === 'string' ? description : ''
}
