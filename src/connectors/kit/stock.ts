import type { Assertion } from '../../model/fact.ts'
import type { MovementReport, StockAssertionReport } from '../../model/report.ts'
import { movementRules } from '../../model/stock/movement.ts'
import type { UnknownCode } from './connector.ts'

/** A movement, about the stock of its item. */
export function movementAssertion(report: MovementReport): Assertion<MovementReport> {
  return {
    type: 'inventory.movement_reported',
    about: stockOf(report.sku),
    occurredAt: report.effectiveAt.at,
    data: report,
  }
}

/** A counted line, about the stock of its item. */
export function countAssertion(report: StockAssertionReport): Assertion<StockAssertionReport> {
  return {
    type: `inventory.${report.kind}_reported`,
    about: stockOf(report.sku),
    occurredAt: report.effectiveAt.at,
    data: report,
  }
}

/** Movements that the ledger has no rule for: on the log, never posted, and counted for whoever looks after the connection. */
export function unknownMovements(assertions: readonly Assertion[], table: string): UnknownCode[] {
  const types = assertions
    .filter(({ type }) => type === 'inventory.movement_reported')
    .map(({ data }) => (data as MovementReport).type)
  return [...new Set(types)].filter((type) => !Object.hasOwn(movementRules, type)).map((code) => ({ table, code }))
}

/** The stock of an item: there is one of each, so it is made when nobody knows it. */
export function stockOf(sku: string): Assertion['about'] {
  return { entity: 'stock', references: [{ scheme: 'sku', value: sku }], unknown: 'create' }
}
