/**
 * Reading of the hub's answers by the command line. Lenient on purpose: members that we do not know are tolerated and shown, members
 * that are missing are empty, because hub and command line may be of different releases.
 */
export type Answer = Readonly<Record<string, unknown>>

/** The members of an object; none where it is anything else. */
export function recordOf(value: unknown): Answer {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

/** The rows of a list; none where it is anything else. */
export function recordsOf(value: unknown): readonly Answer[] {
  return Array.isArray(value) ? value.map(recordOf) : []
}

/** A member for people: texts as they are, all else as JSON, empty where it is missing. */
export function textOf(answer: Answer, name: string): string {
  const value = answer[name]
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}

/** A member that counts something; 0 where it is missing, which a hub of another release may mean by that. */
export function numberOf(answer: Answer, name: string): number {
  const value = answer[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}
