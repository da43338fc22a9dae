import { compare, subtract } from '../../base/decimal.ts'
import type { OperationRequest } from '../kit/connector.ts'
import { type Conversation, type Decision, Ended, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { bringInLine, findSaleShipments, plannedMoves } from './order-shipments.ts'
import { priceInstead } from './price-instead.ts'
import { change, find, idOf, refused } from './protocol.ts'
import { only, writeUnchanged } from './record.ts'
import { amendedMark, carries, readBackBy } from './reference.ts'
import type { TrytonSettings } from './settings.ts'
import { inUnit, quantityValue, unitOf } from './values.ts'

const model = 'sale.sale'

interface Seen {
  readonly sales: readonly Reading[]
  readonly shipments: readonly Reading[]
  /** What is ordered and what is shipped instead; asked for only while the sale does not say so. */
  readonly products: readonly Reading[]
}

/**
 * Another item is shipped for a part of a line: the sale has less of that line, and one more line with the other item at the agreed
 * price, under our reference as its note. What Tryton plans follows: less in shipments that have not been picked, and one for the other
 * item. What is invoiced is what is shipped.
 */
export const amendOrder = pursue<TrytonSettings, Seen>({
  command: 'amend_order',
  idempotency: readBackBy('note'),
  look,
  decide,
})

function* look({ payload, externalReference }: OperationRequest, settings: TrytonSettings): Conversation<Seen> {
  const root = new Reading(payload)
  const sales = yield* find(
    settings,
    model,
    [
      ['number', '=', root.at('orderNumber').text(100)],
      ['company', '=', settings.company],
    ],
    [
      ...['number', 'state', '_timestamp', 'currency.code'],
      ...['type', 'product.code', 'quantity', 'unit', 'unit.symbol', 'unit_price', 'note', 'taxes'].map(
        (name) => `lines.${name}`,
      ),
    ],
  )
  const [sale] = sales
  if (sale === undefined) return { sales, shipments: [], products: [] }
  const shipments = yield* findSaleShipments(settings, idOf(sale), amendedMark + externalReference)
  if (amended(sale, externalReference) !== undefined) return { sales, shipments, products: [] }
  const line = wantedLine(root)
  const products = yield* find(
    settings,
    'product.product',
    [['code', 'in', [line.at('sku').text(100), line.at('instead').at('sku').text(100)]]],
    ['code', 'salable', 'sale_uom', 'sale_uom.symbol', 'account_category.customer_taxes_used'],
  )
  return { sales, shipments, products }
}

function decide(seen: Seen, request: OperationRequest, settings: TrytonSettings): Decision {
  const root = new Reading(request.payload)
  const number = root.at('orderNumber').text(100)
  const sale = only(seen.sales, `sale ${number}`)
  const added = amended(sale, request.externalReference)
  if (added === undefined) return amend(seen, { sale, root, request }, settings)
  const planned = bringInLine(
    { line: orderedLine(sale, root), shipments: seen.shipments, mark: amendedMark + request.externalReference },
    settings,
  )
  if (planned !== undefined) return planned
  if (plannedMoves(seen.shipments, added).length === 0) return { step: 'plan', act: () => plan(settings, idOf(sale)) }
  return { ended: { outcome: 'applied', documentReference: number } }
}

/**
 * Tryton plans shipments anew of what a sale says. Its button for that is for administrators of sales; whoever answers that no shipment
 * has to be repaired, which a user of sales may, has it do the same.
 */
function* plan(settings: TrytonSettings, sale: number): Conversation<void> {
  const wizard = 'wizard.sale.handle.shipment.exception'
  const about = { active_model: model, active_id: sale, active_ids: [sale] }
  const [session] = (yield* change(settings, `${wizard}.create`, [], { around: about })).list(10)
  if (session === undefined) throw new Ended({ outcome: 'unclear', reason: 'Tryton began no wizard.' })
  const answer = { ask: { recreate_moves: [], domain_moves: [] } }
  yield* change(settings, `${wizard}.execute`, [session.whole(), answer, 'handle'], { around: about })
  yield* change(settings, `${wizard}.delete`, [session.whole()], { around: about })
}

/** The line that we have added. */
function amended(sale: Reading, reference: string): Reading | undefined {
  return goods(sale).find((line) => carries(line.at('note'), reference))
}

function goods(sale: Reading): readonly Reading[] {
  return sale
    .at('lines.')
    .list(10_000)
    .filter((line) => line.at('type').text(20) === 'line')
}

function wantedLine(root: Reading): Reading {
  const [line, ...others] = root.at('lines').list(1000)
  if (line === undefined || others.length > 0) throw root.at('lines').wrong('one line')
  return line
}

/** The line of the ordered item: the only one, or that of the number where there are several. Throws Ended. */
function orderedLine(sale: Reading, root: Reading): Reading {
  const line = wantedLine(root)
  const sku = line.at('sku').text(100)
  const isOf = (one: Reading): boolean => one.at('product.').at('code').optionalText(100) === sku
  const all = goods(sale)
  const found = all.filter(isOf)
  const numbered = all[Number(line.at('line').optionalText(10)) - 1]
  const own = found.length > 1 && numbered !== undefined && isOf(numbered) ? [numbered] : found
  return only(own, `line of ${sku} in sale ${sale.at('number').text(100)}`)
}

function amend(
  { products, shipments }: Seen,
  { sale, root, request }: { readonly sale: Reading; readonly root: Reading; readonly request: OperationRequest },
  settings: TrytonSettings,
): Decision {
  const number = sale.at('number').text(100)
  const state = sale.at('state').text(20)
  if (state !== 'processing') return refused(`Sale ${number} is ${state}: nothing in it can be shipped instead.`)
  const line = wantedLine(root)
  const ordered = orderedLine(sale, root)
  const symbol = ordered.at('unit.').at('symbol').text(20)
  const missing = inUnit(line.at('quantity').decimal(), line.at('uom').text(20), symbol, line.place)
  const rest = subtract(ordered.at('quantity').decimal(), missing)
  const gone = plannedMoves(shipments, ordered).filter(({ state: at }) => at === 'done')
  const left = gone.reduce(
    (sum, move) => subtract(sum, inUnit(move.quantity, unitOf(move.unit), symbol, line.place)),
    rest,
  )
  if (compare(left, '0') < 0)
    return refused(
      `Sale ${number} has not ${line.at('quantity').decimal()} of ${line.at('sku').text(100)} left to ship.`,
    )
  const values = {
    lines: [
      ['write', [idOf(ordered)], { quantity: quantityValue(rest, line.place) }],
      ['create', [added({ line, ordered, sale, products }, request.externalReference)]],
    ],
    // What Tryton has summed up when the sale was confirmed is not its amount any more.
    ...{ untaxed_amount_cache: null, tax_amount_cache: null, total_amount_cache: null },
  }
  return { step: 'amend', act: () => writeUnchanged(settings, { model, row: sale }, values) }
}

function added(
  about: {
    readonly line: Reading
    readonly ordered: Reading
    readonly sale: Reading
    readonly products: readonly Reading[]
  },
  reference: string,
): object {
  const { line, ordered, sale, products } = about
  const instead = line.at('instead')
  const [was, product] = [line, instead].map((one) => productOf(products, one.at('sku').text(100)))
  if (was === undefined || product === undefined) throw instead.at('sku').wrong('an item')
  if (!product.at('salable').flag())
    throw new Ended({ outcome: 'refused', reason: `Product ${instead.at('sku').text(100)} is not for sale in Tryton.` })
  // The taxes of the line went through the rules of the customer; they hold for the other item where both are taxed alike.
  if (taxesOf(was) !== taxesOf(product))
    throw new Ended({ outcome: 'refused', reason: 'The other item is taxed otherwise than the ordered one.' })
  const unit = product.at('sale_uom.').at('symbol').text(20)
  const quantity = inUnit(instead.at('quantity').decimal(), instead.at('uom').text(20), unit, instead.place)
  return {
    type: 'line',
    product: idOf(product),
    quantity: quantityValue(quantity, instead.place),
    unit: product.at('sale_uom').whole(),
    unit_price: priceInstead({ line, ordered, quantity, currency: sale.at('currency.').at('code').text(10) }),
    taxes: [['add', ordered.at('taxes').each((tax) => tax.whole(), 100)]],
    description: '',
    note: reference,
  }
}

function taxesOf(product: Reading): string {
  const taxes = product.at('account_category.').at('customer_taxes_used').optionalList(100) ?? []
  return JSON.stringify(taxes.map((tax) => tax.whole() ?? 0).toSorted((a, b) => a - b))
}

function productOf(products: readonly Reading[], sku: string): Reading {
  return only(
    products.filter((one) => one.at('code').optionalText(100) === sku),
    `product ${sku}`,
  )
}
