import type { OperationRequest } from '../kit/connector.ts'
import type { Procedure } from '../kit/procedure.ts'
import { type Conversation, type Decision, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { change, find, idOf, refused } from './protocol.ts'
import { carries, readBackByReference, referenceDomain, withReference } from './reference.ts'
import type { TrytonSettings } from './settings.ts'
import { dateValue, inUnit, quantityValue } from './values.ts'
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

/** Products of these codes, with their units. */
export function findProducts(settings: TrytonSettings, skus: readonly string[]): Conversation<readonly Reading[]> {
  return find(settings, 'product.product', [['code', 'in', skus]], ['code', 'default_uom', 'default_uom.symbol'])
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
  const press = (button: string): Decision => ({
    step: button,
    act: () => change(settings, `model.${model}.${button}`, [[idOf(back)]]),
  })
  if (!isAsWanted(moves, wanted)) {
    const fitting = fit(moves, wanted, 'refuse')
    if (state !== 'draft' || 'problem' in fitting) return refused(`Customer return ${number} has other quantities.`)
    return { step: 'quantities', act: () => change(settings, 'model.stock.move.write', quantityWrites(fitting)) }
  }
  const applied: Decision = { ended: { outcome: 'applied', documentReference: number } }
  switch (state) {
    case 'draft':
      return press('receive')
    case 'received':
      return until === 'received' ? applied : press('done')
    case 'done':
      return applied
    default:
      return refused(`Customer return ${number} is cancelled.`)
  }
}

/** The sales desk has made it: it becomes what the warehouse has received, with the credit that the desk has planned. */
function claim(announced: readonly Reading[], request: OperationRequest, settings: TrytonSettings): Decision {
  const payload = new Reading(request.payload)
  const [back, other] = announced
  const number = payload.at('returnNumber').text(60)
  if (back === undefined || other !== undefined) return refused(`Tryton has several customer returns ${number}.`)
  if (back.at('state').text(20) !== 'draft') return refused(`Customer return ${number} was received by somebody else.`)
  const id = idOf(back)
  const values = { reference: withReference(back.at('reference'), `${number} ${request.externalReference}`) }
  const timestamps = { [`${model},${id}`]: back.at('_timestamp').text(40) }
  return { step: 'claim', act: () => change(settings, `model.${model}.write`, [[id], values], { timestamps }) }
}

function begin(
  { deliveries, products }: Pick<Seen, 'deliveries' | 'products'>,
  request: OperationRequest,
  settings: TrytonSettings,
): Decision {
  const payload = new Reading(request.payload)
  const number = payload.at('deliveryNumber').optionalText(100)
  const [delivery, other] = deliveries
  if (number === undefined)
    return refused(
      'The return is neither known to Tryton by its number nor names a delivery, so that its customer is not known.',
    )
  if (delivery === undefined || other !== undefined)
    return refused(`Tryton has ${delivery === undefined ? 'no' : 'more than one'} customer shipment ${number}.`)
  if (delivery.at('state').text(20) !== 'done') return refused(`Customer shipment ${number} has not left.`)
  const lines = wantedLines(payload, settings)
  const unknown = lines.find(
    ({ sku }) => products.filter((one) => one.at('code').optionalText(100) === sku).length !== 1,
  )
  if (unknown !== undefined) return refused(`Tryton has no single product ${unknown.sku}.`)
  const moves = lines.map((line) => {
    const product = products.find((one) => one.at('code').optionalText(100) === line.sku) ?? payload
    const unit = product.at('default_uom.')
    const shipped = delivery
      .at('outgoing_moves.')
      .each((row) => row, 10_000)
      .find((row) => row.at('product').whole() === idOf(product))
    return {
      product: idOf(product),
      uom: idOf(unit),
      quantity: quantityValue(inUnit(line.quantity, line.uom, unit.at('symbol').text(20), line.place), line.place),
      from_location: delivery.at('customer_location').whole(),
      to_location: delivery.at('warehouse.').at('input_location').whole(),
      company: settings.company,
      // Tryton warns of goods that come from nowhere: they come from the move that they left with.
      ...(shipped === undefined
        ? {}
        : {
            origin: `stock.move,${idOf(shipped)}`,
            unit_price: shipped.at('unit_price').value,
            currency: shipped.at('currency').whole(),
          }),
    }
  })
  const day = payload.at('postingDate')
  const named = payload.at('returnNumber').optionalText(60)
  const values = {
    customer: delivery.at('customer').whole(),
    delivery_address: delivery.at('delivery_address').whole(),
    warehouse: delivery.at('warehouse').whole(),
    company: settings.company,
    reference: named === undefined ? request.externalReference : `${named} ${request.externalReference}`,
    ...(day.present ? { effective_date: dateValue(day.text(10), day.place) } : {}),
    incoming_moves: [['create', moves]],
  }
  return { step: 'create', act: () => change(settings, `model.${model}.create`, [[values]]) }
}
