import { serviceOfEntity, serviceOfTag } from '../service.ts'
import type { Contract, ContractPart } from './contract.ts'
import { type JsonSchema, pointed, resolved, type Unfolding } from './json-schema.ts'

type Members = Readonly<Record<string, unknown>>

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** One contract for each operation of an OpenAPI document. Throws RangeError for one whose references lead nowhere. */
export function operationContracts(document: Unfolding): Contract[] {
  return Object.entries(members(members(document.root)['paths'])).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = members(members(item)[method])
      return typeof operation['operationId'] === 'string'
        ? [operationContract(document, { method, path, operation })]
        : []
    }),
  )
}

function operationContract(
  document: Unfolding,
  { method, path, operation }: { readonly method: string; readonly path: string; readonly operation: Members },
): Contract {
  const name = String(operation['operationId'])
  const [tag = ''] = list(operation['tags']).map(String)
  return {
    id: `operation:${name}`,
    kind: 'operation',
    name,
    about: words(operation['summary']),
    owner: serviceOfTag(tag).owner,
    parts: [
      { name: 'address', direction: 'in', schema: { const: `${method.toUpperCase()} ${path}` } },
      { name: 'scope', direction: 'in', schema: { const: operation['x-scope'] ?? 'public' } },
      ...parameterParts(document, operation),
      ...bodyParts(document, operation),
      ...answerParts(document, operation),
    ],
  }
}

/** Headers and query, each as an object: closed, because what is not declared is refused. */
function parameterParts(document: Unfolding, operation: Members): ContractPart[] {
  const parameters = list(operation['parameters']).map((one) => members(resolved(one, document)))
  return (['header', 'query'] as const).map((place) => {
    const own = parameters.filter((one) => one['in'] === place)
    return {
      name: place,
      direction: 'in',
      schema: {
        type: 'object',
        properties: Object.fromEntries(own.map((one) => [String(one['name']), one['schema'] ?? {}])),
        required: own.filter((one) => one['required'] === true).map((one) => String(one['name'])),
        ...(place === 'query' ? { additionalProperties: false } : {}),
      },
    }
  })
}

function bodyParts(document: Unfolding, operation: Members): ContractPart[] {
  const content = Object.values(members(members(operation['requestBody'])['content']))[0]
  const schema = members(content)['schema']
  return schema === undefined ? [] : [{ name: 'body', direction: 'in', schema: schemaOf(schema, document) }]
}

/** What is said when all went well: status, media type and body together. */
function answerParts(document: Unfolding, operation: Members): ContractPart[] {
  const [status, response] =
    Object.entries(members(operation['responses'])).find(([code]) => code.startsWith('2')) ?? []
  if (status === undefined) return []
  const [type, content] = Object.entries(members(members(response)['content']))[0] ?? []
  const body = members(content)['schema']
  return [
    {
      name: 'answer',
      direction: 'out',
      schema: {
        type: 'object',
        required: ['status', 'type', 'body'],
        properties: {
          status: { const: Number(status) },
          type: { const: type ?? 'none' },
          body: body === undefined ? true : schemaOf(body, document),
        },
      },
    },
  ]
}

/** One contract for each type of event in an AsyncAPI document. */
export function eventContracts(document: Unfolding): Contract[] {
  const messages = members(members(members(document.root)['components'])['messages'])
  return Object.values(messages).map((message) => {
    const { name, description, payload } = members(message)
    const [, own] = list(members(payload)['allOf'])
    const data = members(members(own)['properties'])['data']
    const type = String(name)
    return {
      id: `event:${type}`,
      kind: 'event',
      name: type,
      about: words(description),
      owner: serviceOfEntity(entityOf(type)).owner,
      parts: [
        { name: 'type', direction: 'out', schema: { const: type } },
        { name: 'data', direction: 'out', schema: schemaOf(data, document) },
      ],
    }
  })
}

/** The envelope that all events share, as a contract of its own. */
export function envelopeContract(document: Unfolding): Contract {
  const envelope = pointed(document.root, '#/components/schemas/Envelope')
  return {
    id: 'event:envelope',
    kind: 'event',
    name: 'envelope',
    about: 'CloudEvents attributes that every event has.',
    owner: serviceOfTag('subscriptions').owner,
    parts: [{ name: 'envelope', direction: 'out', schema: schemaOf(envelope, document) }],
  }
}

/** The contract of a canonical object or fact: it is kept, so old and new must read each other. */
export function modelContract(kind: 'object' | 'fact', name: string, document: Unfolding): Contract {
  const { root: schema } = document
  return {
    id: `${kind}:${name}`,
    kind,
    name,
    about: words(members(schema)['description']),
    owner: serviceOfEntity(entityOf(name)).owner,
    parts: [{ name: 'data', direction: 'both', schema: schemaOf(schema, document) }],
  }
}

/** `shipment` of `shipment.delivered`. */
export function entityOf(name: string): string {
  return name.split('.', 1)[0] ?? name
}

function schemaOf(schema: unknown, document: Unfolding): JsonSchema {
  return resolved(schema, document) as JsonSchema
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function members(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
