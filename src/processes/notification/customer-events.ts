import { readInstant, writeInstant } from '../../base/instant.ts'
import type { Fact, Reference } from '../../model/fact.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { ShipmentState } from '../../model/shipment/state.ts'
import type { Data } from '../posting.ts'
import { dataOf, type Happening, type NotificationEvent, textOf, valuesOf } from './happening.ts'

const exampleOrder = { number: 'SO-4711', customerReference: 'PO 99', reason: 'The address is not complete.' }
const exampleShipment = {
  number: 'SO-4711',
  carrier: 'parcelnorth',
  service: 'express',
  trackingNumber: 'PN100200300',
  eta: '2026-04-02T15:30:00+02:00',
  at: '2026-04-02T14:12:00+02:00',
  signedBy: 'M. Example',
}

/** What customers may be told of their orders, returns and shipments. */
export const customerEvents: readonly NotificationEvent[] = [
  ofDocument('order_accepted', 'order.accepted', 'The order is accepted.'),
  ofDocument('order_cancelled', 'order.cancelled', 'The order is cancelled.'),
  {
    name: 'order_promise_changed',
    audience: 'customer',
    about: 'A line that waits for stock is expected at another time.',
    fact: 'order.promise_changed',
    happenings: (fact, state) => {
      const { lineNo, expectedAt } = dataOf(fact)
      const at = textOf(expectedAt)
      if (readInstant(at) === undefined) return []
      const references = (state as { readonly references?: readonly Reference[] } | undefined)?.references ?? []
      return named(references, ['order']).map(({ reference, number }) => ({
        key: `order_promise_changed:${fact.subject}:${textOf(lineNo)}`,
        ...{ reference, number, expected: { at } },
        values: valuesOf({ number, line: lineNo, expected: at }),
      }))
    },
    example: { number: 'SO-4711', line: '10', expected: '2026-04-09T00:00:00Z' },
  },
  ofDocument('order_rejected', 'order.rejected', 'The order cannot be taken.'),
  ofDocument('return_authorized', 'return.authorized', 'The goods may be sent back.'),
  ofShipment('shipment_delivered', 'shipment.delivered', 'Everything is delivered.', (shipment) => ({
    overtakes: ['shipment_eta_changed', 'shipment_out_for_delivery', 'shipment_picked_up'],
    values: { at: instantOf(shipment.projection.milestones['delivered']), signedBy: shipment.about.signedBy },
  })),
  ofShipment(
    'shipment_eta_changed',
    'shipment.eta_changed',
    'It is expected at another time.',
    (_, { eta, before }) => {
      const at = textOf(eta)
      const was = textOf(before)
      if (readInstant(at) === undefined) return undefined
      return { expected: { at, ...(was === '' ? {} : { before: was }) }, values: { eta: at } }
    },
  ),
  ofShipment('shipment_lost', 'shipment.lost', 'The carrier says that it is lost.'),
  ofShipment(
    'shipment_not_delivered',
    'shipment.status_changed',
    'That it was delivered was wrong; told to those who were told that.',
    (_, { from, to }) => (from === 'delivered' && to !== 'returned' ? { corrects: 'shipment_delivered' } : undefined),
  ),
  ofShipment(
    'shipment_out_for_delivery',
    'shipment.out_for_delivery',
    'It is on the vehicle of the last mile.',
    () => ({ overtakes: ['shipment_picked_up'] }),
  ),
  ofShipment('shipment_picked_up', 'shipment.picked_up', 'The carrier has the goods.', ({ projection }) => ({
    values: { eta: instantOf(projection.eta?.at) },
  })),
  ofShipment('shipment_returned', 'shipment.returned', 'It is back at the sender.'),
]

function ofDocument(name: string, type: string, about: string): NotificationEvent {
  const entity = type.split('.', 1)[0] ?? ''
  return {
    ...{ name, audience: 'customer', about, fact: type, example: exampleOrder },
    happenings: (fact) => {
      const { object, references, reason } = dataOf(fact) as {
        readonly object?: Data
        readonly references?: readonly Reference[]
        readonly reason?: unknown
      }
      return namedDocument(entity, references ?? [], object).map(({ reference, number }) => ({
        ...{ key: `${name}:${fact.subject}`, reference, number },
        values: valuesOf({ number, customerReference: object?.['customerReference'], reason }),
      }))
    },
  }
}

