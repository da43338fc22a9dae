import { Type } from 'typebox'
import { bulkOperations, serviceOfTag } from '../../registry/service.ts'
import { scopes } from '../access/principal.ts'
import { type Route, repeatable } from '../route.ts'
import { isList } from '../shown/csv-export.ts'
import { envelope } from './asyncapi.ts'

const problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  instance: Type.String(),
  code: Type.String(),
  traceId: Type.String(),
  retryable: Type.Boolean(),
  nextAction: Type.String(),
  'violated-policies': Type.Optional(
    Type.Array(Type.String(), { description: 'Names of the quotas that are used up.' }),
  ),
  errors: Type.Optional(
    Type.Array(Type.Object({ pointer: Type.String(), detail: Type.String(), code: Type.String() })),
  ),
})

/** The OpenAPI 3.1 document of these routes: made of the same declarations that validate, guard and limit them. */
export function openapi(
  routes: readonly Route[],
  about: { readonly version: string; readonly url: string },
): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  const shared: Record<string, unknown> = {}
  for (const route of routes.toSorted((a, b) => (a.path + a.method < b.path + b.method ? -1 : 1))) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Interline',
      version: about.version,
      summary: 'Logistics integration hub',
      description: 'Any format in, one canonical language, every system told exactly as often as it must be.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: about.url }],
    tags: [...new Set(routes.map(({ tag }) => tag))].toSorted().map((name) => ({ name })),
    paths: referring(paths, shared),
    webhooks: { fact: webhook },
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: `API key. Scopes: ${scopes.join(', ')}.` },
        oauth: {
          type: 'oauth2',
          description: 'A token of this hub, for systems and partners.',
          flows: {
            clientCredentials: {
              tokenUrl: '/oauth/token',
              scopes: Object.fromEntries(scopes.map((scope) => [scope, ''])),
            },
          },
        },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-interline', description: 'A person who signed in.' },
      },
      schemas: { Problem: problem, Event: envelope, ...shared },
      responses: {
        Problem: {
          description: 'An error from the table, RFC 9457.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      parameters: headersSent,
      headers: {
        RateLimit: { description: 'What is left of the quota, RFC 9651 list.', schema: { type: 'string' } },
        RateLimitPolicy: { description: 'The quota.', schema: { type: 'string' } },
      },
    },
  }
}

/** Headers that many operations take. */
const headersSent = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'The first answer to a key is kept and given again.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  OptionalIdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: repeatable.sets,
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The ETag that the change is based on.',
    schema: { type: 'string' },
  },
}

/** A schema with a title is written once, whoever uses it; `shared` takes it. */
function referring(schema: unknown, shared: Record<string, unknown>): unknown {
  if (Array.isArray(schema)) return schema.map((one) => referring(one, shared))
  if (typeof schema !== 'object' || schema === null) return schema
  const { title } = schema as { readonly title?: unknown }
  if (typeof title === 'string' && shared[title] !== undefined) return { $ref: `#/components/schemas/${title}` }
  if (typeof title === 'string') shared[title] = true
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, referring(value, shared)]))
  if (typeof title !== 'string') return copy
  shared[title] = copy
  return { $ref: `#/components/schemas/${title}` }
}

/** What subscribers get; the types of events are in asyncapi.json. */
const webhook = {
  post: {
    operationId: 'receiveFact',
    summary: 'A fact, as a structured CloudEvent signed by Standard Webhooks',
    tags: ['subscriptions'],
    security: [],
    parameters: [
      ['webhook-id', 'Of the event; the same on every attempt.'],
      ['webhook-timestamp', 'Seconds since 1970 of this attempt.'],
      ['webhook-signature', 'One signature for each secret that is valid now, separated by spaces.'],
    ].map(([name, description]) => ({ name, in: 'header', required: true, description, schema: { type: 'string' } })),
    requestBody: {
      required: true,
      content: { 'application/cloudevents+json': { schema: { $ref: '#/components/schemas/Event' } } },
    },
    responses: {
      '2XX': { description: 'Taken.' },
      '410': { description: 'Never again: the subscription is disabled.' },
      '4XX': { description: 'Tried again by schedule.' },
    },
  },
}

