import { add, compare, type Decimal, subtract } from '../../base/decimal.ts'
import type { OperationRequest } from '../kit/connector.ts'
import { type Conversation, type Decision, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { change, find, idOf, refused } from './protocol.ts'
import { only, press } from './record.ts'
import { readBackBy } from './reference.ts'
import type { TrytonSettings } from './settings.ts'
import { dateValue, inUnit, invalid, quantityValue } from './values.ts'
import { refuseLots } from './wanted.ts'

const model = 'stock.inventory'

interface Seen {
  readonly inventories: readonly Reading[]
  /** What a new one needs; asked for only while there is none. */
  readonly storages: readonly Reading[]
  readonly products: readonly Reading[]
}

/**
 * Stock is corrected by what was found too much or too little: an inventory of one item, under our reference as its number, that counts
 * what Tryton expected plus the difference. So its move is the difference, whatever else was booked since.
 */
export const adjustInventory = pursue<TrytonSettings, Seen>({
  command: 'adjust_inventory',
  idempotency: readBackBy('number'),
  look,
  decide,
})

interface Correction {
  readonly sku: string
  readonly uom: string
  readonly location: string
  readonly delta: Decimal
}

/** One item at one place, in stock that can be sold. Throws CONTENT_INVALID for what Tryton has no word for: status, lot, owner. */
function correctionOf(payload: unknown, { lots }: Pick<TrytonSettings, 'lots'>): Correction {
  const root = new Reading(payload)
  const [line, ...others] = root.at('lines').list(1000)
  if (line === undefined || others.length > 0) throw root.at('lines').wrong('one line')
  const postings = line.at('postings').list(10)
  const [posting, another] = postings
  if (posting === undefined || another !== undefined)
    throw line.at('postings').wrong('one change: Tryton keeps neither status nor owner of stock')
  const status = posting.at('status').optionalText(50) ?? 'available'
  if (status !== 'available') throw posting.at('status').wrong('available stock')
  if (lots === 'refuse') for (const goods of [line, posting]) refuseLots(goods)
  return {
    sku: line.at('sku').text(100),
    uom: line.at('uom').optionalText(20) ?? 'C62',
    location: posting.at('location').text(100),
    delta: posting.at('delta').decimal(),
  }
}

function* look({ payload, externalReference }: OperationRequest, settings: TrytonSettings): Conversation<Seen> {
  const inventories = yield* find(
    settings,
    model,
    [['number', '=', externalReference]],
    [
      ...['number', 'state', 'lines.quantity', 'lines.expected_quantity', 'lines.product.code', 'lines.uom.symbol'],
      'lines.moves.quantity',
    ],
  )
  if (inventories.length > 0) return { inventories, storages: [], products: [] }
  const { sku, location } = correctionOf(payload, settings)
  const products = yield* find(settings, 'product.product', [['code', '=', sku]], ['code', 'default_uom.symbol'])
  const storages = yield* find(
    settings,
    'stock.location',
    [
      ['code', '=', location],
      ['type', '=', 'warehouse'],
    ],
    ['code', 'storage_location'],
  )
  return { inventories, storages, products }
}

function decide(seen: Seen, request: OperationRequest, settings: TrytonSettings): Decision {
  const { externalReference } = request
  const correction = correctionOf(request.payload, settings)
  const [inventory, other] = seen.inventories
  if (other !== undefined) return refused(`Tryton has several inventories ${externalReference}.`)
  if (inventory === undefined) return begin(seen, request, { correction, settings })
  const [line, another] = inventory.at('lines.').list(1000)
  if (line === undefined || another !== undefined || line.at('product.').at('code').text(100) !== correction.sku)
    return refused(`Inventory ${externalReference} counts something else.`)
  const unit = line.at('uom.').at('symbol').text(20)
  const delta = inUnit(correction.delta, correction.uom, unit, 'the change')
  const expected = line.at('expected_quantity').decimal()
  const counted = line.at('quantity').optionalDecimal()
  const isRight = counted !== undefined && compare(subtract(counted, expected), delta) === 0
  switch (inventory.at('state').text(20)) {
    case 'draft':
      if (isRight) return press(settings, { model, id: idOf(inventory) }, 'confirm')
      return {
        step: 'quantity',
        act: () =>
          change(settings, 'model.stock.inventory.line.write', [
            [idOf(line)],
            { quantity: quantityValue(add(expected, delta), 'the counted quantity') },
          ]),
      }
    case 'done':
      if (!isRight) return refused(`Inventory ${externalReference} was confirmed with another quantity.`)
      return { ended: { outcome: 'applied', documentReference: externalReference } }
    default:
      return refused(`Inventory ${externalReference} is cancelled.`)
  }
}

function begin(
  { products, storages }: Seen,
  { payload, externalReference }: OperationRequest,
  { correction, settings }: { readonly correction: Correction; readonly settings: TrytonSettings },
): Decision {
  const { sku, location, uom, delta } = correction
  const product = only(products, `product ${sku}`)
  const warehouse = only(storages, `warehouse ${location}`)
  // What cannot be said in the unit of the item is refused before anything is made.
  inUnit(delta, uom, product.at('default_uom.').at('symbol').text(20), 'the change')
  const day = new Reading(payload).at('postingDate')
  if (!day.present) throw invalid('postingDate', 'a calendar date')
  const values = {
    number: externalReference,
    company: settings.company,
    location: warehouse.at('storage_location').whole(),
    date: dateValue(day.text(10), day.place),
    // Until the line says a quantity, confirming it would change nothing.
    empty_quantity: 'keep',
    lines: [['create', [{ product: idOf(product) }]]],
  }
  return { step: 'create', act: () => change(settings, `model.${model}.create`, [[values]]) }
}
