import fc from 'fast-check'
import { fromSchema, oddWord, type Resolve, type Schema } from './schema-arbitrary.ts'

interface Parameter {
  readonly name?: string
  readonly in?: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema?: Schema
  readonly $ref?: string
}

/** An operation as the document has it. */
export interface Operation {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> }
}

/** The document, as far as requests are made of it. */
export interface FuzzedDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** A request as it is sent. */
export interface FuzzedRequest {
  readonly method: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** One operation, and how to make requests to it. */
export interface Target {
  readonly operationId: string
  readonly requests: fc.Arbitrary<FuzzedRequest>
}

/** Requests to every operation: each parameter, header and member of the body as it should be, and otherwise. */
export function targetsOf(document: FuzzedDocument): readonly Target[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      operationId: operation.operationId,
      requests: requestsTo(document, { path, method: method.toUpperCase() as FuzzedRequest['method'], operation }),
    })),
  )
}

function requestsTo(
  document: FuzzedDocument,
  {
    path,
    method,
    operation,
  }: { readonly path: string; readonly method: FuzzedRequest['method']; readonly operation: Operation },
): fc.Arbitrary<FuzzedRequest> {
  const resolve: Resolve = (reference) => referred(document, reference) as Schema
  const parameters = (operation.parameters ?? []).map((one) =>
    one.$ref === undefined ? one : (referred(document, one.$ref) as Parameter),
  )
  const valuesIn = (place: Parameter['in']): fc.Arbitrary<readonly (readonly [string, string])[]> =>
    fc
      .tuple(
        ...parameters
          .filter((one) => one.in === place)
          .map(({ name = '', required, schema = {} }) =>
            fc
              .option(fc.oneof({ weight: 4, arbitrary: fromSchema(schema, resolve).map(asText) }, oddWord), {
                freq: required === true ? 12 : 1,
                nil: undefined,
              })
              .map((value) => (value === undefined ? [] : [[name, value] as const])),
          ),
      )
      .map((found) => found.flat())
  const unknown = fc.option(fc.tuple(oddWord, oddWord), { freq: 1, nil: undefined })
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? []
  const body = type === undefined ? fc.constant(undefined) : bodies(type, fromSchema(content?.schema ?? {}, resolve))
  return fc
    .record({
      path: valuesIn('path'),
      query: valuesIn('query'),
      header: valuesIn('header'),
      unknown,
      chance: fc.nat(9),
      body,
      other: otherHeaders,
    })
    .map((made) => ({
      method,
      path:
        filled(path, new Map(made.path)) +
        queryOf(made.unknown === undefined || made.chance > 0 ? made.query : [...made.query, made.unknown]),
      headers: {
        ...(type === undefined ? {} : { 'content-type': type }),
        ...Object.fromEntries(made.header.map(([name, value]) => [name.toLowerCase(), headerText(value)])),
        ...made.other,
      },
      ...(made.body === undefined ? {} : { body: made.body }),
    }))
}

/** JSON of what was made; and now and then what is no JSON, or none that a strict reader takes. */
function bodies(type: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<string | undefined> {
  if (type.includes('form'))
    return value.map((one) =>
      new URLSearchParams(
        Object.fromEntries(Object.entries(one ?? {}).map(([name, said]) => [name, asText(said)])),
      ).toString(),
    )
  const broken = fc.constantFrom(
    '',
    '{',
    '{"a":1,"a":2}',
    '[1e9999]',
    '"\\ud800"',
    'null',
    '\ufeff{}',
    '{"a":NaN}',
    `${'['.repeat(3000)}${']'.repeat(3000)}`,
  )
  return fc.oneof(
    { weight: 14, arbitrary: value.map((one) => JSON.stringify(one) ?? '') },
    { weight: 1, arbitrary: broken },
  )
}

/** Most of the time none. */
const otherHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  fc.constantFrom<Record<string, string>>(
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-encoding': 'gzip' },
    { 'content-encoding': 'br' },
    { accept: 'image/png' },
    { accept: '*/*;q=0' },
    { 'if-none-match': '*' },
    { 'if-match': 'W/"v1"' },
    { 'idempotency-key': '' },
    { 'x-forwarded-for': "'; DROP" },
    { traceparent: '00-zz-zz-00' },
    { cookie: '__Host-interline=%00; a' },
    { origin: 'null' },
  ),
)

function filled(path: string, values: ReadonlyMap<string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encoded(values.get(name) ?? 'nothing') || '%20')
}

function queryOf(values: readonly (readonly [string, string])[]): string {
  return values.length === 0 ? '' : `?${values.map((pair) => pair.map(encoded).join('=')).join('&')}`
}

/** Half of a surrogate pair cannot be written in an address. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** What a header can carry: the rest never leaves a client. */
function headerText(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 4000)
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function referred(document: FuzzedDocument, reference: string): unknown {
  const [, , kind = '', name = ''] = reference.split('/')
  return document.components[kind]?.[name]
}
