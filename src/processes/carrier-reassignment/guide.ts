import { compare, isDecimal, multiply } from '../../base/decimal.ts'
import type { Scope } from '../engine/scope.ts'
import { type Known, unwilling } from './known.ts'

/** A carrier of the routing guide, in the order in which they are asked. */
export interface GuideEntry {
  readonly carrier: string
  /** What it costs, decimal text, all in one currency. Absent: not known, and then never too dear. */
  readonly cost?: string
}

/** `routingGuide` of the tenant's policy; empty where none is set. */
export function routingGuide({ policies }: Scope<Known>): readonly GuideEntry[] {
  const { routingGuide: set } = policies
  if (!Array.isArray(set)) return []
  return (set as unknown[]).flatMap((one): GuideEntry[] => {
    const { carrier, cost } = (one ?? {}) as Record<string, unknown>
    if (typeof carrier !== 'string') return []
    return [isDecimal(cost) ? { carrier, cost } : { carrier }]
  })
}

/** The first who has not said no and was not passed over. Undefined: all of them did, or as many as may be asked. */
export function nextCarrier(scope: Scope<Known>): GuideEntry | undefined {
  const no = unwilling(scope.known)
  const { skipped = [] } = scope.chosen as { readonly skipped?: readonly string[] }
  const asked = new Set([...no, ...skipped])
  if (asked.size >= scope.policy('tendersMax', 5)) return undefined
  return routingGuide(scope).find(({ carrier }) => !asked.has(carrier))
}

/** Whether he costs more than the first of the guide by more than what is allowed, in percent. */
export function isDear(scope: Scope<Known>): boolean {
  const [first] = routingGuide(scope)
  const next = nextCarrier(scope)
  if (first?.cost === undefined || next?.cost === undefined) return false
  const percent = 100 + scope.policy('dearerPercent', 15)
  return compare(multiply(next.cost, '100'), multiply(first.cost, `${percent}`)) > 0
}
