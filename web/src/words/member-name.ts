import type { Word } from './en.ts'
import { germanMembers } from './members-de.ts'
import { language, say, spaced } from './words.ts'

/** Members whose own names are no words: people say item, not sku. */
const memberWords: Readonly<Record<string, Word>> = {
  carrier: 'field.carrier',
  location: 'field.location',
  lot: 'field.lot',
  sku: 'field.sku',
  status: 'field.status',
  uom: 'field.uom',
}

/** A member of data for people: `requestedDelivery` becomes "requested delivery". */
export function memberName(name: string): string {
  const word = memberWords[name]
  if (word !== undefined) return say(word)
  if (language() === 'de' && Object.hasOwn(germanMembers, name)) return germanMembers[name] ?? name
  return spaced(name.replaceAll(/([a-z])([A-Z])/g, '$1 $2')).toLowerCase()
}
