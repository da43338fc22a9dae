import type { StockAssertionReport } from '../../../model/report.ts'
import { said } from '../quantity.ts'
import type { Reading } from '../reading.ts'
import { countedOnce, countedTwice, scopeAssertions } from '../snapshot.ts'
import { countAssertion } from '../stock.ts'
import type { FileKindIn } from './kind.ts'
import { timeIn } from './time.ts'

const name = { longest: 60 }

/** What is in stock: counted places, or snapshots. */
export const stockFile: FileKindIn = {
  id: 'stock',
  about:
    'What is in stock at an instant: counted places, or snapshots, of which complete ones say that the rest is zero.',
  direction: 'in',
  shape: {
    members: [
      ...[
        'counted',
        'sku',
        'location',
        'status',
        'quantity',
        'uom',
        'effectiveAt',
        'document',
        'line',
        'lot',
        'serial',
      ],
      ...['owner', 'complete'],
    ],
    lists: {},
  },
  declaration: {
    fields: {
      counted: { required: true, codes: { count: 'count', snapshot: 'snapshot' } },
      sku: { required: true, longest: 100 },
      location: { required: true, ...name },
      status: { longest: 40 },
      quantity: { required: true, type: 'number' },
      uom: { required: true, longest: 10 },
      effectiveAt: { column: 'effective_at', required: true, type: 'date' },
      document: { longest: 100 },
      line: { longest: 40 },
      lot: name,
      serial: name,
      owner: name,
      complete: { type: 'flag' },
    },
  },
  meaning: (row, { system, timeZone, file }) => {
    const kind = row.at('counted').text(10) === 'snapshot' ? 'snapshot' : 'count'
    const document = row.at('document')
    const id = document.optionalText(100) ?? file?.slice(0, 100)
    if (id === undefined) throw document.wrong('the number of the count, or a file with a name')
    return [
      countAssertion({
        kind,
        sku: row.at('sku').text(100),
        location: row.at('location').text(60),
        status: row.at('status').optionalText(40) ?? 'available',
        quantity: row.at('quantity').decimal(),
        uom: row.at('uom').text(10),
        effectiveAt: timeIn(row.at('effectiveAt'), timeZone),
        document: { system, kind, id, ...said({ line: row.at('line').optionalText(40) }) },
        ...said({
          lot: row.at('lot').optionalText(60),
          serial: row.at('serial').optionalText(60),
          ownerParty: row.at('owner').optionalText(60),
        }),
      }),
    ]
  },
  // A file may hold several snapshots; each speaks for the locations of its own lines.
  together: (assertions, rows) => {
    const twice = rows[countedTwice(assertions.map(({ data }) => data as StockAssertionReport))]
    if (twice !== undefined) throw twice.wrong(countedOnce)
    const complete = assertions
      .filter((_, index) => rows[index]?.at('complete').flag() === true)
      .map(({ data }) => data as StockAssertionReport)
    return [...Map.groupBy(complete, ({ document }) => document.id).values()].flatMap((lines) => scopeAssertions(lines))
  },
  // What a complete snapshot does not list is zero: a row that could not be read would empty its place.
  isWhole: (rows: readonly Reading[]) => rows.some((row) => row.at('complete').flag()),
}
