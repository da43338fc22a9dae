/**
 * Reading of the hub's answers by the command line. Lenient on purpose: members that we do not know are tolerated and shown, members
 * that are missing are empty, because hub and command line may be of different releases.
 */
export type Answer = Readonly<Record<string, unknown>>

export function recordOf(value: unknown): Answer {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

export function recordsOf(value: unknown): readonly Answer[] {
  return Array.isArray(value) ? value.map(recordOf) : []
}

export function textOf(answer: Answer, name: string): string {
  const value = answer[name]
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}

export function numberOf(answer: Answer, name: string): number {
  const value = answer[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}