function operation(route: Route): Record<string, unknown> {
  const open = route.scope === 'public'
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.tag],
    security: open
      ? []
      : [
          { key: [] },
          {
            oauth:
              route.scope === 'signed-in' ? [] : [route.scope, ...(route.personal === true ? ['personal:read'] : [])],
          },
          { session: [] },
        ],
    'x-scope': route.scope,
    ...promised(route),
    ...deprecated(route),
    ...repetition(route),
    parameters: parameters(route),
    ...(requestBody(route) === undefined ? {} : { requestBody: requestBody(route) }),
    responses: {
      [route.answer.status]: {
        description: 'Success.',
        ...(open
          ? {}
          : {
              headers: {
                RateLimit: { $ref: '#/components/headers/RateLimit' },
                'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
              },
            }),
        ...content(route),
      },
      '4XX': refused(route),
      '5XX': { $ref: '#/components/responses/Problem' },
    },
  }
}

/** Who answers for it, and what is promised. */
function promised({ tag, operationId }: Route): Record<string, unknown> {
  const { id, owner, tier, criticality } = serviceOfTag(tag)
  const latency = latencyOf(tag, operationId)
  return { 'x-service': { id, owner, tier, criticality, latency } }
}

/** How fast an operation answers. */
export function latencyOf(tag: string, operationId: string): 'interactive' | 'realtime' | 'bulk' {
  if (bulkOperations.includes(operationId)) return 'bulk'
  return tag === 'inbound' || tag === 'stream' ? 'realtime' : 'interactive'
}

/** What becomes of the same request sent twice. */
function repetition({ method, repeatable: why }: Route): Record<string, unknown> {
  if (method === 'GET') return {}
  return { 'x-repetition': why === undefined ? 'The first answer is kept and given again.' : repeatable[why] }
}

function deprecated(route: Route): Record<string, unknown> {
  return route.deprecated === undefined ? {} : { deprecated: true, 'x-deprecation': route.deprecated }
}

function refused({ form }: Route): Record<string, unknown> {
  if (form === undefined) return { $ref: '#/components/responses/Problem' }
  const problem = { schema: { $ref: '#/components/schemas/Problem' } }
  const content = { 'application/json': { schema: form.refused }, 'application/problem+json': problem }
  return { description: 'Refused, in the words of the standard; before it came to that, as everywhere.', content }
}

function content(route: Route): Record<string, unknown> {
  const { schema, mediaType } = route.answer
  if (schema === undefined && mediaType === undefined) return {}
  const csv = { schema: { type: 'string', description: 'All rows of all pages; the members are the columns.' } }
  return {
    content: {
      [mediaType ?? 'application/json']: { schema: schema ?? { type: 'string' } },
      ...(isList(route) ? { 'text/csv': csv } : {}),
    },
  }
}

function requestBody(route: Route): Record<string, unknown> | undefined {
  if (route.operationId === 'acceptInbound')
    return {
      required: true,
      content: {
        '*/*': { schema: { description: 'Any bytes; CloudEvents in binary, structured and batch mode; NDJSON.' } },
      },
    }
  if (route.form !== undefined)
    return { required: true, content: { 'application/x-www-form-urlencoded': { schema: route.form.members } } }
  return route.body === undefined
    ? undefined
    : { required: true, content: { 'application/json': { schema: route.body } } }
}

function parameters(route: Route): Record<string, unknown>[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const required = new Set<string>(route.query?.required ?? [])
  const inQuery = Object.entries(route.query?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.has(name),
    schema,
  }))
  return [
    ...inPath,
    ...inQuery,
    ...Object.entries(route.headers ?? {}).map(([name, description]) => ({
      ...{ name, in: 'header', description },
      schema: { type: 'string' },
    })),
    ...(route.idempotent === true ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
    ...(route.repeatable === 'sets' ? [{ $ref: '#/components/parameters/OptionalIdempotencyKey' }] : []),
    ...(route.conditional === true ? [{ $ref: '#/components/parameters/IfMatch' }] : []),
  ]
}
