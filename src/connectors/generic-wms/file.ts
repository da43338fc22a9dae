import type { Assertion } from '../../model/fact.ts'
import type { StockAssertionReport } from '../../model/report.ts'
import { Reading } from '../kit/reading.ts'
import { scopeAssertions } from '../kit/snapshot.ts'
import { countAssertion, movementAssertion } from '../kit/stock.ts'
import { readQuantity, said } from './line.ts'
import type { Settings } from './settings.ts'

const rowsMax = 100_000

/** Rows of a CSV file: movements, or counts and snapshots, told apart by their first column. */
export function readFile(rows: readonly unknown[], settings: Settings): Assertion[] {
  if (rows.length > rowsMax) throw new Reading(rows, 'the file').wrong(`at most ${rowsMax} rows`)
  const complete: StockAssertionReport[] = []
  const told = rows.map((row, index) => {
    const read = new Reading(row, `row ${index + 2}`)
    if (read.has('movement')) return movementRow(read, settings)
    const counted = countRow(read, settings)
    if (read.at('complete').flag()) complete.push(counted.data)
    return counted
  })
  return complete.length === 0 ? told : [...told, ...snapshots(complete)]
}

/** A file may hold several snapshots; each speaks for the locations of its own lines. */
function snapshots(complete: readonly StockAssertionReport[]): Assertion[] {
  const documents = Map.groupBy(complete, ({ document }) => document.id)
  return [...documents.values()].flatMap((lines) => scopeAssertions(lines))
}

function movementRow(row: Reading, settings: Settings): Assertion {
  const from = row.at('from_location').optionalText(60)
  const to = row.at('to_location').optionalText(60)
  return movementAssertion({
    type: row.at('movement').text(40),
    sku: row.at('sku').text(100),
    quantity: readQuantity(row),
    uom: row.at('uom').text(10),
    effectiveAt: row.at('effective_at').time(),
    document: {
      system: settings.system,
      kind: row.at('document_kind').text(40),
      id: row.at('document').text(100),
      ...said({ line: row.at('line').optionalText(40), sequence: row.at('sequence').optionalText(40) }),
    },
    ...(from === undefined
      ? {}
      : { from: { location: from, ...said({ status: row.at('from_status').optionalText(40) }) } }),
    ...(to === undefined ? {} : { to: { location: to, ...said({ status: row.at('to_status').optionalText(40) }) } }),
    ...said({
      lot: row.at('lot').optionalText(60),
      serial: row.at('serial').optionalText(60),
      ownerParty: row.at('owner').optionalText(60),
      reasonCode: row.at('reason').optionalText(60),
      reverses: row.at('reverses').optionalText(300),
    }),
  })
}

function countRow(row: Reading, settings: Settings): Assertion<StockAssertionReport> {
  const kind = row.at('counted').text(10)
  if (kind !== 'count' && kind !== 'snapshot') throw row.at('counted').wrong('count or snapshot')
  return countAssertion({
    kind,
    sku: row.at('sku').text(100),
    location: row.at('location').text(60),
    status: row.at('status').optionalText(40) ?? 'available',
    quantity: row.at('quantity').decimal(),
    uom: row.at('uom').text(10),
    effectiveAt: row.at('effective_at').time(),
    document: {
      system: settings.system,
      kind,
      id: row.at('document').text(100),
      ...said({ line: row.at('line').optionalText(40) }),
    },
    ...said({
      lot: row.at('lot').optionalText(60),
      serial: row.at('serial').optionalText(60),
      ownerParty: row.at('owner').optionalText(60),
    }),
  })
}
