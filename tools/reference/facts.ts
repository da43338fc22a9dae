import { page } from '../markdown.ts'
import { fieldTable, type Links } from './fields.ts'
import { isCodeList, type Schema } from './schema.ts'

/** What the page of the facts is made of. */
export interface FactsPage {
  readonly facts: Readonly<Record<string, Schema>>
  /** Every named schema that facts are or hold. */
  readonly named: ReadonlyMap<string, Schema>
  /** Whether subscribers are sent it. */
  readonly isSent: (type: string) => boolean
}

const lead =
  'Everything that the hub concludes and writes to its log. A fact is in the past tense and is never changed. Each says what happened, when it is written and by whom. What stands in its `data` is one of the shapes at the end: many facts share one.'
const envelope = `## Around every fact

Subscribers get facts as CloudEvents 1.0 (\`schemas/asyncapi.json\`): \`type\` is the name below, \`subject\` the hub id of the object, \`time\` when the hub wrote it, \`effectivetime\` when it happened in the world, and \`sequence\` its place in the log. The same object's facts come in order; a repetition keeps its \`id\`. Names of members are those of the [model](model.md); lists of codes are on the page of [codes](codes.md).`

/** The reference of the facts, then of their shapes. */
export function factsPage({ facts, named, isSent }: FactsPage): string {
  const links: Links = (name, schema) => (isCodeList(schema) ? `[${name}](codes.md#${name})` : `[${name}](#${name})`)
  const sections = Object.entries(facts).map(([type, schema]) => {
    const shape = schema.title === undefined ? fieldTable(schema, links) : `Data: ${links(schema.title, schema)}.`
    const reach = isSent(type) ? '' : ' Stays in the hub: subscribers are not sent it.'
    return `## ${type}\n\n${schema.description ?? ''}${reach}\n\n${shape}`
  })
  const shapes = [...named]
    .filter(([, schema]) => !isCodeList(schema))
    .map(([name, schema]) => `### ${name}\n\n${fieldTable(schema, links) || 'Nothing: that it happened says it all.'}`)
  return page('Facts', lead, [envelope, ...sections, '## Shapes\n\nWhat stands in `data`.', ...shapes])
}