interface ShipmentNews extends Pick<Happening, 'expected'> {
  readonly values?: Readonly<Record<string, unknown>>
  /** Names of events. */
  readonly corrects?: string
  readonly overtakes?: readonly string[]
}

/** `say` gives undefined where the fact is no such news. */
function ofShipment(
  name: string,
  type: string,
  about: string,
  say: (shipment: ShipmentState, data: Data) => ShipmentNews | undefined = () => ({}),
): NotificationEvent {
  return {
    ...{ name, audience: 'customer', about, fact: type, example: exampleShipment },
    happenings: (fact, state) => {
      const shipment = state as ShipmentState | undefined
      // What comes in from suppliers, or back, is no news for customers.
      if (shipment === undefined || (shipment.about.direction ?? 'outbound') !== 'outbound') return []
      const news = say(shipment, dataOf(fact))
      if (news === undefined) return []
      const { values = {}, corrects, overtakes, ...rest } = news
      const { carrier, service } = shipment.about
      const trackingNumber = shipment.references.find(({ scheme }) => scheme === 'tracking_number')?.value
      const keyOf = (event: string, number: string): string => `${event}:${fact.subject}:${number}`
      return named(shipment.references, ['order', 'delivery']).map(({ reference, number }) => ({
        ...{ ...rest, key: keyOf(name, number), reference, number },
        values: valuesOf({ number, carrier, service, trackingNumber, ...values }),
        ...(corrects === undefined ? {} : { corrects: keyOf(corrects, number) }),
        ...(overtakes === undefined ? {} : { overtakes: overtakes.map((one) => keyOf(one, number)) }),
      }))
    },
  }
}

function instantOf(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : writeInstant(ms)
}

interface Named {
  readonly reference: string
  readonly number: string
}

/** Orders that it belongs to; where none is known, what stands for them: the first scheme of which there is one. */
export function named(references: readonly Reference[], schemes: readonly string[]): readonly Named[] {
  const numbers = schemes
    .map((scheme) => references.filter((one) => one.scheme === scheme))
    .find((some) => some.length > 0)
  const found = (numbers ?? []).map((one) => ({ reference: referenceOf(one.scheme, one.value), number: one.value }))
  return [...new Map(found.map((one) => [one.reference, one])).values()].slice(0, ordersMost)
}

/** Orders of one shipment whose customers are told. */
const ordersMost = 20

/** `order:SO-1`, however it is written. */
export function referenceOf(scheme: string, value: string): string {
  return `${scheme}:${normalizeIdentifier({ scheme, value })}`
}

/** A return belongs to its order, where it names one. */
export function namedDocument(
  entity: string,
  references: readonly Reference[],
  object: Data | undefined,
): readonly Named[] {
  const own = references.find(({ scheme }) => scheme === entity)?.value ?? textOf(object?.[`${entity}Number`])
  const order = entity === 'order' ? own : textOf(object?.['orderNumber'])
  if (own === '') return []
  return [{ reference: order === '' ? referenceOf(entity, own) : referenceOf('order', order), number: own }]
}

/** Whom the facts of a document name: parties with an address to write to. */
export function contactsOf(
  fact: Fact,
): readonly { readonly role: string; readonly address: string; readonly name?: string; readonly language?: string }[] {
  const { parties } = (dataOf(fact)['object'] ?? {}) as { readonly parties?: unknown }
  if (!Array.isArray(parties)) return []
  return parties.slice(0, 100).flatMap((one: unknown) => {
    const { role, contact } = (one ?? {}) as { readonly role?: unknown; readonly contact?: Data | undefined }
    const address = textOf(contact?.['email']).trim()
    const name = textOf(contact?.['name'])
    const language = textOf(contact?.['language'])
    if (typeof role !== 'string' || address === '') return []
    return [{ role, address, ...(name === '' ? {} : { name }), ...(language === '' ? {} : { language }) }]
  })
}
