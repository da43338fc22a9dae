import type { TSchema } from 'typebox'
import { readInstant } from '../../base/instant.ts'
import { factSchemas } from '../facts/all.ts'
import { freeTextMember, gatheredMember, personalMember } from '../fields/personal.ts'
import { objectSchemas } from '../objects/all.ts'
import { phoneDigits } from './likeness.ts'

/** A schema, as far as free text is looked for in it. */
export type TextSchema = TSchema & {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, TextSchema>>
  readonly patternProperties?: Readonly<Record<string, TextSchema>>
  readonly additionalProperties?: TextSchema | boolean
  readonly items?: TextSchema
  readonly anyOf?: readonly TextSchema[]
  readonly [freeTextMember]?: true
  readonly [gatheredMember]?: true
  readonly [personalMember]?: true
}

/** What of all that is told and concluded is free text. */
export interface FreeTextDeclaration {
  /** Names of the members. */
  readonly names: ReadonlySet<string>
  /** Values by which a member of such a name is a code of ours, and no text. */
  readonly codes: ReadonlyMap<string, ReadonlySet<unknown>>
  /** Names of members that nowhere are free text or personal. */
  readonly plain: ReadonlySet<string>
}

/** What the declarations of the model say is free text. */
export const freeTextDeclared = readFreeText([...Object.values(objectSchemas), ...Object.values(factSchemas)])

/** What senders call such members where their words are kept as they came. Without case and what joins words. */
const sendersWords =
  /^(?:.*(?:comments?|remarks?|instructions?|freetext)|(?:gift|personal)message|memo|(?:customer|driver|internal|order)?notes?)$/

/**
 * The same with every free text changed. Where the schema says what a member is, the schema decides; where anything may stand, the names
 * of the model do, and what senders usually call such members. The value itself is not changed.
 */
export function changeFreeText(
  value: unknown,
  schema: TextSchema | undefined,
  change: (text: unknown) => unknown,
): unknown {
  return changed(value, schema === undefined ? [] : [schema], change)
}

/** What is known of a place: nothing, where the schemas leave it open. */
type Known = readonly TextSchema[]

function changed(value: unknown, known: Known, change: (text: unknown) => unknown): unknown {
  if (Array.isArray(value)) {
    const items = branches(known).flatMap((one) => one.items ?? [])
    return value.map((one) => changed(one, items, change))
  }
  if (typeof value !== 'object' || value === null) return value
  const whole = branches(known)
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const declared = whole.flatMap((one) => memberOf(one, name))
      const isText =
        declared.length === 0
          ? isNamedText(name, member)
          : declared.some((one) => one[freeTextMember] === true) && !isCode(name, member)
      if (!isText && declared.some((one) => one[gatheredMember] === true)) return [name, sifted(member, name, change)]
      return [name, isText ? change(member) : changed(member, declared, change)]
    }),
  )
}

/** What is known of a case, with every text changed of which it is not certain that it names nobody. */
function sifted(value: unknown, name: string, change: (text: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => sifted(one, name, change))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([member, one]) => [
        member,
        isNamedText(member, one) ? change(one) : sifted(one, member, change),
      ]),
    )
  }
  return typeof value !== 'string' || namesNobody(name, value) ? value : change(value)
}

/** A word under a name of the model, an instant, a figure, a hub id, or the number of a document. */
function namesNobody(name: string, text: string): boolean {
  if (freeTextDeclared.plain.has(name) && !/[\s@]/.test(text)) return true
  return readInstant(text) !== undefined || (numbered.test(text) && phoneDigits(text) === undefined)
}

/** Figures, days, hub ids and numbers of documents: a digit, and no small letters but those of an id. */
const numbered = /^(?:[a-z]{3}_[0-9A-Za-z]{1,56}|(?=[^0-9]*[0-9])[0-9A-Z._/:#-]{1,60})$/

function branches(known: Known): Known {
  return known.flatMap((one) => (one.anyOf === undefined ? [one] : [one, ...branches(one.anyOf)]))
}

function memberOf({ properties = {}, patternProperties = {}, additionalProperties }: TextSchema, name: string): Known {
  if (Object.hasOwn(properties, name)) return properties[name] === undefined ? [] : [properties[name]]
  const rest = typeof additionalProperties === 'object' ? [additionalProperties] : []
  // A member of a map has a name that is data, so nothing is concluded from it.
  return [...Object.values(patternProperties), ...rest].filter((one) => !isOpen(one))
}

/** Anything may stand there. */
function isOpen(schema: TextSchema): boolean {
  return schema.type === undefined && schema.anyOf === undefined && schema.enum === undefined && !('const' in schema)
}

function isNamedText(name: string, member: unknown): boolean {
  const isNamed = freeTextDeclared.names.has(name) || sendersWords.test(name.replaceAll(/[^a-z]/gi, '').toLowerCase())
  return isNamed && !isCode(name, member)
}

function isCode(name: string, member: unknown): boolean {
  return freeTextDeclared.codes.get(name)?.has(member) === true
}

/** Reads the marks of the fields in all schemas. */
export function readFreeText(schemas: readonly TSchema[]): FreeTextDeclaration {
  const names = new Set<string>()
  const codes = new Map<string, Set<unknown>>()
  const all = new Set<string>()
  const personal = new Set<string>()
  const read = (schema: TextSchema, name: string): void => {
    all.add(name)
    if (schema[freeTextMember] === true) names.add(name)
    if (schema[personalMember] === true) personal.add(name)
    for (const one of schema.anyOf ?? []) {
      if (one.const !== undefined) codes.set(name, (codes.get(name) ?? new Set()).add(one.const))
      read(one, name)
    }
    if (schema.items !== undefined) read(schema.items, name)
    for (const [member, one] of Object.entries(schema.properties ?? {})) read(one, member)
  }
  for (const schema of schemas) read(schema as TextSchema, '')
  return { names, codes, plain: all.difference(names).difference(personal) }
}
