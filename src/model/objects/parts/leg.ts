import { Type } from 'typebox'
import { transportModes } from '../../code-lists/transport-mode.ts'
import { code } from '../../fields/code.ts'
import { count } from '../../fields/count.ts'
import { hubId } from '../../fields/hub-id.ts'
import { part, record } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'
import { identifiers } from './identifier.ts'

/** A way between two stops of a shipment, in one vehicle. */
export const leg = part('leg', 'One way between two stops, in one vehicle.', {
  id: text('Names the leg in its shipment, from the planner.', 60),
  seq: count('Place in the order of the journey, as the planner numbers it; smaller is earlier.'),
  fromStop: count('`seq` of the stop where it begins.'),
  toStop: count('`seq` of the stop where it ends.'),
  mode: code('How the goods travel on it.', transportModes),
  carrierId: Type.Optional(hubId('Who moves it. Absent: the carrier of the shipment, or nobody yet.', 'car')),
  identifiers: identifiers('Numbers of this way alone: PRO, booking, air waybill.'),
  vehicle: Type.Optional(
    record('What it travels in. Absent: not known.', {
      name: Type.Optional(text('Name of the ship.', 120)),
      imo: Type.Optional(text('IMO ship number, seven digits, with or without IMO in front.', 10)),
      voyage: Type.Optional(text('Number of the journey of the ship, from its operator.', 30)),
      flight: Type.Optional(text('Flight number: airline code and digits.', 10)),
      plate: Type.Optional(text('Number plate of truck or trailer.', 20)),
    }),
  ),
  status: code('How far it has come.', {
    name: 'leg_status',
    values: {
      planned: 'Somebody intends it.',
      tendered: 'It was offered to a carrier.',
      booked: 'A carrier has the order.',
      departed: 'It is under way.',
      arrived: 'The vehicle is at its end.',
      completed: 'The goods are off the vehicle.',
      cancelled: 'It will not happen.',
    },
  }),
})
