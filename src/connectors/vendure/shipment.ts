import { compare, add as plus, subtract } from '../../base/decimal.ts'
import type { OperationRequest } from '../kit/connector.ts'
import { type Conversation, type Decision, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { carries, codeOf, lookForOrder, referenceIn, withoutOrder, withReference } from './order-look.ts'
import { readPieces } from './pieces.ts'
import { change } from './protocol.ts'
import type { VendureSettings } from './settings.ts'

const add = `mutation ($input: FulfillOrderInput!) {
  addFulfillmentToOrder(input: $input) {
    __typename ... on Fulfillment { id state } ... on ErrorResult { errorCode message }
  }
}`

const transition = `mutation ($id: ID!, $state: String!) {
  transitionFulfillmentToState(id: $id, state: $state) {
    __typename ... on Fulfillment { id state }
    ... on FulfillmentStateTransitionError { errorCode message transitionError }
  }
}`

/**
 * Goods of an order have left: one fulfillment for each confirmation of a warehouse, with its tracking numbers, shipped. Our reference
 * is a word of its method, which is written together with it.
 */
export const shipChannelOrder = pursue<VendureSettings, Reading | undefined>({
  command: 'ship_channel_order',
  idempotency: referenceIn('fulfillments.method'),
  look: lookForOrder,
  decide,
})

function decide(order: Reading | undefined, request: OperationRequest, settings: VendureSettings): Decision {
  const payload = new Reading(request.payload)
  const code = codeOf(request.payload, settings)
  if (order === undefined) return withoutOrder(code, settings)
  const all = order.at('fulfillments').each((one) => one, 1000)
  const [ours, other] = all.filter((one) => carries(one.at('method'), request.externalReference))
  if (other !== undefined) return refused(`The shop has several fulfillments ${request.externalReference}.`)
  if (ours !== undefined) return advance(ours, { order, payload, settings })
  const state = order.at('state').text(100)
  if (state === 'Cancelled') return refused(`Order ${code} is cancelled in the shop.`)
  const lines = openLines(order, all)
  const wanted = wantedOf(payload)
  const taken = allot(lines, wanted)
  if ('problem' in taken) return refused(taken.problem)
  const { externalReference } = request
  return { step: 'add', act: () => create({ payload, settings, externalReference, lines: taken.lines }) }
}

function create(input: {
  readonly payload: Reading
  readonly settings: VendureSettings
  readonly externalReference: string
  readonly lines: readonly object[]
}): Conversation<Reading> {
  const { payload, settings, externalReference, lines } = input
  const method = withReference(payload.at('carrier').optionalText(100) ?? '', externalReference)
  return change(settings, 'addFulfillmentToOrder', add, {
    input: {
      lines,
      handler: {
        code: settings.handler,
        arguments: [
          { name: 'method', value: method },
          { name: 'trackingCode', value: trackingOf(payload) },
        ],
      },
    },
  })
}

/** Ours is there: it goes on to where it should be. A shop moves it itself from `Created` to `Pending`, unless it broke off between the two. */
function advance(
  fulfillment: Reading,
  about: { readonly order: Reading; readonly payload: Reading; readonly settings: VendureSettings },
): Decision {
  const { order, payload, settings } = about
  const id = fulfillment.at('id').text(60)
  const state = fulfillment.at('state').text(100)
  if (!isAsWanted(fulfillment, order, wantedOf(payload)))
    return refused(`Fulfillment ${id} of order ${payload.at('orderNumber').text(100)} has other quantities.`)
  const next = state === 'Created' ? 'Pending' : state === 'Pending' ? 'Shipped' : undefined
  if (next !== undefined)
    return {
      step: next,
      act: () => change(settings, 'transitionFulfillmentToState', transition, { id, state: next }),
    }
  if (state === 'Shipped' || state === 'Delivered') return { ended: { outcome: 'applied', documentReference: id } }
  return refused(`Fulfillment ${id} is in the state ${state}: somebody has changed it in the shop.`)
}

interface OpenLine {
  readonly id: string
  readonly sku: string
  readonly open: string
}

/** What of each line has not left. Cancelled fulfillments have not. */
function openLines(order: Reading, fulfillments: readonly Reading[]): readonly OpenLine[] {
  const gone = fulfillments
    .filter((one) => one.at('state').text(100) !== 'Cancelled')
    .flatMap((one) => one.at('lines').each((line) => line, 10_000))
  return order
    .at('lines')
    .list(10_000)
    .map((line) => {
      const id = line.at('id').text(60)
      const open = gone
        .filter((one) => one.at('orderLineId').text(60) === id)
        .reduce((rest, one) => subtract(rest, one.at('quantity').decimal()), line.at('quantity').decimal())
      return { id, sku: line.at('productVariant').at('sku').text(100), open }
    })
}

/** How many pieces of each item have left. */
function wantedOf(payload: Reading): ReadonlyMap<string, string> {
  const wanted = new Map<string, string>()
  for (const line of payload.at('lines').list(10_000)) {
    const sku = line.at('sku').text(100)
    wanted.set(sku, plus(readPieces(line), wanted.get(sku) ?? '0'))
  }
  return new Map([...wanted].filter(([, quantity]) => quantity !== '0'))
}

type Allotted = { readonly lines: readonly object[] } | { readonly problem: string }

/** Which lines of the order it is. More than is open was not ordered, or somebody has told the shop already. */
function allot(lines: readonly OpenLine[], wanted: ReadonlyMap<string, string>): Allotted {
  const taken: object[] = []
  for (const [sku, quantity] of wanted) {
    let rest = quantity
    for (const line of lines.filter((one) => one.sku === sku)) {
      const part = compare(line.open, rest) < 0 ? line.open : rest
      if (compare(part, '0') <= 0) continue
      taken.push({ orderLineId: line.id, quantity: Number(part) })
      rest = subtract(rest, part)
    }
    if (rest !== '0') return { problem: `Order lines of the shop wait for ${rest} less of ${sku} than has left.` }
  }
  return taken.length === 0 ? { problem: 'Nothing has left.' } : { lines: taken }
}

function isAsWanted(fulfillment: Reading, order: Reading, wanted: ReadonlyMap<string, string>): boolean {
  const skus = new Map(
    order
      .at('lines')
      .list(10_000)
      .map((line) => [line.at('id').text(60), line.at('productVariant').at('sku').text(100)]),
  )
  const found = new Map<string, string>()
  for (const line of fulfillment.at('lines').each((one) => one, 10_000)) {
    const sku = skus.get(line.at('orderLineId').text(60)) ?? ''
    found.set(sku, plus(line.at('quantity').decimal(), found.get(sku) ?? '0'))
  }
  return found.size === wanted.size && [...wanted].every(([sku, quantity]) => found.get(sku) === quantity)
}

function trackingOf(payload: Reading): string {
  return payload
    .at('trackingNumbers')
    .each((one) => one.text(100), 1000)
    .join(', ')
    .slice(0, 2000)
}

function refused(reason: string): Decision {
  return { ended: { outcome: 'refused', reason } }
}
