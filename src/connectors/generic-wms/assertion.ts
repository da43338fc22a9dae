import type { Assertion } from '../../model/fact.ts'
import type { MovementReport, StockAssertionReport } from '../../model/report.ts'

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

/** Without the members that were not said. */
export function said<T extends Readonly<Record<string, string | undefined>>>(values: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string
  }
}

function stockOf(sku: string): Assertion['about'] {
  return { entity: 'stock', references: [{ scheme: 'sku', value: sku }], unknown: 'create' }
}
