import { loops, moment, ordinal, type Rows, segments, value } from '../map/rows.ts'
import { notes, onlyParty, parties, references, weights } from './parts.ts'

/** What happened, where and when: a status of the shipment, or an appointment with its date. */
const statuses = (name: string) =>
  loops(name, {
    status: value('AT7/1'),
    statusReason: value('AT7/2'),
    appointment: value('AT7/3'),
    appointmentReason: value('AT7/4'),
    at: moment('AT7/5', 6),
    zone: value('AT7/7'),
    city: value('MS1/1'),
    region: value('MS1/2'),
    country: value('MS1/3'),
    longitude: value('MS1/4'),
    latitude: value('MS1/5'),
    longitudeDirection: value('MS1/6'),
    latitudeDirection: value('MS1/7'),
    postalCode: value('MS1/8'),
    equipmentOwner: value('MS2/1'),
    equipment: value('MS2/2'),
    equipmentCheckDigit: value('MS2/4'),
  })
const marks = segments('MAN', { qualifier: value('/1'), value: value('/2') })

/** Shipment status of a road carrier. B10 alone carries numbers of four parties. */
export const map214: Rows = {
  pro: value('B10/1'),
  shipment: value('B10/2'),
  scac: value('B10/3'),
  references: references(),
  marks,
  notes: notes('K1'),
  parties: parties('0100'),
  entries: loops('0200', {
    number: ordinal('LX/1'),
    statuses: statuses('0205'),
    references: references(),
    marks,
    exceptions: segments('Q7', { code: value('/1'), packaging: value('/2'), quantity: value('/3') }),
    notes: notes('K1'),
    weights: weights(),
    cartons: loops('0210', { weight: value('CD3/2'), references: references(), statuses: statuses('0215'), marks }),
    orders: loops('0230', {
      purchaseOrder: value('PRF/1'),
      party: onlyParty('0231'),
      cartons: loops('0233', { weight: value('CD3/2'), references: references(), statuses: statuses('0240') }),
    }),
  }),
}
