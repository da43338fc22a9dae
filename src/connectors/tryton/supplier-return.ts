import type { OperationRequest } from '../kit/connector.ts'
import { type Conversation, type Decision, Ended, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { change, find, idOf, refused } from './protocol.ts'
import { carries, readBackByReference, referenceDomain } from './reference.ts'
import { findProducts } from './returns.ts'
import type { TrytonSettings } from './settings.ts'
import { dateValue, inUnit, quantityValue } from './values.ts'
import { isAsWanted, readMove, wantedLines } from './wanted.ts'

const model = 'stock.shipment.in.return'

interface Seen {
  /** Supplier returns that carry our reference. */
  readonly returns: readonly Reading[]
  /** What a new one needs; asked for only while there is none. */
  readonly receipts: readonly Reading[]
  readonly products: readonly Reading[]
}

/** Goods that were not received after all leave their storage, back to the supplier of the receipt that they came with. */
export const reverseGoodsReceipt = pursue<TrytonSettings, Seen>({
  command: 'reverse_goods_receipt',
  idempotency: readBackByReference,
  look,
  decide,
})

function* look({ payload, externalReference }: OperationRequest, settings: TrytonSettings): Conversation<Seen> {
  const moves = ['product.code', 'quantity', 'uom.symbol', 'state'].map((name) => `moves.${name}`)
  const isOurs = referenceDomain('reference', externalReference)
  const found = yield* find(settings, model, [isOurs], ['number', 'state', 'reference', ...moves])
  const returns = found.filter((row) => carries(row.at('reference'), externalReference))
  const root = new Reading(payload)
  const receipt = root.at('receiptNumber').optionalText(100)
  if (returns.length > 0 || receipt === undefined) return { returns, receipts: [], products: [] }
  const named = yield* find(
    settings,
    'stock.shipment.in',
    [referenceDomain('reference', receipt), ['company', '=', settings.company]],
    [
      ...['number', 'state', 'reference', 'supplier', 'supplier_location', 'warehouse.storage_location'],
      ...['contact_address', 'incoming_moves.product', 'incoming_moves.unit_price', 'incoming_moves.currency'],
    ],
  )
  const receipts = named.filter((row) => carries(row.at('reference'), receipt))
  const products = yield* findProducts(
    settings,
    wantedLines(root, settings).map(({ sku }) => sku),
  )
  return { returns, receipts, products }
}

function decide(seen: Seen, request: OperationRequest, settings: TrytonSettings): Decision {
  const [back, other] = seen.returns
  if (other !== undefined) return refused(`Tryton has several supplier returns under ${request.externalReference}.`)
  if (back === undefined) return begin(seen, request, settings)
  const id = idOf(back)
  const number = back.at('number').optionalText(100) ?? String(id)
  const wanted = wantedLines(new Reading(request.payload), settings)
  if (!isAsWanted(back.at('moves.').each(readMove, 10_000), wanted))
    return refused(`Supplier return ${number} has other quantities.`)
  const press = (button: string): Decision => ({
    step: button,
    act: () => change(settings, `model.${model}.${button}`, [[id]]),
  })
  switch (back.at('state').text(20)) {
    case 'draft':
      return press('wait')
    case 'waiting':
      return settings.forceAssignment ? press('assign_force') : { step: 'assign_try', act: () => assign(settings, id) }
    case 'assigned':
      return press('done')
    case 'done':
      return { ended: { outcome: 'applied', documentReference: number } }
    default:
      return refused(`Supplier return ${number} is cancelled.`)
  }
}

function* assign(settings: TrytonSettings, id: number): Conversation<void> {
  const assigned = yield* change(settings, `model.${model}.assign_try`, [[id]])
  if (!assigned.flag()) throw new Ended({ outcome: 'refused', reason: 'Tryton has too few of the goods to assign.' })
}

function begin({ receipts, products }: Seen, request: OperationRequest, settings: TrytonSettings): Decision {
  const payload = new Reading(request.payload)
  const number = payload.at('receiptNumber').optionalText(100)
  const [receipt, other] = receipts
  if (number === undefined) return refused('The reversal names no receipt, so that its supplier is not known.')
  if (receipt === undefined || other !== undefined)
    return refused(
      `Tryton has ${receipt === undefined ? 'no' : 'more than one'} supplier shipment of receipt ${number}.`,
    )
  if (receipt.at('state').text(20) !== 'done') return refused(`The supplier shipment of receipt ${number} is not done.`)
  const from = receipt.at('warehouse.').at('storage_location').whole()
  const to = receipt.at('supplier_location').whole()
  const moves = wantedLines(payload, settings).map(({ sku, quantity, uom, place }) => {
    const [product, another] = products.filter((one) => one.at('code').optionalText(100) === sku)
    if (product === undefined || another !== undefined)
      throw new Ended({ outcome: 'refused', reason: `Tryton has no single product ${sku}.` })
    const unit = product.at('default_uom.')
    const came = receipt
      .at('incoming_moves.')
      .each((row) => row, 10_000)
      .find((row) => row.at('product').whole() === idOf(product))
    return {
      product: idOf(product),
      uom: idOf(unit),
      quantity: quantityValue(inUnit(quantity, uom, unit.at('symbol').text(20), place), place),
      from_location: from,
      to_location: to,
      company: settings.company,
      ...(came === undefined
        ? {}
        : {
            origin: `stock.move,${idOf(came)}`,
            unit_price: came.at('unit_price').value,
            currency: came.at('currency').whole(),
          }),
    }
  })
  const day = payload.at('postingDate')
  const values = {
    company: settings.company,
    supplier: receipt.at('supplier').whole(),
    delivery_address: receipt.at('contact_address').whole() ?? null,
    from_location: from,
    to_location: to,
    reference: request.externalReference,
    ...(day.present ? { effective_date: dateValue(day.text(10), day.place) } : {}),
    moves: [['create', moves]],
  }
  return { step: 'create', act: () => change(settings, `model.${model}.create`, [[values]]) }
}
