import type { OperationRequest } from '../kit/connector.ts'
import type { Procedure } from '../kit/procedure.ts'
import { type Conversation, type Decision, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { findProducts, movesBack } from './moves-back.ts'
import { change, find, idOf, refused } from './protocol.ts'
import { only, press, writeUnchanged } from './record.ts'
import { carries, readBackByReference, referenceDomain, withReference } from './reference.ts'
import type { TrytonSettings } from './settings.ts'
import { effectiveDate } from './values.ts'
import { fit, isAsWanted, quantityWrites, readMove, wantedLines } from './wanted.ts'

const model = 'stock.shipment.out.return'
const moveFields = ['product.code', 'quantity', 'uom.symbol', 'state']

interface Seen {
  /** Customer returns that carry our reference. */
  readonly returns: readonly Reading[]
  /** The customer return that the sales desk has made, whose number the warehouse was told. */
  readonly announced: readonly Reading[]
  /** What a new one needs; asked for only while there is none. */
  readonly deliveries: readonly Reading[]
  readonly products: readonly Reading[]
}

/**
 * Goods of a customer are back: a customer return with what came, received into the input zone. Where they go from there is another
 * posting. The credit is not part of it: whether there is one, the sales desk decides.
 */
export const postReturnReceipt = customerReturn('post_return_receipt', 'received')

/** Goods that did not leave after all are back in their storage. */
export const reverseGoodsIssue = customerReturn('reverse_goods_issue', 'done')

function customerReturn(command: string, until: 'received' | 'done'): Procedure<TrytonSettings> {
  return pursue<TrytonSettings, Seen>({
    command,
    idempotency: readBackByReference,
    look,
    decide: (seen, request, settings) => decide(seen, request, { settings, until }),
  })
}

function* look({ payload, externalReference }: OperationRequest, settings: TrytonSettings): Conversation<Seen> {
  const returns = yield* findReturns(settings, externalReference)
  const nothing = { announced: [], deliveries: [], products: [] }
  if (returns.length > 0) return { ...nothing, returns }
  const root = new Reading(payload)
  const number = root.at('returnNumber').optionalText(60)
  const announced =
    number === undefined
      ? []
      : yield* findBack(settings, [
          ['number', '=', number],
          ['company', '=', settings.company],
        ])
  if (announced.length > 0) return { ...nothing, returns, announced }
  const delivery = root.at('deliveryNumber').optionalText(100)
  if (delivery === undefined) return { ...nothing, returns }
  const deliveries = yield* find(
    settings,
    'stock.shipment.out',
    [
      ['number', '=', delivery],
      ['company', '=', settings.company],
    ],
    [
      ...['number', 'state', 'customer', 'delivery_address', 'customer_location'],
      ...['warehouse', 'warehouse.code', 'warehouse.input_location'],
      ...['outgoing_moves.unit_price', 'outgoing_moves.currency', 'outgoing_moves.product', 'outgoing_moves.state'],
    ],
  )
  const products = yield* findProducts(
    settings,
    wantedLines(root, settings).map(({ sku }) => sku),
  )
  return { returns, announced, deliveries, products }
}

/** Customer returns that carry a text of ours as a word of their reference. */
export function* findReturns(settings: TrytonSettings, word: string): Conversation<readonly Reading[]> {
  const found = yield* findBack(settings, [referenceDomain('reference', word)])
  return found.filter((row) => carries(row.at('reference'), word))
}

function findBack(settings: TrytonSettings, domain: readonly unknown[]): Conversation<readonly Reading[]> {
  const fields = ['incoming_moves', 'inventory_moves'].flatMap((list) => moveFields.map((name) => `${list}.${name}`))
  return find(settings, model, domain, ['number', 'state', 'reference', '_timestamp', ...fields])
}

function decide(
  seen: Seen,
  request: OperationRequest,
  { settings, until }: { readonly settings: TrytonSettings; readonly until: 'received' | 'done' },
): Decision {
  const [back, other] = seen.returns
  if (other !== undefined) return refused(`Tryton has several customer returns under ${request.externalReference}.`)
  if (back === undefined)
    return seen.announced.length > 0 ? claim(seen.announced, request, settings) : begin(seen, request, settings)
  const number = back.at('number').optionalText(100) ?? String(idOf(back))
  const wanted = wantedLines(new Reading(request.payload), settings)
  const moves = back.at('incoming_moves.').each(readMove, 10_000)
  const state = back.at('state').text(20)
  if (!isAsWanted(moves, wanted)) {
    const fitting = fit(moves, wanted, 'refuse')
    if (state !== 'draft' || 'problem' in fitting) return refused(`Customer return ${number} has other quantities.`)
    return { step: 'quantities', act: () => change(settings, 'model.stock.move.write', quantityWrites(fitting)) }
  }
  const applied: Decision = { ended: { outcome: 'applied', documentReference: number } }
  switch (state) {
    case 'draft':
      return press(settings, { model, id: idOf(back) }, 'receive')
    case 'received':
      return until === 'received' ? applied : press(settings, { model, id: idOf(back) }, 'done')
    case 'done':
      return applied
    default:
      return refused(`Customer return ${number} is cancelled.`)
  }
}

/** The sales desk has made it: it becomes what the warehouse has received, with the credit that the desk has planned. */
function claim(announced: readonly Reading[], request: OperationRequest, settings: TrytonSettings): Decision {
  const payload = new Reading(request.payload)
  const number = payload.at('returnNumber').text(60)
  const back = only(announced, `customer return ${number}`)
  if (back.at('state').text(20) !== 'draft') return refused(`Customer return ${number} was received by somebody else.`)
  const values = { reference: withReference(back.at('reference'), `${number} ${request.externalReference}`) }
  return { step: 'claim', act: () => writeUnchanged(settings, { model, row: back }, values) }
}

function begin(
  { deliveries, products }: Pick<Seen, 'deliveries' | 'products'>,
  request: OperationRequest,
  settings: TrytonSettings,
): Decision {
  const payload = new Reading(request.payload)
  const number = payload.at('deliveryNumber').optionalText(100)
  if (number === undefined)
    return refused(
      'The return is neither known to Tryton by its number nor names a delivery, so that its customer is not known.',
    )
  const delivery = only(deliveries, `customer shipment ${number}`)
  if (delivery.at('state').text(20) !== 'done') return refused(`Customer shipment ${number} has not left.`)
  const moves = movesBack(wantedLines(payload, settings), {
    products,
    came: delivery.at('outgoing_moves.').each((row) => row, 10_000),
    values: {
      from_location: delivery.at('customer_location').whole(),
      to_location: delivery.at('warehouse.').at('input_location').whole(),
      company: settings.company,
    },
  })
  const named = payload.at('returnNumber').optionalText(60)
  const values = {
    customer: delivery.at('customer').whole(),
    delivery_address: delivery.at('delivery_address').whole(),
    warehouse: delivery.at('warehouse').whole(),
    company: settings.company,
    reference: named === undefined ? request.externalReference : `${named} ${request.externalReference}`,
    ...effectiveDate(payload),
    incoming_moves: [['create', moves]],
  }
  return { step: 'create', act: () => change(settings, `model.${model}.create`, [[values]]) }
}
