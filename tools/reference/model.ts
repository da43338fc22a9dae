import { code, page, table } from '../markdown.ts'
import { fieldTable, type Links } from './fields.ts'
import { isCodeList, type Schema } from './schema.ts'

/** A lifecycle as it is shown: each status with what it means and what may follow. */
export interface Lifecycle {
  readonly about: string
  readonly first: readonly string[]
  readonly steps: readonly { readonly status: string; readonly meaning: string; readonly next: readonly string[] }[]
}

/** What the page of the objects is made of. */
export interface ModelPage {
  readonly objects: Readonly<Record<string, Schema>>
  /** Named schemas that objects hold, without the code lists. */
  readonly parts: ReadonlyMap<string, Schema>
  readonly lifecycles: Readonly<Record<string, Lifecycle>>
}

const lead =
  'The canonical objects: one language for what carriers, warehouses, shops and ERPs each call by other names. Per object: what it is, its members, the codes they may hold, and how its status may change.'
const rules = `## How to read it

- What is not required may be absent, and absent means that nobody has said. It is never a no, a zero or an empty list, unless the field says so.
- What a system reports of an order, a delivery or another of the smaller objects is kept as far as it was reported: the \`object\` of facts like \`order.changed\` need not have all its members.
- Numbers that are added or paid are text, exact to the last digit. \`integer\` and \`number\` count things or measure the earth.
- A moment is RFC 3339 with an offset. A day is a day: it has no zone.
- A decimal is such a text: \`12.50\`, \`-3\`. A hub id is a prefix, an underscore and 26 characters. All other numbers of an object are identifiers, each with who gave it.
- Codes are open lists: see [codes](codes.md). A value that is not listed is kept and means none of the listed ones.
- The same declarations are published as JSON Schema, one file per object, in \`schemas/objects\`.`

/** The reference of the objects, then of the parts that several of them hold. */
export function modelPage({ objects, parts, lifecycles }: ModelPage): string {
  const links: Links = (name, schema) => (isCodeList(schema) ? `[${name}](codes.md#${name})` : `[${name}](#${name})`)
  const common = commonMembers(Object.values(objects))
  const objectSections = Object.entries(objects).map(([name, schema]) =>
    section(name, [
      schema.description ?? '',
      ...(hasAll(schema, common)
        ? ['Besides [what every followed object has](#members-of-every-followed-object):']
        : []),
      fieldTable(hasAll(schema, common) ? without(schema, common) : schema, links),
      ...(lifecycles[name] === undefined ? [] : [lifecycleText(lifecycles[name])]),
    ]),
  )
  const partSections = [...parts]
    .filter(([name]) => objects[name] === undefined)
    .map(([name, schema]) => `### ${name}\n\n${fieldTable(schema, links)}`)
  const shared = section('Members of every followed object', [
    'What the hub follows under an id of its own has these. The prefix of the id tells the kind of object.',
    fieldTable(common, links),
  ])
  return page('Model', lead, [
    rules,
    shared,
    ...objectSections,
    '## Parts\n\nWhat several objects hold.',
    ...partSections,
  ])
}

function section(name: string, parts: readonly string[]): string {
  return [`## ${name}`, ...parts.filter((part) => part !== '')].join('\n\n')
}

function lifecycleText({ about, first, steps }: Lifecycle): string {
  const rows = steps.map(({ status, meaning, next }) => [code(status), meaning, next.map(code).join(', ')])
  return [
    `**Lifecycle.** ${about} Begins as ${first.map(code).join(', ')}.`,
    table(['status', 'meaning', 'may be followed by'], rows),
  ].join('\n\n')
}

/** Members that most objects have and that mean the same in all of them. Only the prefix of the id differs. */
function commonMembers(objects: readonly Schema[]): Schema {
  const [first = {}] = objects.filter(({ properties }) => properties?.['externalRefs'] !== undefined)
  const properties = Object.entries(first.properties ?? {}).filter(
    ([name, field]) =>
      objects.filter((one) => one.properties?.[name]?.description === field.description).length > objects.length / 2,
  )
  return {
    properties: Object.fromEntries(
      properties.map(([name, field]) => [name, name === 'id' ? { ...field, pattern: '' } : field]),
    ),
    required: first.required ?? [],
  }
}

function hasAll(schema: Schema, common: Schema): boolean {
  return Object.keys(common.properties ?? {}).every((name) => schema.properties?.[name] !== undefined)
}

function without(schema: Schema, common: Schema): Schema {
  const own = Object.entries(schema.properties ?? {}).filter(([name]) => common.properties?.[name] === undefined)
  return { ...schema, properties: Object.fromEntries(own) }
}
