import type { Contract } from './contract.ts'
import { envelopeContract, eventContracts, modelContract, operationContracts } from './documents.ts'
import { demandSchema, type JsonSchema, resolved, type Unfolding } from './json-schema.ts'

/** A file that describes contracts. */
export interface ContractFile {
  /** With forward slashes; the last folder says what a schema is of: `facts/order.received.json`, `objects/order.json`. */
  readonly path: string
  readonly text: string
}

/** What was in the files, and which of them say nothing about a contract. Faults are sentences with the path in front. */
export interface ReadContracts {
  readonly contracts: readonly Contract[]
  readonly passedOver: readonly string[]
  readonly faults: readonly string[]
}

/**
 * Contracts out of what others write as well: OpenAPI and AsyncAPI documents, JSON Schemas in folders `facts` and `objects`, and lists of
 * contracts as the hub keeps them.
 */
export function readContracts(files: readonly ContractFile[]): ReadContracts {
  const room = { left: valuesMost }
  const contracts: Contract[] = []
  const passedOver: string[] = []
  const faults: string[] = []
  for (const file of files) {
    try {
      const found = readFile(file, room)
      for (const { parts } of found) for (const { schema } of parts) demandSchema(schema)
      if (found.length === 0) passedOver.push(file.path)
      contracts.push(...found)
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error
      faults.push(`${file.path}: ${error.message}`)
    }
  }
  return { contracts, passedOver, faults }
}

/** In all schemas of all files, with what they refer to: several times as many as everything that the hub publishes. */
const valuesMost = 1_000_000

function readFile({ path, text }: ContractFile, room: Unfolding['room']): readonly Contract[] {
  const root = JSON.parse(text) as unknown
  if (typeof root !== 'object' || root === null) return []
  const document: Unfolding = { root, room }
  if ('openapi' in root) return operationContracts(document)
  if ('asyncapi' in root) return [envelopeContract(document), ...eventContracts(document)]
  if ('contracts' in root && Array.isArray(root.contracts))
    return root.contracts.filter(isContract).map((one) => withSchemas(one, document))
  const [, folder, name] = /(?:^|\/)(facts|objects)\/([\w.-]+)\.json$/.exec(path) ?? []
  if (folder === undefined || name === undefined) return []
  return [modelContract(folder === 'facts' ? 'fact' : 'object', name, document)]
}

function isContract(value: unknown): value is Contract {
  if (typeof value !== 'object' || value === null) return false
  const { id, kind, name, parts } = value as Readonly<Record<string, unknown>>
  const isPart = (one: unknown): boolean =>
    typeof one === 'object' && one !== null && 'name' in one && 'direction' in one && 'schema' in one
  return [id, kind, name].every((one) => typeof one === 'string') && Array.isArray(parts) && parts.every(isPart)
}

/** Lists of contracts name schemas that several share. */
function withSchemas(contract: Contract, document: Unfolding): Contract {
  const parts = contract.parts.map((part) => ({ ...part, schema: resolved(part.schema, document) as JsonSchema }))
  return { ...contract, parts }
}
