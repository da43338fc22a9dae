import { Type } from 'typebox'
import { shipmentStatuses } from '../code-lists/shipment-status.ts'
import { code } from '../fields/code.ts'
import { flag } from '../fields/flag.ts'
import { sscc } from '../fields/gs1-key.ts'
import { hubId } from '../fields/hub-id.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { document } from './document.ts'
import { dimensions } from './parts/dimensions.ts'
import { meta } from './parts/meta.ts'
import { money } from './parts/money.ts'
import { quantity } from './parts/quantity.ts'
import { weight } from './parts/weight.ts'

/** A thing that is handled as one: parcel, pallet, container. */
export const packageObject = record(
  'A thing that is handled as one: a parcel, a pallet, a container. What is in it never changes; a repack is another package.',
  {
    ...meta('pkg'),
    shipmentId: Type.Optional(hubId('Shipment that it travels in. Absent: none yet.', 'shp')),
    deliveryId: Type.Optional(hubId('Delivery that it was packed for.', 'dlv')),
    parentId: Type.Optional(
      hubId('Package that it stands in or was repacked from. Absent: it stands by itself.', 'pkg'),
    ),
    type: text('What it is, UN/ECE Recommendation 21: CT is a carton, PX a pallet.', 10),
    sscc: Type.Optional(sscc('Number on its logistics label, from whoever packed it (GS1).')),
    trackingNumber: Type.Optional(
      text('Number that the carrier follows it by, from the carrier. Absent: not labelled yet.', 60),
    ),
    weight: Type.Optional(weight('Gross weight, packaging included, as it was weighed.')),
    dimensions: Type.Optional(dimensions('Outer measures, as they were taken.')),
    contents: list(
      'What is in it. Empty: nobody told.',
      record('Some of one item.', {
        itemId: hubId('What it is.', 'itm'),
        quantity: quantity('How much of it is in the package.'),
        lot: Type.Optional(text('Batch that it is from.', 60)),
        serials: Type.Optional(list('Numbers of the single units.', text('One serial number, from the maker.', 60))),
        deliveryLineNo: Type.Optional(text('Line of the delivery that it fulfils.', 30)),
      }),
    ),
    status: code('Where it stands, from its own scans.', shipmentStatuses),
    label: Type.Optional(document('The label as it was printed.')),
    declaredValue: Type.Optional(money('What the sender says that it is worth, for insurance and customs.')),
    hazmat: Type.Optional(flag('Yes: dangerous goods are in it. Absent: not said, which is not no.')),
    seal: Type.Optional(text('What is written on its seal.', 30)),
  },
)
