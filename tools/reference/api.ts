import { code, page, table } from '../markdown.ts'

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema?: Schema
}
interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
}
interface Body {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>
}
interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly string[]
  readonly parameters?: readonly (Parameter & { readonly $ref?: string })[]
  readonly requestBody?: Body
  readonly responses: Readonly<Record<string, Body & { readonly description?: string; readonly $ref?: string }>>
  readonly 'x-scope'?: string
}
/** What is needed of the document that the hub serves as `/openapi.json`. */
export interface Api {
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly parameters?: Readonly<Record<string, Parameter>> }
}

/** A page for each tag, and one that lists every operation. */
export function apiPages(api: Api): { readonly path: string; readonly text: string }[] {
  const all = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const of = (tag: string): typeof all => all.filter(({ operation }) => operation.tags[0] === tag)
  const overview = api.tags.map(({ name }) =>
    [
      `## ${name}`,
      table(
        ['operation', 'does', 'scope'],
        of(name).map(({ path, method, operation }) => [
          `[${code(`${method} ${path}`)}](${fileOf(name)}#${operation.operationId.toLowerCase()})`,
          operation.summary,
          code(operation['x-scope'] ?? ''),
        ]),
      ),
    ].join('\n\n'),
  )
  const index = page(
    'Every operation',
    `${all.length} operations, from the declarations that validate, guard and limit them. The same is in \`/openapi.json\`, which a running hub serves. How to send, page and repeat: [the HTTP interface](../../guides/http.md).`,
    overview,
  )
  return [
    { path: 'README.md', text: index },
    ...api.tags.map(({ name }) => ({
      path: fileOf(name),
      text: page(
        `Operations: ${name}`,
        `From [every operation](README.md).`,
        of(name).map((one) => section(one, api)),
      ),
    })),
  ]
}

function fileOf(tag: string): string {
  return `${tag.replaceAll(/\W+/g, '-')}.md`
}

function section(
  { path, method, operation }: { path: string; method: string; operation: Operation },
  api: Api,
): string {
  const parameters = (operation.parameters ?? []).map((one) =>
    one.$ref === undefined ? one : (api.components.parameters?.[last(one.$ref)] ?? one),
  )
  const body = Object.entries(operation.requestBody?.content ?? {})
  return [
    `## ${operation.operationId}`,
    `${code(`${method} ${path}`)}${operation['x-scope'] === undefined ? '' : ` · scope ${code(operation['x-scope'])}`}`,
    `${operation.summary}.${operation.description === undefined ? '' : ` ${operation.description}`}`,
    ...(parameters.length === 0 ? [] : [table(['parameter', 'in', 'what'], parameters.map(parameterRow))]),
    ...body.flatMap(([type, { schema }]) => [`Body ${code(type)}:`, members(schema)].filter((text) => text !== '')),
    ...answers(operation),
  ].join('\n\n')
}

function parameterRow({ name, in: place, required, schema }: Parameter): string[] {
  return [code(name), `${place}${required === true ? ', needed' : ''}`, schema?.description ?? kind(schema)]
}

/** What comes back: the members of a success, and which errors there are. */
function answers({ responses }: Operation): string[] {
  const good = Object.entries(responses).filter(([status]) => /^[23]/.test(status))
  const bad = Object.keys(responses).filter((status) => /^[45]/.test(status))
  const errors = bad.length === 0 ? [] : [`Errors: ${bad.map(code).join(', ')} as [problems](../errors.md).`]
  const told = good.flatMap(([status, { content }]) =>
    Object.entries(content ?? {}).length === 0
      ? [`Answer ${code(status)}, nothing more.`]
      : Object.entries(content ?? {}).flatMap(([type, { schema }]) =>
          [`Answer ${code(status)} ${code(type)}:`, members(schema)].filter((text) => text !== ''),
        ),
  )
  return [...told, ...errors]
}

/** Members as rows; those of objects inside with a dot, of lists with brackets. */
function members(schema: Schema | undefined): string {
  const rows = [...walk(schema, '', 0)]
  return rows.length === 0 ? '' : table(['member', 'type', 'what'], rows)
}

const deepest = 4

function* walk(schema: Schema | undefined, path: string, depth: number): Generator<string[]> {
  if (schema === undefined || depth > deepest) return
  if (schema.items !== undefined && schema.properties === undefined)
    return yield* walk(schema.items, `${path}[]`, depth)
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const at = path === '' ? name : `${path}.${name}`
    const needed = schema.required?.includes(name) === true ? '' : ', optional'
    yield [code(at), `${kind(member)}${needed}`, member.description ?? '']
    yield* walk(member, at, depth + 1)
  }
}

function kind(schema: Schema | undefined): string {
  if (schema === undefined) return ''
  if (schema.$ref !== undefined) return last(schema.$ref)
  if (schema.const !== undefined) return code(JSON.stringify(schema.const))
  if (schema.enum !== undefined) return schema.enum.map((one) => code(String(one))).join(' or ')
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(kind))].join(' or ')
  if (schema.items !== undefined) return `list of ${kind(schema.items) || 'anything'}`
  return typeof schema.type === 'string' ? schema.type : (schema.type?.join(' or ') ?? 'anything')
}

function last(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1)
}
