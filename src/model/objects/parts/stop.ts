import { Type } from 'typebox'
import { code } from '../../fields/code.ts'
import { count } from '../../fields/count.ts'
import { flag } from '../../fields/flag.ts'
import { hubId } from '../../fields/hub-id.ts'
import { list } from '../../fields/list.ts'
import { part } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'
import { address } from './address.ts'
import { eventTime } from './event-time.ts'
import { identifier } from './identifier.ts'
import { timeWindow } from './time-window.ts'

/** A place where a shipment stops. */
export const stop = part('stop', 'One place on the way.', {
  seq: count(
    'Place in the order of the journey, as the planner numbers it; smaller is earlier. Legs and scans name stops by it.',
  ),
  type: code('What happens there.', {
    name: 'stop_type',
    values: {
      pickup: 'Goods are taken on.',
      delivery: 'Goods are handed over.',
      transfer: 'Goods change the vehicle.',
      border: 'A border is crossed.',
      port: 'A sea port or airport.',
      hub: 'A depot of the carrier.',
      other: 'Something else.',
    },
  }),
  isPart: Type.Optional(
    flag('Yes: more of the same goods is taken on, or handed over, at another stop. Absent: nobody said so.'),
  ),
  location: Type.Optional(text('Code of the place, as the planner names it. Absent: none was told.', 80)),
  references: Type.Optional(
    list('Numbers of what is done there: orders, bills of lading, appointments.', identifier('One number.'), 200),
  ),
  locationId: Type.Optional(hubId('The place in the master data. Absent: only the address is known.', 'loc')),
  address: Type.Optional(address('Where it is, if the plan says more than the master data.')),
  appointment: Type.Optional(hubId('Time at the dock that was agreed for it.', 'apt')),
  planned: Type.Optional(timeWindow('When the vehicle is to be there.')),
  arrivedAt: Type.Optional(eventTime('When the vehicle came. Absent: not heard of.')),
  departedAt: Type.Optional(eventTime('When the vehicle left. Absent: not heard of.')),
  completedAt: Type.Optional(eventTime('When the work at the stop was done. Absent: not heard of.')),
  final: flag('Whether the shipment ends here: only here does "delivered" deliver it.'),
})
