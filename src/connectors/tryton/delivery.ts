import type { OperationRequest } from '../kit/connector.ts'
import { type Conversation, type Decision, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { findSaleShipments } from './order-shipments.ts'
import { find, idOf, refused } from './protocol.ts'
import { assign, only, writeUnchanged } from './record.ts'
import { carries, createdMark, readBackByReference, withReference } from './reference.ts'
import type { TrytonSettings } from './settings.ts'
import { isAsWanted, readMove, wantedLines } from './wanted.ts'

const model = 'stock.shipment.out'

interface Seen {
  readonly sales: readonly Reading[]
  readonly shipments: readonly Reading[]
}

/**
 * A delivery is made of what is held for an order. Tryton plans customer shipments by itself as soon as a sale says what is sold: the one
 * of exactly these goods that nobody else has claimed becomes the delivery, with its number. It is assigned where the warehouse may begin
 * only then.
 */
export const createDelivery = pursue<TrytonSettings, Seen>({
  command: 'create_delivery',
  idempotency: readBackByReference,
  look: function* ({ payload, externalReference }, settings): Conversation<Seen> {
    const sales = yield* find(
      settings,
      'sale.sale',
      [
        ['number', '=', new Reading(payload).at('orderNumber').text(100)],
        ['company', '=', settings.company],
      ],
      ['number', 'state'],
    )
    const [sale] = sales
    if (sale === undefined) return { sales, shipments: [] }
    return { sales, shipments: yield* findSaleShipments(settings, idOf(sale), createdMark + externalReference) }
  },
  decide,
})

function decide({ sales, shipments }: Seen, request: OperationRequest, settings: TrytonSettings): Decision {
  const payload = new Reading(request.payload)
  const order = payload.at('orderNumber').text(100)
  only(sales, `sale ${order}`)
  const ours = createdMark + request.externalReference
  const claimed = shipments.filter((one) => carries(one.at('reference'), ours))
  if (claimed.length > 0) return follow(only(claimed, `customer shipment ${request.externalReference}`), settings)
  const wanted = wantedLines(payload, settings)
  const location = payload.at('location').optionalText(100)
  const free = shipments.find(
    (one) =>
      ['draft', 'waiting', 'assigned'].includes(one.at('state').text(20)) &&
      !isDelivery(one) &&
      (location === undefined || one.at('warehouse.').at('code').optionalText(100) === location) &&
      isAsWanted(one.at('outgoing_moves.').each(readMove, 10_000), wanted),
  )
  if (free === undefined)
    return refused(
      `Tryton plans no customer shipment of exactly these goods for sale ${order}${location === undefined ? '' : ` from ${location}`}.`,
    )
  const values = { reference: withReference(free.at('reference'), ours) }
  return { step: 'claim', act: () => writeUnchanged(settings, { model, row: free }, values) }
}

/** Another delivery of the order is made of it already. */
function isDelivery(shipment: Reading): boolean {
  return (shipment.at('reference').optionalText(2000) ?? '').split(/\s+/).some((word) => word.startsWith(createdMark))
}

function follow(shipment: Reading, settings: TrytonSettings): Decision {
  const number = shipment.at('number').text(100)
  const state = shipment.at('state').text(20)
  if (state === 'cancelled') return refused(`Customer shipment ${number} is cancelled.`)
  if (state === 'waiting' && settings.releaseState === 'assigned')
    return assign(settings, { model, id: idOf(shipment) })
  return { ended: { outcome: 'applied', documentReference: number } }
}
