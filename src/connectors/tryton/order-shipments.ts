import { add, compare, type Decimal, subtract } from '../../base/decimal.ts'
import type { Conversation, Decision } from '../kit/procedure.ts'
import type { Reading } from '../kit/reading.ts'
import { change, find, idOf, refused } from './protocol.ts'
import { press, writeUnchanged } from './record.ts'
import { carries, referenceDomain, withReference } from './reference.ts'
import type { TrytonSettings } from './settings.ts'
import { inUnit, quantityValue, unitOf } from './values.ts'
import { type Move, readMove } from './wanted.ts'

const model = 'stock.shipment.out'
const moveFields = ['product.code', 'quantity', 'uom.symbol', 'state', 'origin']

/** Customer shipments of a sale with their goods, and those that carry a text of ours and may have none any more. */
export function* findSaleShipments(
  settings: TrytonSettings,
  sale: number,
  word: string,
): Conversation<readonly Reading[]> {
  return yield* find(
    settings,
    model,
    ['OR', [['moves.origin.sale', '=', sale, 'sale.line']], [referenceDomain('reference', word)]],
    [
      ...['number', 'state', 'reference', '_timestamp', 'warehouse.code'],
      ...moveFields.flatMap((name) => [`outgoing_moves.${name}`, `inventory_moves.${name}`]),
    ],
  )
}

/** Moves of all these shipments that are of a line of the sale, whatever became of them. */
export function plannedMoves(shipments: readonly Reading[], line: Reading): readonly Move[] {
  return shipments.flatMap((shipment) => outgoing(shipment, line).map(readMove))
}

function outgoing(shipment: Reading, line: Reading): readonly Reading[] {
  const origin = `sale.line,${idOf(line)}`
  return shipment
    .at('outgoing_moves.')
    .list(10_000)
    .filter((move) => move.at('origin').optionalText(60) === origin)
}

/**
 * The next step until no more is planned of a line than the sale says: shipments that are not picked yet have less of it, the newest first,
 * and one that has nothing any more is cancelled. Undefined: that is so.
 */
export function bringInLine(
  about: { readonly line: Reading; readonly shipments: readonly Reading[]; readonly mark: string },
  settings: TrytonSettings,
): Decision | undefined {
  const { line, shipments, mark } = about
  const unfinished = shipments
    .filter((one) => carries(one.at('reference'), mark))
    .flatMap((one) => finish(one, settings))
  const [next] = unfinished
  const stale = surplus(line, shipments)
  if (compare(stale, '0') <= 0) return next
  const shipment = shipments
    .toReversed()
    .find(
      (one) =>
        ['draft', 'waiting', 'assigned'].includes(one.at('state').text(20)) && open(outgoing(one, line)).length > 0,
    )
  if (shipment === undefined) return refused('Tryton has picked the goods already that are not shipped.')
  if (!carries(shipment.at('reference'), mark)) {
    const values = { reference: withReference(shipment.at('reference'), mark) }
    return { step: 'claim', act: () => writeUnchanged(settings, { model, row: shipment }, values) }
  }
  if (shipment.at('state').text(20) === 'assigned') return press(settings, { model, id: idOf(shipment) }, 'wait')
  return { step: 'lower', act: () => lower(settings, { shipment, line, stale }) }
}

/** How much more is planned or gone of a line than the sale says. */
function surplus(line: Reading, shipments: readonly Reading[]): Decimal {
  const unit = line.at('unit.').at('symbol').text(20)
  return plannedMoves(shipments, line)
    .filter(({ state }) => state !== 'cancelled')
    .reduce(
      (sum, move) => add(sum, inUnit(move.quantity, unitOf(move.unit), unit, 'a move')),
      subtract('0', line.at('quantity').decimal()),
    )
}

function open(moves: readonly Reading[]): readonly Reading[] {
  return moves.filter((move) => !['done', 'cancelled'].includes(move.at('state').text(20)))
}

/** One move has less, or is gone with what would have brought its goods to the dock: in one transaction. */
function lower(
  settings: TrytonSettings,
  about: { readonly shipment: Reading; readonly line: Reading; readonly stale: Decimal },
): Conversation<Reading> {
  const { shipment, line, stale } = about
  const row = open(outgoing(shipment, line)).at(-1)
  if (row === undefined) throw shipment.wrong('an open move')
  const move = readMove(row)
  const less = inUnit(stale, unitOf(line.at('unit.').at('symbol').text(20)), move.unit, 'a move')
  if (compare(move.quantity, less) > 0) {
    const quantity = quantityValue(subtract(move.quantity, less), 'a move')
    return change(settings, 'model.stock.move.write', [[move.id], { quantity }])
  }
  const before = shipment
    .at('inventory_moves.')
    .list(10_000)
    .filter((one) => one.at('origin').optionalText(60) === `stock.move,${move.id}`)
  return change(settings, 'model.stock.move.delete', [[move.id, ...before.map(idOf)]])
}

/** A shipment that we have lowered: what is brought to the dock is what leaves, and what has nothing to leave is cancelled. */
function finish(shipment: Reading, settings: TrytonSettings): readonly Decision[] {
  if (!['draft', 'waiting'].includes(shipment.at('state').text(20))) return []
  const leaving = open(shipment.at('outgoing_moves.').list(10_000))
  if (leaving.length === 0) return [press(settings, { model, id: idOf(shipment) }, 'cancel')]
  const brought = open(shipment.at('inventory_moves.').list(10_000))
  const isBrought = leaving.every((row) => {
    const own = brought.filter((one) => one.at('origin').optionalText(60) === `stock.move,${idOf(row)}`)
    const sum = own.reduce((total: Decimal, one) => add(total, one.at('quantity').decimal()), '0')
    return compare(sum, row.at('quantity').decimal()) === 0
  })
  return isBrought || brought.length === 0 ? [] : [press(settings, { model, id: idOf(shipment) }, 'wait')]
}
