import { connectors } from '../../connectors/all.ts'
import { event as carrierEvent, request as carrierRequest } from '../../connectors/generic-carrier/contract.ts'
import { document as erpDocument, event as erpEvent } from '../../connectors/generic-erp/contract.ts'
import { event as wmsEvent, instruction as wmsInstruction } from '../../connectors/generic-wms/contract.ts'
import type { Connector } from '../../connectors/kit/connector.ts'
import type { Contract, ContractPart } from '../../registry/contracts/contract.ts'
import type { JsonSchema } from '../../registry/contracts/json-schema.ts'
import { serviceOfConnector } from '../../registry/service.ts'

/** Bodies that this hub prescribes, because the other side has no form of its own. Those of vendors are theirs to describe. */
const bodies: Readonly<Record<string, { readonly in: object; readonly out?: object }>> = {
  'generic-carrier': { in: carrierEvent, out: carrierRequest },
  'generic-erp': { in: erpEvent, out: erpDocument },
  'generic-wms': { in: wmsEvent, out: wmsInstruction },
}

/** What each connector takes in, and what it can be asked to do. */
export function connectorContracts(): Contract[] {
  return connectors.flatMap((connector) => [...inboundContracts(connector), ...operationContracts(connector)])
}

function inboundContracts(connector: Connector): Contract[] {
  const { id, label, kind, inbound } = connector
  if (inbound === undefined) return []
  const body = bodies[id]?.in
  return [
    {
      id: `connector:${id}.inbound`,
      kind: 'connector',
      name: `${id}.inbound`,
      about: `What ${label} sends.`,
      owner: serviceOfConnector(kind).owner,
      parts: [
        // The number of a map is raised when its meaning changes.
        { name: 'mapping', direction: 'in', schema: { const: inbound.mapping } },
        { name: 'format', direction: 'in', schema: { const: inbound.format } },
        ...(body === undefined ? [] : [part('body', 'in', body)]),
      ],
    },
  ]
}

function operationContracts(connector: Connector): Contract[] {
  const { id, label, kind, operations = {}, procedures = {} } = connector
  const out = bodies[id]?.out
  return Object.entries({ ...operations, ...procedures }).map(([name, { command, write, idempotency }]) => ({
    id: `connector:${id}.${name}`,
    kind: 'connector',
    name: `${id}.${name}`,
    about: aboutOperation(label, command),
    owner: serviceOfConnector(kind).owner,
    parts: [
      { name: 'command', direction: 'out', schema: { const: command ?? 'none' } },
      { name: 'write', direction: 'out', schema: { const: write } },
      { name: 'repetition', direction: 'out', schema: { const: idempotency?.strategy ?? 'harmless' } },
      ...(out === undefined || !write ? [] : [part('body', 'out', out)]),
    ],
  }))
}

/** What an operation of a connector is for, in a sentence. Without a command it only asks. */
export function aboutOperation(label: string, command: string | undefined): string {
  return command === undefined ? `Asks ${label}.` : `Has ${label} carry out ${command}.`
}

function part(name: string, direction: ContractPart['direction'], schema: object): ContractPart {
  return { name, direction, schema: JSON.parse(JSON.stringify(schema)) as JsonSchema }
}
