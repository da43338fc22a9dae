import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { HubAnswer } from '../hub-process.ts'

interface Response {
  readonly headers?: Readonly<Record<string, unknown>>
  readonly content?: Readonly<Record<string, { readonly schema: object }>>
}

interface Operation {
  readonly operationId: string
  readonly responses: Readonly<Record<string, Response | { readonly $ref: string }>>
}

export interface OpenapiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly responses: Readonly<Record<string, Response>>
    readonly schemas: Readonly<Record<string, object>>
  }
}

/**
 * Judges answers by the document that the hub serves. An object may hold no member that the document does not name: clients tolerate
 * more, but what nobody wrote down nobody promised.
 */
export class ApiDocument {
  /** Operations that were answered well. */
  readonly succeeded = new Set<string>()
  /** Codes of the problems that were answered. */
  readonly problems = new Set<string>()
  readonly #document: OpenapiDocument
  readonly #checks = new Map<object, ValidateFunction>()
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })

  constructor(document: OpenapiDocument) {
    this.#document = document
  }

  get operations(): readonly string[] {
    return Object.values(this.#document.paths).flatMap((methods) =>
      Object.values(methods).map((one) => one.operationId),
    )
  }

  /** What is wrong with an answer; nothing when the document says the same. */
  judge(method: string, path: string, answer: HubAnswer): readonly string[] {
    const operation = this.#find(method, path)
    if (operation === undefined)
      return answer.status === 404 || answer.status === 405 ? this.#problem(answer) : [`no operation ${method} ${path}`]
    if (answer.status === 304) return answer.text === '' ? [] : ['304 with a body']
    const { responses } = operation
    const named = responses[String(answer.status)] ?? responses[`${String(answer.status)[0]}XX`]
    if (named === undefined) return [`${operation.operationId}: status ${answer.status} is not documented`]
    if ('$ref' in named) return this.#problem(answer)
    this.succeeded.add(operation.operationId)
    const missing = Object.keys(named.headers ?? {}).filter((name) => answer.headers[name.toLowerCase()] === undefined)
    return [
      ...missing.map((name) => `${operation.operationId}: the header ${name} is missing`),
      ...(method === 'HEAD' ? [] : this.#content(operation.operationId, named, answer)),
    ]
  }

  #content(name: string, { content }: Response, answer: HubAnswer): readonly string[] {
    if (content === undefined) return answer.text === '' ? [] : [`${name}: a body that is not documented`]
    const type = bare(String(answer.headers['content-type']))
    const found = Object.entries(content).find(([documented]) => bare(documented) === type)?.[1]
    if (found === undefined) return [`${name}: the media type ${type} is not documented`]
    if (type !== 'application/json') return []
    return this.#validate(name, found.schema, answer.json())
  }

  #problem(answer: HubAnswer): readonly string[] {
    const { schemas } = this.#document.components
    if (bare(String(answer.headers['content-type'])) !== 'application/problem+json')
      return ['an error that is no problem']
    const body = answer.json() as { code: string; status: number }
    this.problems.add(body.code)
    return [
      ...this.#validate('problem', schemas['Problem'] ?? {}, body),
      ...(body.status === answer.status ? [] : [`${body.code}: status ${body.status} in ${answer.status}`]),
    ]
  }

  #validate(name: string, schema: object, value: unknown): readonly string[] {
    const check =
      this.#checks.get(schema) ?? this.#ajv.compile(closed(schema, this.#document.components.schemas) as object)
    this.#checks.set(schema, check)
    if (check(value)) return []
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${name}${instancePath}: ${message} ${JSON.stringify(params)}`,
    )
  }

  #find(method: string, path: string): Operation | undefined {
    const [pathname] = path.split('?', 1)
    for (const [template, methods] of Object.entries(this.#document.paths)) {
      const fits = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]*')}$`).test(pathname ?? '')
      const operation = methods[method === 'HEAD' ? 'get' : method.toLowerCase()]
      if (fits && operation !== undefined) return operation
    }
    return undefined
  }
}

function bare(mediaType: string): string {
  return mediaType.split(';', 1)[0]?.trim() ?? ''
}

/** The schema with every object closed that does not say itself that it is open, and with what it refers to. */
function closed(schema: unknown, shared: Readonly<Record<string, object>>): unknown {
  if (Array.isArray(schema)) return schema.map((one) => closed(one, shared))
  if (typeof schema !== 'object' || schema === null) return schema
  if ('$ref' in schema) return closed(shared[String(schema.$ref).slice('#/components/schemas/'.length)], shared)
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value, shared)]))
  return 'properties' in copy && !('additionalProperties' in copy) ? { ...copy, additionalProperties: false } : copy
}
