import type { CodeList } from '../fields/code.ts'

/** How goods travel. It decides how long silence of a carrier is normal. */
export const transportModes: CodeList = {
  name: 'transport_mode',
  values: {
    parcel: 'Single parcels in the network of a parcel carrier.',
    ltl: 'Less than truckload: pallets that share a truck with those of others.',
    ftl: 'Full truckload: one truck for one shipment.',
    intermodal: 'One loading unit on several modes, mostly road and rail.',
    rail: 'By train.',
    ocean: 'By sea ship.',
    air: 'By aircraft.',
    drayage: 'A container on a truck between port or rail yard and a near place.',
    courier: 'A messenger who drives from door to door.',
    own_fleet: 'On a vehicle of the shipper’s own.',
  },
}
