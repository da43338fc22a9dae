import type { Assertion } from '../../model/fact.ts'
import type { MovementReport, StockAssertionReport } from '../../model/report.ts'
import { movementRules } from '../../model/stock/movement.ts'
import type { UnknownCode } from '../kit/connector.ts'
import type { Reading } from '../kit/reading.ts'

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

/** The type of a movement says which way it goes; a sign would say it twice, or the opposite. */
export function readQuantity(line: Reading): string {
  const quantity = line.at('quantity')
  const value = quantity.decimal()
  if (value.startsWith('-')) throw quantity.wrong('a quantity that is not negative')
  return value
}

/** Movements that the ledger has no rule for: on the log, never posted, and counted for whoever looks after the connection. */
export function unknownMovements(assertions: readonly Assertion[]): UnknownCode[] {
  const types = assertions
    .filter(({ type }) => type === 'inventory.movement_reported')
    .map(({ data }) => (data as MovementReport).type)
  return [...new Set(types)]
    .filter((type) => !Object.hasOwn(movementRules, type))
    .map((code) => ({ table: 'generic-wms-movement', code }))
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
