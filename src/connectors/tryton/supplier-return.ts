import type { OperationRequest } from '../kit/connector.ts'
import { type Conversation, type Decision, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { findProducts, movesBack } from './moves-back.ts'
import { change, find, idOf, refused } from './protocol.ts'
import { assign, only, press } from './record.ts'
import { carries, readBackByReference, referenceDomain } from './reference.ts'
import type { TrytonSettings } from './settings.ts'
import { effectiveDate } from './values.ts'
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
  switch (back.at('state').text(20)) {
    case 'draft':
      return press(settings, { model, id }, 'wait')
    case 'waiting':
      return assign(settings, { model, id })
    case 'assigned':
      return press(settings, { model, id }, 'done')
    case 'done':
      return { ended: { outcome: 'applied', documentReference: number } }
    default:
      return refused(`Supplier return ${number} is cancelled.`)
  }
}

function begin({ receipts, products }: Seen, request: OperationRequest, settings: TrytonSettings): Decision {
  const payload = new Reading(request.payload)
  const number = payload.at('receiptNumber').optionalText(100)
  if (number === undefined) return refused('The reversal names no receipt, so that its supplier is not known.')
  const receipt = only(receipts, `supplier shipment of receipt ${number}`)
  if (receipt.at('state').text(20) !== 'done') return refused(`The supplier shipment of receipt ${number} is not done.`)
  const from = receipt.at('warehouse.').at('storage_location').whole()
  const to = receipt.at('supplier_location').whole()
  const moves = movesBack(wantedLines(payload, settings), {
    products,
    came: receipt.at('incoming_moves.').each((row) => row, 10_000),
    values: { from_location: from, to_location: to, company: settings.company },
  })
  const values = {
    company: settings.company,
    supplier: receipt.at('supplier').whole(),
    delivery_address: receipt.at('contact_address').whole() ?? null,
    from_location: from,
    to_location: to,
    reference: request.externalReference,
    ...effectiveDate(payload),
    moves: [['create', moves]],
  }
  return { step: 'create', act: () => change(settings, `model.${model}.create`, [[values]]) }
}
