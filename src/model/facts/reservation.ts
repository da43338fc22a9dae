import { Type } from 'typebox'
import { reservationKinds } from '../code-lists/reservation-kind.ts'
import { code } from '../fields/code.ts'
import { count } from '../fields/count.ts'
import { decimal } from '../fields/decimal.ts'
import { instant } from '../fields/instant.ts'
import { several } from '../fields/list.ts'
import { part, record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { references } from './parts/reference.ts'
import { stockPlace } from './parts/stock-place.ts'

const outcomes = {
  name: 'reservation_outcome',
  values: {
    allocated: 'Stock is held, for a warehouse to pick.',
    confirmed: 'Stock is held.',
    consumed: 'Goods have left for it.',
    expired: 'Its time is over; nothing is held any more.',
    queued: 'Nothing is there yet; it waits in the queue of the item.',
    reduced: 'Stock that was held is not there after all; less is held now, or nothing.',
    refused: 'Nothing is held: there is not enough, or it was asked for in a way that cannot be served.',
    released: 'It was given back, or nothing was left of it.',
  },
}
const reasons = {
  name: 'reservation_reason',
  values: {
    consumed: 'It was confirmed after all of it had left.',
    expired: 'It was asked for, or confirmed, after its end.',
    not_available: 'There is not enough that is free, and it did not want to wait.',
    nothing_asked: 'The quantity was zero.',
    refused: 'It was confirmed after it had been refused.',
    released: 'It was confirmed after it had been given back.',
    stock_gone: 'A count, a loss or a reversal took the stock away.',
    time_unreadable: 'A time in the request is no instant.',
    too_many_reservations: 'The item has as many open reservations as the hub keeps.',
    unit_unknown:
      'Nobody knows how the unit of the request converts to that of the item, or it comes to a fraction of a piece.',
    unknown_reservation: 'It was confirmed, and nobody had asked for it.',
  },
}
const members = {
  reservation: text('Name of the reservation, chosen by whoever asked. Unique among those of the item.'),
  revision: count('Revision of the wish that counts: the highest one that came.'),
  sku: text('Item number.'),
  uom: text('Base unit of the item, which every quantity here is in.'),
  kind: code('How firm it is.', reservationKinds),
  status: stockPlace.status,
  quantity: decimal('How much is wanted in all.'),
  granted: decimal('How much is held now.'),
  missing: decimal('How much is neither held nor gone: it is waited for, or will not come.'),
  consumed: decimal('How much has left for it so far.'),
  places: several(
    'Where it is held.',
    record('Held at one place.', { location: stockPlace.location, quantity: decimal('How much of it.') }),
  ),
  consumedNow: Type.Optional(decimal('How much has left with the goods issue behind this fact. Only of consumed.')),
  expectedAt: Type.Optional(
    instant(
      'When confirmed receipts will have brought what is missing, behind what others wait for. Absent: not in sight.',
    ),
  ),
  reason: Type.Optional(code('Why. Whoever releases may use words of his own. Absent: nothing to explain.', reasons)),
  references: Type.Optional(references('Orders and deliveries that it is for. Absent: none was named.')),
  origin: Type.Optional(text('Hub id of the object that asked and gets the answers. Absent: none.')),
}
const reservation = (description: string) => part('reservation_news', description, members)

/** Facts about reservations. All of them are about the stock of the item, whose fold alone grants: no piece is given twice. */
export const reservationFacts = {
  'reservation.allocated': reservation(
    'Stock is held for a warehouse to pick. Written by the hub when it is granted, wholly or in part, or made firm.',
  ),
  'reservation.answered': part(
    'reservation_answer',
    'What has become of a reservation, told to the object that asked. Written by the hub beside each other fact about a reservation that names an origin.',
    { ...members, outcome: code('Which of the other facts it repeats.', outcomes) },
  ),
  'reservation.confirmed': reservation('Stock is held. Written by the hub when it is granted, wholly or in part.'),
  'reservation.consumed': reservation(
    'Goods have left for it. Written by the hub with the goods issue that names its order or delivery.',
  ),
  'reservation.expired': reservation('Its time is over. Written by the hub when its timer runs out.'),
  'reservation.queued': reservation('Nothing is there yet, and it waits. Written by the hub when it is asked for.'),
  'reservation.reduced': reservation(
    'Stock that was held is not there after all. Written by the hub when a count, a loss or a reversal shows it; firm ones are never reduced.',
  ),
  'reservation.refused': reservation('Nothing is held. Written by the hub when it is asked for.'),
  'reservation.released': reservation(
    'It was given back. Written by the hub when whoever asked, or a person, says so.',
  ),
}
