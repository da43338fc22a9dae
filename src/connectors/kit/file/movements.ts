import type { MovementReport } from '../../../model/report.ts'
import { readQuantity, said } from '../quantity.ts'
import { movementNameMax } from '../row-name.ts'
import { movementAssertion } from '../stock.ts'
import type { FileKindIn } from './kind.ts'
import { timeIn } from './time.ts'

const place = { longest: 60 }

/** Stock moved: every row is an entry of the stock ledger. */
export const movementFile: FileKindIn = {
  id: 'movements',
  about: 'Stock moved; every row is an entry of the stock ledger.',
  direction: 'in',
  shape: {
    members: [
      ...['movement', 'sku', 'quantity', 'uom', 'effectiveAt', 'fromLocation', 'fromStatus', 'toLocation', 'toStatus'],
      ...['documentKind', 'document', 'line', 'sequence', 'lot', 'serial', 'owner', 'reason', 'reverses'],
    ],
    lists: {},
  },
  declaration: {
    fields: {
      movement: { required: true, longest: 40 },
      sku: { required: true, longest: 100 },
      quantity: { required: true, type: 'number' },
      uom: { required: true, longest: 10 },
      effectiveAt: { column: 'effective_at', required: true, type: 'date' },
      fromLocation: { column: 'from_location', ...place },
      fromStatus: { column: 'from_status', longest: 40 },
      toLocation: { column: 'to_location', ...place },
      toStatus: { column: 'to_status', longest: 40 },
      documentKind: { column: 'document_kind', required: true, longest: 40 },
      document: { required: true, longest: 100 },
      line: { longest: 40 },
      sequence: { longest: 40 },
      lot: place,
      serial: place,
      owner: place,
      reason: place,
      reverses: { longest: movementNameMax },
    },
  },
  meaning: (row, { system, timeZone }) => {
    const from = row.at('fromLocation').optionalText(60)
    const to = row.at('toLocation').optionalText(60)
    return [
      movementAssertion({
        type: row.at('movement').text(40),
        sku: row.at('sku').text(100),
        quantity: readQuantity(row),
        uom: row.at('uom').text(10),
        effectiveAt: timeIn(row.at('effectiveAt'), timeZone),
        document: {
          system,
          kind: row.at('documentKind').text(40),
          id: row.at('document').text(100),
          ...said({ line: row.at('line').optionalText(40), sequence: row.at('sequence').optionalText(40) }),
        },
        ...(from === undefined
          ? {}
          : { from: { location: from, ...said({ status: row.at('fromStatus').optionalText(40) }) } }),
        ...(to === undefined ? {} : { to: { location: to, ...said({ status: row.at('toStatus').optionalText(40) }) } }),
        ...said({
          lot: row.at('lot').optionalText(60),
          serial: row.at('serial').optionalText(60),
          ownerParty: row.at('owner').optionalText(60),
          reasonCode: row.at('reason').optionalText(60),
          reverses: row.at('reverses').optionalText(movementNameMax),
        }),
      }),
    ]
  },
  // Of two rows that nothing tells apart the ledger would post one: whether they are two movements or one, nobody can say.
  together: (assertions, rows) => {
    const known = new Set<string>()
    for (const [index, { data }] of assertions.entries()) {
      const { sku, document } = data as MovementReport
      if (document.line !== undefined || document.sequence !== undefined) continue
      const key = JSON.stringify([document.kind, document.id, sku])
      const row = rows[index]
      if (row !== undefined && known.has(key))
        throw row.at('line').wrong('a line or sequence, because another row moves the same item')
      known.add(key)
    }
    return []
  },
}
