import { Type } from 'typebox'
import { code } from '../fields/code.ts'
import { flag } from '../fields/flag.ts'
import { gln } from '../fields/gs1-key.ts'
import { hubId } from '../fields/hub-id.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { timeZone } from '../fields/time-zone.ts'
import { unLocation } from '../fields/un-location.ts'
import { address } from './parts/address.ts'
import { meta } from './parts/meta.ts'

const kinds = {
  name: 'location_kind',
  values: {
    warehouse: 'Goods are stored and shipped.',
    store: 'Goods are sold over the counter.',
    plant: 'Goods are made.',
    dock: 'A door where vehicles are loaded.',
    zone: 'A part of a warehouse.',
    bin: 'A single place on a shelf.',
    port: 'Sea ships land there.',
    airport: 'Aircraft land there.',
    terminal: 'A place where loading units change the vehicle.',
    customer_site: 'A customer’s place.',
    supplier_site: 'A supplier’s place.',
    service_point: 'A shop or locker where parcels are handed out.',
    in_transit: 'No place: on the way between two of them.',
    virtual: 'No place: exists in the books only.',
  },
}

/** Where goods can be. */
export const locationObject = record('A place where goods can be, from a port down to a bin on a shelf.', {
  ...meta('loc'),
  kind: code('What kind of place it is.', kinds),
  parentId: Type.Optional(
    hubId('The place that it is part of: a bin of a zone, a zone of a warehouse. Absent: of none.', 'loc'),
  ),
  address: Type.Optional(address('How to get there. Absent: it has none of its own.')),
  timezone: timeZone('Zone whose calendar counts there, IANA: "today", cut-off and posting date are judged in it.'),
  gln: Type.Optional(gln('Global Location Number, assigned by its owner under GS1.')),
  unlocode: Type.Optional(unLocation('UN/LOCODE, for ports, airports and inland places of trade.')),
  calendarId: Type.Optional(text('Calendar of its working days and hours. Absent: none is known.', 60)),
  attributes: Type.Optional(
    record('What else counts for its stock.', {
      nettable: Type.Optional(flag('Whether its stock may be promised to customers. Absent: nobody said.')),
      ownerPartyId: Type.Optional(
        hubId('Who owns the stock there where a movement names nobody. Absent: the operator.', 'prt'),
      ),
    }),
  ),
})
