import fc from 'fast-check'
import type { FuzzedDocument, FuzzedRequest, Operation } from '../fuzz/operations.ts'
import type { Schema } from '../fuzz/schema-arbitrary.ts'
import { type Real, ValidValues } from './valid-value.ts'

/** One operation of the document, and requests that it should take. */
export interface Drawn {
  readonly operationId: string
  readonly method: FuzzedRequest['method']
  /** With `{parameters}`. */
  readonly path: string
  /** Queries, the one with nothing but what is demanded first, then each optional parameter by itself. */
  readonly queries: readonly string[]
  /** Bodies: as little as is allowed, then all that is allowed. Undefined where there is none. */
  readonly bodies: readonly unknown[]
  readonly isForm: boolean
}

const seed = 20_260_401
const draws = 2

/** Requests to every operation of a document, drawn from its schemas and from what there really is; the same ones in every run. */
export function drawnRequests(document: FuzzedDocument, real: (operationId: string) => Real): readonly Drawn[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      operationId: operation.operationId,
      method: method.toUpperCase() as FuzzedRequest['method'],
      path,
      ...requestsOf(document, operation, real(operation.operationId)),
    })),
  )
}

function requestsOf(
  document: FuzzedDocument,
  operation: Operation,
  real: Real,
): Pick<Drawn, 'queries' | 'bodies' | 'isForm'> {
  const referred = (reference: string): unknown => {
    const [, , kind = '', name = ''] = reference.split('/')
    return document.components[kind]?.[name]
  }
  const values = new ValidValues((reference) => referred(reference) as Schema, real)
  const parameters = (operation.parameters ?? []).filter((one) => one.in === 'query')
  const sample = (schema: Schema, name: string): string => {
    const [value] = [drawn(values.of(schema, { name }))[0]].flat()
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  }
  const pair = ({ name = '', schema = {} }: (typeof parameters)[number]): string =>
    `${name}=${encodeURIComponent(sample(schema, name))}`
  const needed = parameters.filter(({ required }) => required === true).map(pair)
  const optional = parameters.filter(({ required, name }) => required !== true && name !== 'cursor')
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? []
  const body = content?.schema ?? {}
  return {
    queries: [needed, ...optional.map((one) => [...needed, pair(one)])].map((pairs) =>
      pairs.length === 0 ? '' : `?${pairs.join('&')}`,
    ),
    bodies:
      type === undefined ? [undefined] : [...drawn(values.of(body)), ...drawn(values.of(body, { isWhole: true }))],
    isForm: type?.includes('form') === true,
  }
}

function drawn<T>(arbitrary: fc.Arbitrary<T>): readonly T[] {
  return fc.sample(arbitrary, { seed, numRuns: draws })
}
