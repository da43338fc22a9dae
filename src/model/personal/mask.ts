import { factSchemas } from '../facts/all.ts'
import { addresseeSchema } from '../notification/addressee.ts'
import { personalMessageSchema } from '../notification/personal-message.ts'
import { objectSchemas } from '../objects/all.ts'
import { batchPartsSchema, issuedDocumentSchema, writtenDocumentSchema } from '../transmission/written-document.ts'
import { type PersonalPart, readPersonal } from './declared.ts'
import { changeFreeText, type TextSchema } from './free-text.ts'

/** What stands in place of a personal value. */
export const personalMark = '***'

/** What the declarations of the model say is personal. */
export const personalDeclared = readPersonal([
  ...Object.values(objectSchemas),
  ...Object.values(factSchemas),
  addresseeSchema,
  personalMessageSchema,
  writtenDocumentSchema,
  batchPartsSchema,
  issuedDocumentSchema,
])

const { anywhere } = personalDeclared
const parts = [...personalDeclared.parts.values()].toSorted((a, b) => b.has.length - a.has.length)
/** Parts that a member of this name may hold, those that are the easiest to tell first. */
const byWord: ReadonlyMap<string, readonly PersonalPart[]> = new Map(
  parts.flatMap(({ words }) => [...words]).map((word) => [word, parts.filter(({ words }) => words.has(word))]),
)
const none: ReadonlySet<string> = new Set()

/**
 * The same with every personal value replaced by the mark: nothing is removed, so a reader sees that something is there. `also` are
 * personal members of the outermost object. The value itself is not changed.
 */
export function maskPersonal(value: unknown, also: ReadonlySet<string> = none): unknown {
  return changed(value, { word: '', also, change: blank })
}

/** The same with every free text, as the schema and the model declare it, replaced by the mark. The value itself is not changed. */
export function maskFreeText(value: unknown, schema?: TextSchema): unknown {
  return changeFreeText(value, schema, blank)
}

/** Whether somebody gives back a mark where a personal value or a free text belongs: it would overwrite what he was not shown. */
export function holdsMark(value: unknown, schema?: TextSchema): boolean {
  let found = false
  const change = (personal: unknown): unknown => {
    found ||= JSON.stringify(personal).includes(JSON.stringify(personalMark))
    return personal
  }
  changed(value, { word: '', also: none, change })
  changeFreeText(value, schema, change)
  return found
}

/** Where a personal value stands: the name of its member, and the object that holds it. */
export interface PersonalPlaceFound {
  readonly name: string
  readonly holder: Readonly<Record<string, unknown>>
}

/** What becomes of a personal value; undefined: the member goes. */
export type PersonalChange = (personal: unknown, place: PersonalPlaceFound) => unknown

/** The same with every personal value changed. The value itself is not changed. */
export function changePersonal(value: unknown, change: PersonalChange): unknown {
  return changed(value, { word: '', also: none, change })
}

interface Walk {
  /** Name of the member that holds the value. */
  readonly word: string
  readonly also: ReadonlySet<string>
  readonly change: PersonalChange
}

function changed(value: unknown, walk: Walk): unknown {
  if (Array.isArray(value)) return value.map((one) => changed(one, walk))
  if (typeof value !== 'object' || value === null) return value
  const { word, also, change } = walk
  const holder = value as Readonly<Record<string, unknown>>
  const part = byWord.get(word)?.find(({ has }) => has.every((name) => name in value))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      also.has(name) || isPersonal(name, member, part)
        ? change(member, { name, holder })
        : changed(member, { word: name, also: none, change }),
    ]),
  )
}

function isPersonal(name: string, member: unknown, part: PersonalPart | undefined): boolean {
  if (member === undefined) return false
  if (anywhere.has(name)) return true
  if (part === undefined || part.shown.has(name)) return false
  // Another part within it says itself what is personal.
  const isOther = byWord.has(name) && typeof member === 'object'
  return part.hidden.has(name) || !(part.isClosed || isOther)
}

/** Of the same shape. */
function blank(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(blank)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, blank(member)]))
  return value === null || value === '' ? value : personalMark
}
