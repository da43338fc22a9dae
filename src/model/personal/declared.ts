import type { TSchema } from 'typebox'
import { type PersonalPlace, personalMember, personalPart } from '../fields/personal.ts'

/** A part that is about a person: what in it everybody sees, and where it is found. */
export interface PersonalPart {
  /** Declared members that everybody sees. */
  readonly shown: ReadonlySet<string>
  /** Declared members that are personal. */
  readonly hidden: ReadonlySet<string>
  /** Names of members that hold one, or several. */
  readonly words: ReadonlySet<string>
  /** It is one only where it has all of these members. */
  readonly has: readonly string[]
  /** What is not declared is shown, too. */
  readonly isClosed: boolean
}

/** What of all that is told and concluded is personal. */
export interface PersonalDeclaration {
  /** By the title of the part. */
  readonly parts: ReadonlyMap<string, PersonalPart>
  /** Names of members that are personal wherever they stand: no declaration uses them for anything else. */
  readonly anywhere: ReadonlySet<string>
}

type Schema = TSchema & {
  readonly title?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly [personalMember]?: true
  readonly [personalPart]?: PersonalPlace
}

interface Collected {
  readonly shown: Set<string>
  readonly hidden: Set<string>
  readonly words: Set<string>
  readonly has: readonly string[]
  readonly hides: readonly string[]
  readonly isClosed: boolean
}

/** Reads the marks of the fields in all schemas. */
export function readPersonal(schemas: readonly TSchema[]): PersonalDeclaration {
  const parts = new Map<string, Collected>()
  const hidden = new Set<string>()
  const shown = new Set<string>()
  const read = (schema: Schema, word: string): void => {
    if (schema.items !== undefined) read(schema.items, word)
    const part = partOf(parts, schema)
    if (part !== undefined && word !== '') part.words.add(word)
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      const isPersonal = member[personalMember] === true || part?.hides.includes(name) === true
      ;(isPersonal ? part?.hidden : part?.shown)?.add(name)
      // What is personal only beside certain members says nothing of the same name elsewhere.
      if (!isPersonal || (part?.has.length ?? 0) === 0) (isPersonal ? hidden : shown).add(name)
      read(member, name)
    }
  }
  for (const schema of schemas) read(schema as Schema, '')
  return { parts, anywhere: hidden.difference(shown) }
}

function partOf(parts: Map<string, Collected>, schema: Schema): Collected | undefined {
  const { [personalPart]: place, title = '' } = schema
  if (place === undefined) return undefined
  const { words = [], has = [], hides = [], isClosed = false } = place
  const part = parts.get(title) ?? { shown: new Set(), hidden: new Set(), words: new Set(words), has, hides, isClosed }
  parts.set(title, part)
  return part
}
