import { type Decimal, isDecimal, negate } from '../../base/decimal.ts'
import type { StockState } from '../../model/stock/state.ts'
import type { PostingEvidence } from './books.ts'
import type { CellOf } from './item.ts'

/** A posting of the ledger of effects, as far as it is about the stock of one item. */
export interface OwedStock {
  readonly effect: string
  readonly state: PostingEvidence['state']
  /** ms */
  readonly createdAt: number
  /** ms, of one that was applied. */
  readonly settledAt?: number
  /** Identity of the movement that is posted; absent where a document is. */
  readonly movement?: string
  readonly changes: readonly {
    readonly location: string
    readonly status: string
    readonly lot: string
    readonly delta: Decimal
  }[]
}

interface Line {
  readonly sku?: unknown
  readonly quantity?: unknown
  readonly lot?: unknown
  readonly status?: unknown
  readonly postings?: unknown
}

/** What a posting changes of the stock of each item. Commands that move no stock give nothing. */
export function owedStock(effect: {
  readonly id: string
  readonly command: string
  readonly state: string
  readonly payload: unknown
  readonly createdAt: number
  readonly updatedAt: number
}): ReadonlyMap<string, OwedStock> {
  const { location, lines, movement } = (effect.payload ?? {}) as Readonly<Record<string, unknown>>
  const state = stateOf(effect.state)
  const found = new Map<string, OwedStock>()
  if (state === undefined || !Array.isArray(lines)) return found
  for (const line of lines as readonly Line[]) {
    if (typeof line.sku !== 'string') continue
    const changes = changesOf(effect.command, line, typeof location === 'string' ? location : '')
    const known = found.get(line.sku)
    found.set(line.sku, {
      effect: effect.id,
      state,
      createdAt: effect.createdAt,
      ...(state === 'applied' ? { settledAt: effect.updatedAt } : {}),
      ...(typeof movement === 'string' ? { movement } : {}),
      changes: [...(known?.changes ?? []), ...changes],
    })
  }
  return found
}

/**
 * As evidence for a comparison: what happened after the other one looked is in neither of the two, and no evidence. `documents` are
 * the copies that the system is known to have of one.
 */
export function postingEvidence(
  owed: readonly OwedStock[],
  about: {
    readonly state: StockState
    readonly cell: CellOf
    readonly takenAt: number
    readonly documents: ReadonlyMap<string, readonly string[]>
  },
): PostingEvidence[] {
  const { state, cell, takenAt, documents } = about
  const times = new Map(state.window.map(({ id, at }) => [id, at]))
  return owed
    .filter(({ movement, createdAt }) => (times.get(movement ?? '') ?? Math.min(createdAt, takenAt)) <= takenAt)
    .map(({ effect, state: stage, settledAt, changes }) => {
      const copies = documents.get(effect)
      return {
        effect,
        state: stage,
        changes: changes.map((one) => ({ cell: cell(one), delta: one.delta })),
        ...(settledAt === undefined ? {} : { settledAt }),
        ...(copies === undefined ? {} : { documents: copies }),
      }
    })
}

const states: Readonly<Record<string, PostingEvidence['state']>> = {
  applied: 'applied',
  awaiting: 'pending',
  parked: 'parked',
  queued: 'pending',
  refused: 'refused',
  sending: 'unknown',
  unknown: 'unknown',
}

function stateOf(state: string): PostingEvidence['state'] | undefined {
  return Object.hasOwn(states, state) ? states[state] : undefined
}

/** Sign and status of the stock that a document moves. */
const documents: Readonly<Record<string, { readonly sign: 1 | -1; readonly status: string }>> = {
  post_goods_issue: { sign: -1, status: 'available' },
  post_goods_receipt: { sign: 1, status: 'available' },
}

function changesOf(command: string, line: Line, location: string): OwedStock['changes'] {
  if (Array.isArray(line.postings))
    return (line.postings as readonly Record<string, unknown>[]).flatMap(({ location: place, status, lot, delta }) =>
      typeof place === 'string' && isDecimal(delta)
        ? [{ location: place, status: textOr(status, 'available'), lot: textOr(lot, ''), delta }]
        : [],
    )
  const rule = Object.hasOwn(documents, command) ? documents[command] : undefined
  if (rule === undefined || !isDecimal(line.quantity)) return []
  const delta = rule.sign === 1 ? line.quantity : negate(line.quantity)
  return [{ location, status: textOr(line.status, rule.status), lot: textOr(line.lot, ''), delta }]
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise
}
