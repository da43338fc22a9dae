import { routes } from '../../gateway/all.ts'
import { asyncapi } from '../../gateway/contract/asyncapi.ts'
import { openapi } from '../../gateway/contract/openapi.ts'
import { factSchemas } from '../../model/facts/all.ts'
import { objectSchemas } from '../../model/objects/all.ts'
import type { Contract } from '../../registry/contracts/contract.ts'
import {
  envelopeContract,
  eventContracts,
  modelContract,
  operationContracts,
} from '../../registry/contracts/documents.ts'
import type { Unfolding } from '../../registry/contracts/json-schema.ts'
import { version } from '../version.ts'
import { connectorContracts } from './of-connectors.ts'

let made: readonly Contract[] | undefined

/** Every contract that this version of the hub has with everybody, made once of the declarations. */
export function declaredContracts(): readonly Contract[] {
  made ??= makeContracts()
  return made
}

function makeContracts(): readonly Contract[] {
  // As they are served: what is compared is what others read.
  const api = plain(openapi(routes, { version, url: '' }))
  const events = plain(asyncapi({ version }))
  return [
    ...Object.entries(objectSchemas).map(([name, schema]) => modelContract('object', name, plain(schema))),
    ...Object.entries(factSchemas).map(([type, schema]) => modelContract('fact', type, plain(schema))),
    ...operationContracts(api),
    envelopeContract(events),
    ...eventContracts(events),
    ...connectorContracts(),
  ].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** What the hub itself declares may be as large as it is. */
function plain(value: unknown): Unfolding {
  return { root: JSON.parse(JSON.stringify(value)) as unknown, room: { left: Number.POSITIVE_INFINITY } }
}
