/**
 * What somebody is known by: enough to find them wherever they are named. Values as they were found; comparing ignores case, and what
 * people put between the digits of a number.
 */
export interface Likeness {
  /** Who asks for it gave these: each of them alone is the person. */
  readonly sure: readonly string[]
  /** E-mail addresses and phone numbers that stood beside a name of theirs: others may share them. */
  readonly reached: readonly string[]
  readonly names: readonly string[]
  /** Lines of addresses, without town and postal code. */
  readonly streets: readonly string[]
  readonly postcodes: readonly string[]
  /** Objects that they have a part in, by their hub ids and the numbers that people know. */
  readonly objects: readonly string[]
}

/** Where every search for somebody begins. */
export const noLikeness: Likeness = { sure: [], reached: [], names: [], streets: [], postcodes: [], objects: [] }

/** What two say of the same person; each value once, in the order in which it was found. */
export function joined(one: Likeness, other: Likeness): Likeness {
  const both = (name: keyof Likeness): readonly string[] => unique([...one[name], ...other[name]])
  const [sure, reached, names] = [both('sure'), both('reached'), both('names')]
  const [streets, postcodes, objects] = [both('streets'), both('postcodes'), both('objects')]
  return { sure, reached, names, streets, postcodes, objects }
}

/** Whether a search found nothing more: it only ever adds, so that as many values are the same values. */
export function isSameLikeness(one: Likeness, other: Likeness): boolean {
  return (Object.keys(one) as (keyof Likeness)[]).every((name) => one[name].length === other[name].length)
}

/** A value as it is compared: without case and double spaces; of a phone number the digits. */
export function plainValue(value: string): string {
  const digits = phoneDigits(value)
  return digits ?? value.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

/** The digits of what can only be a phone number; undefined for everything else. */
export function phoneDigits(value: string): string | undefined {
  if (!/^\s*\+?[\d\s().\-/]{7,40}$/.test(value)) return undefined
  const digits = value.replaceAll(/\D/g, '').replace(/^00/, '')
  return digits.length >= 7 && digits.length <= 15 ? digits : undefined
}

function unique(values: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  return values.filter((value) => {
    const plain = plainValue(value)
    if (plain === '' || seen.has(plain)) return false
    seen.add(plain)
    return true
  })
}
