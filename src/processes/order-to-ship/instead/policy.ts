import type { Scope } from '../../engine/scope.ts'
import type { Known } from '../known.ts'

/** What may be done about goods that are not found, in the order in which a tenant wants it tried. */
export const shortWays = ['substitute', 'other_node', 'backorder', 'cancel', 'ask'] as const
/** One of them. */
export type ShortWay = (typeof shortWays)[number]

/** The words of the policy `shortPick`: `substitute, other_node, ask`. */
export function readChain(policy: string): readonly string[] {
  return policy.split(/[\s,]+/).filter((word) => word !== '')
}

/** What is wrong with such a policy; undefined where nothing is. */
export function chainProblem(policy: unknown): string | undefined {
  const words = typeof policy === 'string' ? readChain(policy) : []
  const isKnown = words.every((word) => shortWays.some((way) => way === word))
  if (words.length === 0 || !isKnown || new Set(words).size !== words.length)
    return `expected some of ${shortWays.join(', ')}, each once, in the order in which they are tried.`
  return undefined
}

/** What the tenant wants tried, one after the other. What is not understood is for a person. */
export function chainOf(scope: Scope<Known>): readonly ShortWay[] {
  const set = scope.policy('shortPick', 'backorder')
  return chainProblem(set) === undefined ? (readChain(set) as readonly ShortWay[]) : ['ask']
}
