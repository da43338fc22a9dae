import type { Fact } from '../model/fact.ts'
import { confirmationsIn } from './goods.ts'
import { numberOf, objectOf, type Posting } from './posting.ts'

/** What the channel of an order hears of it, each once. */
const standings: Readonly<Record<string, string>> = {
  'order.accepted': 'accepted',
  'order.backordered': 'backordered',
  'order.cancelled': 'cancelled',
  'order.held': 'on_hold',
  'order.rejected': 'rejected',
}

/** The channel that an order came over is told where it stands. An order that names no channel came over none that could be told. */
export function channelStanding(fact: Fact): Posting[] {
  const { orderNumber, channel } = objectOf(fact)
  const standing = standings[fact.type]
  if (typeof channel !== 'string' || channel === '' || standing === undefined) return []
  const number = numberOf(orderNumber, fact)
  const { reason } = fact.data as { readonly reason?: string }
  return [
    {
      command: 'update_channel_order',
      businessKey: `${fact.subject}:${standing}`,
      key: `order:${number}`,
      priority: 3,
      payload: { orderNumber: number, channel, standing, ...(reason === undefined ? {} : { reason }) },
    },
  ]
}

/** The channel of an order hears that something else is shipped of a line than was ordered. That the same comes later or from elsewhere is not its business. */
export function channelSubstitution(fact: Fact): Posting[] {
  const { orderNumber, channel, lineNo, how, missing, instead, deliveryNumber } = fact.data as Readonly<
    Record<string, unknown>
  >
  if (how !== 'substitute' || typeof channel !== 'string' || channel === '') return []
  const number = numberOf(orderNumber, fact)
  return [
    {
      command: 'update_channel_order',
      businessKey: `${fact.subject}:substituted:${String(deliveryNumber)}:${String(lineNo)}`,
      key: `order:${number}`,
      priority: 3,
      payload: {
        ...{ orderNumber: number, channel, standing: 'substituted', lineNo, missing, instead },
        reason: amountsOf(missing, instead),
      },
    },
  ]
}

function amountsOf(...amounts: readonly unknown[]): string {
  return amounts
    .map((one) => one as Readonly<Record<string, string>>)
    .map(({ sku = '', quantity = '', uom = '' }) => `${quantity} ${uom} ${sku}`)
    .join(' → ')
}

/** The channel of an order hears what has left of it, once for each confirmation of a warehouse, as the ERP does. */
export function channelShipment(fact: Fact): Posting[] {
  return confirmationsIn(fact).flatMap(({ delivery, suffix, header, postingDate, lines }) =>
    typeof header['orderNumber'] === 'string' && header['orderNumber'] !== ''
      ? [
          {
            command: 'ship_channel_order',
            businessKey: `${delivery}${suffix}`,
            key: `order:${header['orderNumber']}`,
            priority: 3,
            payload: { ...header, postingDate, lines },
          },
        ]
      : [],
  )
}
