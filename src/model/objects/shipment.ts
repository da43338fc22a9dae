import { Type } from 'typebox'
import { shipmentStatuses } from '../code-lists/shipment-status.ts'
import { trackingCodes } from '../code-lists/tracking-code.ts'
import { transportModes } from '../code-lists/transport-mode.ts'
import { code } from '../fields/code.ts'
import { count } from '../fields/count.ts'
import { flag } from '../fields/flag.ts'
import { hubId } from '../fields/hub-id.ts'
import { instant } from '../fields/instant.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { exceptionObject } from './exception.ts'
import { cutOffs, equipmentDetails, ports } from './parts/equipment-details.ts'
import { eventTime } from './parts/event-time.ts'
import { freightCharges } from './parts/freight-charge.ts'
import { leg } from './parts/leg.ts'
import { meta } from './parts/meta.ts'
import { parties } from './parts/party-ref.ts'
import { quantity } from './parts/quantity.ts'
import { stop } from './parts/stop.ts'
import { timeWindow } from './parts/time-window.ts'
import { weight } from './parts/weight.ts'
import { proofOfDelivery } from './proof-of-delivery.ts'

const directions = {
  name: 'shipment_direction',
  values: {
    outbound: 'To a customer.',
    inbound: 'From a supplier.',
    return: 'Back from a customer.',
    transfer: 'Between two sites of one’s own.',
    drop_ship: 'From a supplier straight to a customer.',
  },
}
const freightTerms = {
  name: 'freight_terms',
  values: { prepaid: 'The sender pays.', collect: 'The consignee pays.', third_party: 'Somebody else pays.' },
}

/** What a carrier moves from a sender to a consignee. */
export const shipmentObject = record(
  'What a carrier moves from a sender to a consignee, in one package or many. Status, exceptions and estimates are computed from scans and plans; nobody sets them.',
  {
    ...meta('shp'),
    direction: code('Which way the goods go, seen from the tenant.', directions),
    deliveryIds: list('Deliveries of warehouses that it carries out.', hubId('One delivery.', 'dlv')),
    orderIds: list('Customer orders that it fulfils, wholly or in part.', hubId('One order.', 'ord')),
    mode: code('How it travels. It decides how long silence is normal.', transportModes),
    carrierId: Type.Optional(hubId('Who moves it. Absent: nobody was chosen yet.', 'car')),
    service: Type.Optional(text('Product of the carrier that was booked, in the carrier’s own code.', 60)),
    carrierAccount: Type.Optional(text('Account number at the carrier that is charged.', 60)),
    parties: parties('Sender, consignee, and whoever else has a part in it.'),
    stops: list('Places on the way, pickup and delivery included.', stop, 1000),
    legs: list('Ways between the stops. Empty: the carrier does not tell.', leg, 1000),
    packages: list('The handling units in it. Empty: not known what was packed.', hubId('One package.', 'pkg')),
    equipment: Type.Optional(
      list(
        'Containers and trailers that it travels in. Absent: none is known.',
        record('One of them.', {
          kind: text('What it is: container, trailer, unit load device; ISO 6346 size and type where it has one.', 60),
          number: Type.Optional(text('Number painted on it; containers by ISO 6346.', 30)),
          ...equipmentDetails,
          cutOffs: Type.Optional(cutOffs),
        }),
        100,
      ),
    ),
    ports: Type.Optional(ports),
    cutOffs: Type.Optional(cutOffs),
    status: code('Where it stands. Of several packages the least advanced one decides.', shipmentStatuses),
    progress: record('How many of its packages have come where they were to come.', {
      total: count('Packages that count: all but those that were cancelled.'),
      delivered: count('Those of them that are delivered.'),
      partial: flag('Yes: it counts as delivered although not all of it was.'),
    }),
    exceptions: list('What needs or needed attention, open and resolved.', exceptionObject, 1000),
    milestones: Type.Record(Type.String(), eventTime('When it first happened.'), {
      description:
        'By tracking code, the first time that it actually happened. A code that never happened is not there.',
    }),
    promise: record('What the consignee was told. On time is measured against both.', {
      initial: Type.Optional(timeWindow('The first word. It never changes.')),
      current: Type.Optional(timeWindow('The last word that was agreed on.')),
      agreedBy: Type.Optional(text('Who agreed to the last word.', 120)),
    }),
    eta: Type.Optional(
      record('When it is expected. Absent: nobody estimates.', {
        at: instant('The moment of delivery that is expected.'),
        window: Type.Optional(timeWindow('The span that it is expected within.')),
        source: text('Connection whose estimate is shown.', 60),
        computedAt: instant('When the estimate was made.'),
      }),
    ),
    weight: Type.Optional(weight('Gross weight of all packages together, as the sender stated it.')),
    volume: Type.Optional(quantity('Room that all packages take, mostly in MTQ (cubic metres).')),
    freightTerms: Type.Optional(code('Who pays the carrier.', freightTerms)),
    incoterms: Type.Optional(text('Who bears cost and risk to where: the three letters of Incoterms, DAP.', 3)),
    ratedCharges: Type.Optional(freightCharges('What the transport was to cost when it was booked.')),
    pod: Type.Optional(proofOfDelivery('How it was handed over. Absent: no proof has come.')),
    lastEventAt: Type.Optional(instant('When the newest scan that has a meaning happened. Absent: there was none.')),
    lastEventReceivedAt: Type.Optional(instant('When the hub heard of that scan.')),
    nextExpectedEvent: Type.Optional(
      record('What should happen next. If it does not, an exception opens. Absent: nothing is awaited.', {
        code: code('The scan that should come.', trackingCodes),
        by: instant('When it should have come at the latest.'),
      }),
    ),
  },
)
