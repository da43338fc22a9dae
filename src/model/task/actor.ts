import type { Actor } from './report.ts'

/** `<key>` or `<key>/<person>`: who did it, for people. */
export function actorText({ key, person }: Actor): string {
  return person === undefined ? key : `${key}/${person}`
}

/**
 * Whether two approvals come from one person. A key stands for one person unless it names each time who uses it; the same name is the
 * same person, whichever key it comes with.
 */
export function isSamePerson(one: Actor, other: Actor): boolean {
  const [first, second] = [nameOf(one), nameOf(other)]
  if (first !== undefined && second !== undefined) return first === second
  return one.key === other.key
}

function nameOf({ person }: Actor): string | undefined {
  return person?.trim().toLowerCase().replace(/\s+/g, ' ')
}
