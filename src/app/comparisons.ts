import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { Registry } from 'prom-client'
import { Reconciler, type ReconcilerOptions } from '../flow/dispatch/reconcile.ts'
import type { FlowNode } from '../flow/node.ts'
import { StockComparer, type StockComparerOptions } from '../flow/stock/stock-comparison.ts'
import { StockRounds } from '../flow/stock/stock-rounds.ts'
import { comparisonRows, knownItems } from '../views/stock-comparisons.ts'
import { defineGauge } from '../watch/signals.ts'
import { traceIds } from '../watch/traces.ts'

/** Comparisons with the books of other systems: of documents, and of stock. */
export interface Comparisons {
  readonly reconciler: Reconciler
  readonly stockComparer: StockComparer
  /** Shows them as a figure and, on a node that posts, makes them again and again. */
  start(node: FlowNode, registry: Registry, isPosting: boolean): void
}

/** What is found of stock is kept in the database of the hub; documents are compared by each instance for itself. */
export function openComparisons(
  options: Pick<ReconcilerOptions, 'place' | 'exchange' | 'everyHours'> &
    Pick<StockComparerOptions, 'intake'> & { readonly pool: Pool },
): Comparisons {
  const { place, exchange, everyHours, intake, pool } = options
  const reconciler = new Reconciler({ place, exchange, everyHours, trace: traceIds((count) => randomBytes(count)) })
  const stockComparer = new StockComparer({
    place,
    exchange,
    intake,
    store: comparisonRows(pool),
    items: (tenant, page) => knownItems(pool, tenant, page),
    doubles: (connection) => doublesOf(reconciler, connection),
  })
  const rounds = new StockRounds(place, stockComparer, everyHours)
  return {
    reconciler,
    stockComparer,
    start: (node, registry, isPosting) => {
      defineGauge(registry, {
        name: 'interline_reconciliation_differences',
        help: 'What the ledger and the books of a target did not agree on when they were compared last. Must be 0.',
        labels: ['target', 'kind'],
        read: async () => reconciler.counts(),
      })
      if (!isPosting) return
      node.run('reconciliation', () => reconciler.round(), 60_000)
      node.run('stock-comparison', () => rounds.round(), 60_000)
    },
  }
}

/** As the documents of the system were compared last. */
function doublesOf({ results }: Reconciler, id: string): ReadonlyMap<string, readonly string[]> {
  const found = results.find(({ connection }) => connection === id)?.differences ?? []
  return new Map(
    found.flatMap(({ kind, effect, documentNumbers }) =>
      kind === 'double' && effect !== undefined ? [[effect, documentNumbers] as const] : [],
    ),
  )
}
