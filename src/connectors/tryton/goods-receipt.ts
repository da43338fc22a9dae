import { isZero } from '../../base/decimal.ts'
import type { OperationRequest } from '../kit/connector.ts'
import { type Conversation, type Decision, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { change, find, idOf, refused } from './protocol.ts'
import { only, press } from './record.ts'
import { carries, readBackByReference, referenceDomain } from './reference.ts'
import type { TrytonSettings } from './settings.ts'
import { effectiveDate } from './values.ts'
import { fit, isAsWanted, quantityWrites, readMove, wantedLines } from './wanted.ts'

const model = 'stock.shipment.in'
const moveFields = ['product.code', 'quantity', 'uom.symbol', 'state', 'shipment']

interface Seen {
  /** Supplier shipments that carry our reference. */
  readonly receipts: readonly Reading[]
  /** Purchases of the number that the receipt names; asked for only while there is no receipt. */
  readonly purchases: readonly Reading[]
}

/**
 * Goods came in for a purchase: a supplier shipment with what was counted, received and done. What is missing stays expected at the
 * purchase; what is too much goes in with the last line of its item.
 */
export const postGoodsReceipt = pursue<TrytonSettings, Seen>({
  command: 'post_goods_receipt',
  idempotency: readBackByReference,
  look,
  decide,
})

function* look({ payload, externalReference }: OperationRequest, settings: TrytonSettings): Conversation<Seen> {
  const found = yield* find(
    settings,
    model,
    [referenceDomain('reference', externalReference)],
    ['number', 'state', 'reference', ...moveFields.map((name) => `incoming_moves.${name}`)],
  )
  const receipts = found.filter((row) => carries(row.at('reference'), externalReference))
  const number = new Reading(payload).at('purchaseOrderNumber').optionalText(100)
  if (receipts.length > 0 || number === undefined) return { receipts, purchases: [] }
  const purchases = yield* find(
    settings,
    'purchase.purchase',
    [
      ['number', '=', number],
      ['company', '=', settings.company],
    ],
    ['number', 'state', 'party', 'warehouse', 'warehouse.code', ...moveFields.map((name) => `moves.${name}`)],
  )
  return { receipts, purchases }
}

function decide({ receipts, purchases }: Seen, request: OperationRequest, settings: TrytonSettings): Decision {
  const payload = new Reading(request.payload)
  const [receipt, other] = receipts
  if (other !== undefined) return refused(`Tryton has several supplier shipments under ${request.externalReference}.`)
  if (receipt === undefined) return begin(purchases, request, settings)
  const id = idOf(receipt)
  const number = receipt.at('number').optionalText(100) ?? String(id)
  const moves = receipt.at('incoming_moves.').each(readMove, 10_000)
  const wanted = wantedLines(payload, settings)
  if (!isAsWanted(moves, wanted)) {
    const fitting = fit(moves, wanted, 'last')
    if (receipt.at('state').text(20) !== 'draft' || 'problem' in fitting)
      return refused(`Supplier shipment ${number} has other quantities.`)
    return { step: 'quantities', act: () => change(settings, 'model.stock.move.write', quantityWrites(fitting)) }
  }
  switch (receipt.at('state').text(20)) {
    case 'draft':
      return press(settings, { model, id }, 'receive')
    case 'received':
      return press(settings, { model, id }, 'done')
    case 'done':
      return { ended: { outcome: 'applied', documentReference: number } }
    default:
      return refused(`Supplier shipment ${number} is cancelled.`)
  }
}

/** A supplier shipment of the moves that came, in the quantities that were expected; the next step corrects them. */
function begin(purchases: readonly Reading[], request: OperationRequest, settings: TrytonSettings): Decision {
  const payload = new Reading(request.payload)
  const number = payload.at('purchaseOrderNumber').optionalText(100)
  if (number === undefined) return refused('The receipt names no purchase order.')
  const purchase = only(purchases, `purchase ${number}`)
  const warehouse = purchase.at('warehouse.').at('code').optionalText(100)
  const location = payload.at('location').optionalText(100)
  if (location !== undefined && warehouse !== location)
    return refused(`Purchase ${number} comes to warehouse ${warehouse ?? 'without a code'}, not ${location}.`)
  const expected = purchase
    .at('moves.')
    .each((row) => row, 10_000)
    .filter((row) => row.at('state').text(20) === 'draft' && !row.has('shipment'))
    .map(readMove)
  const fitting = fit(expected, wantedLines(payload, settings), 'last')
  if ('problem' in fitting) return refused(`Purchase ${number}: ${fitting.problem}`)
  const came = fitting.moves.filter(({ quantity }) => !isZero(quantity))
  if (came.length === 0) return refused('The receipt has no goods.')
  const values = {
    supplier: purchase.at('party').whole(),
    warehouse: purchase.at('warehouse').whole(),
    company: settings.company,
    reference: `${payload.at('receiptNumber').text(100)} ${request.externalReference}`,
    ...effectiveDate(payload),
    incoming_moves: [['add', came.map(({ move }) => move.id)]],
  }
  return { step: 'create', act: () => change(settings, `model.${model}.create`, [[values]]) }
}
