import { innerSchemas, type Schema } from '../tools/reference/schema.ts'

/**
 * Fields and codes that a reader learns nothing about: `path: what is wrong`. A description that only says the name again is as good
 * as none: "Seq." tells neither what is counted nor from where.
 */
export function meaningless(schema: Schema, path: string): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    judged(field.description, name, `${path}.${name}`),
  )
  const codes = (schema.anyOf ?? []).flatMap((one) =>
    typeof one.const === 'string' ? judged(one.description, one.const, `${path}=${one.const}`) : [],
  )
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    meaningless(field, `${path}.${name}`),
  )
  const others = innerSchemas({ ...schema, properties: {} }).flatMap((one) => meaningless(one, `${path}[]`))
  return [...own, ...codes, ...below, ...others]
}

function judged(description: string | undefined, name: string, path: string): string[] {
  if (description === undefined || description.trim() === '') return [`${path}: nothing is said about it`]
  if (!description.endsWith('.')) return [`${path}: no sentence: ${description}`]
  return isNameAgain(description, name) ? [`${path}: only says its name again: ${description}`] : []
}

/** Whether a description holds no word but those of the name and those that every description could have. */
export function isNameAgain(description: string, name: string): boolean {
  const known = new Set(wordsOf(name))
  return wordsOf(description).every((word) => known.has(word) || empty.has(word))
}

/** Lower case, without the plural s: `shipmentIds` are shipment and id. */
function wordsOf(text: string): string[] {
  const apart = text.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return (apart.match(/[a-z0-9]+/g) ?? []).map((word) => (word.length > 3 ? word.replace(/s$/, '') : word))
}

/** Words that every description could have. */
const empty: ReadonlySet<string> = new Set(
  'a an the of its it this that which is are was be in on at as and or for to by with from any one id hub exact decimal text value object field state machine status known given'.split(
    ' ',
  ),
)
