import { add, compare, isZero, subtract } from '../../../base/decimal.ts'
import { writeInstant } from '../../../base/instant.ts'
import type { Derived, TimerChange } from '../../fact.ts'
import type { Draft } from '../draft.ts'
import { timerPrefix } from './decide.ts'
import { type Demand, heldFor, missingOf } from './demand.ts'
import { end } from './end.ts'
import { put } from './hold.ts'
import { serve, shortage, takeBack } from './serve.ts'
import { told } from './told.ts'

/** After every change of stock or demand: what is not there is taken back, what is free is given away, and everybody concerned is told. */
export function settleDemand(draft: Draft): {
  readonly facts: readonly Derived[]
  readonly timers: readonly TimerChange[]
} {
  const { before } = draft
  const wasOpen = before.demands ?? {}
  const isMoved = draft.weighed.size > 0 || draft.touched.size > 0 || draft.asking.size > 0
  if (isMoved && Object.keys(draft.demands).length > 0) {
    takeBack(draft)
    serve(draft)
  }
  const facts: Derived[] = []
  for (const [id, demand] of Object.entries(draft.demands)) {
    const known = wasOpen[id]
    if (known === demand && !draft.asking.has(id)) continue
    facts.push(...news(draft, { id, demand, known }))
  }
  return { facts: [...facts, ...overcommitted(draft)], timers: timersOf(wasOpen, draft.demands) }
}

function news(
  draft: Draft,
  { id, demand, known }: { id: string; demand: Demand; known: Demand | undefined },
): Derived[] {
  const held = heldFor(demand)
  const was = known === undefined ? '0' : heldFor(known)
  const missing = missingOf(demand)
  const asks = draft.asking.has(id)
  if (asks && demand.waits !== true && compare(missing, '0') > 0) {
    if (isZero(held) && isZero(demand.consumed)) return end(draft, id, { outcome: 'refused', reason: 'not_available' })
    // Nobody waits for the rest: what was given is the whole of it from now on.
    const facts = told(draft, { id, outcome: given(demand), demand })
    put(draft, id, { ...demand, asked: add(held, demand.consumed) })
    return facts
  }
  if (asks && isZero(held) && isZero(missing)) return end(draft, id, { outcome: 'consumed' })
  if (asks) return told(draft, { id, outcome: isZero(held) ? 'queued' : given(demand), demand })
  if (compare(held, was) > 0) return told(draft, { id, outcome: given(demand), demand })
  const consumed = subtract(demand.consumed, known?.consumed ?? '0')
  if (compare(add(held, consumed), was) < 0) {
    if (isZero(held) && demand.waits !== true) return end(draft, id, { outcome: 'released', reason: 'stock_gone' })
    return told(draft, { id, outcome: 'reduced', demand, reason: 'stock_gone' })
  }
  return []
}

function given({ kind }: Demand): 'allocated' | 'confirmed' {
  return kind === 'hard' ? 'allocated' : 'confirmed'
}

/** More is promised to warehouses than is there: nothing is taken back by itself, a person decides. */
function overcommitted(draft: Draft): Derived[] {
  return [...draft.weighed].flatMap((location) => {
    const [was, is] = [shortage(draft.before, location), shortage(draft, location)]
    if (compare(was, '0') > 0 === compare(is, '0') > 0) return []
    const isShort = compare(is, '0') > 0
    return [
      {
        rule: `overcommitted-${location}`,
        type: isShort ? 'inventory.discrepancy_detected' : 'inventory.discrepancy_resolved',
        data: { kind: 'overcommitted', sku: draft.sku, location, short: isShort ? is : '0' },
      },
    ]
  })
}

/** A soft reservation that has an end expires by a timer of its own. */
function timersOf(
  before: Readonly<Record<string, Demand>>,
  after: Readonly<Record<string, Demand>>,
): readonly TimerChange[] {
  if (before === after) return []
  const changes: TimerChange[] = []
  for (const [id, { expiresAt }] of Object.entries(after)) {
    if (before[id]?.expiresAt === expiresAt) continue
    const at = expiresAt === undefined ? null : writeInstant(expiresAt)
    changes.push({ name: `${timerPrefix}${id}`, at, ...(at === null ? {} : { data: { code: 'reservation' } }) })
  }
  for (const [id, { expiresAt }] of Object.entries(before))
    if (after[id] === undefined && expiresAt !== undefined) changes.push({ name: `${timerPrefix}${id}`, at: null })
  return changes
}
