import { places } from './floor.ts'
import { harborLocation } from './harbor-documents.ts'
import { towns, warehouseTown } from './journey.ts'

/** A row of master data as the import takes it. */
export interface SandboxLocation {
  readonly code: string
  readonly name: string
  readonly kind: string
  readonly parent?: string
  readonly timezone: string
  readonly address?: {
    readonly city: string
    readonly country: string
    readonly lines: readonly string[]
    readonly geo: Point
  }
}

interface Point {
  readonly lat: number
  readonly lon: number
}

const timezone = 'Europe/Berlin'
/** By the water of the town in the north-east. */
const harbor: Point = { lat: 54.13, lon: 13.14 }

/**
 * Where the simulated network is: its warehouses, and the towns that carriers name when they scan a parcel. Parcel carriers tell no
 * coordinates; the hub knows where a town is because it is in master data.
 */
export const sandboxLocations: readonly SandboxLocation[] = [
  {
    ...{ code: 'DC1', name: `Distribution centre ${warehouseTown}`, kind: 'warehouse', timezone },
    address: addressIn(warehouseTown, towns[warehouseTown], ['Depot road 1']),
  },
  ...Object.entries({
    in: 'goods in',
    reserve: 'reserve',
    out: 'goods out',
    returns: 'returns',
    partners: 'cross-dock',
  } as const).map(([zone, name]) => ({
    ...{ code: places[zone as keyof typeof places], name: `Riverton ${name}`, kind: 'zone', parent: 'DC1', timezone },
  })),
  {
    ...{ code: harborLocation, name: 'Harbor Fulfilment', kind: 'warehouse', timezone },
    address: addressIn('Eastport', harbor, ['Quay 7']),
  },
  ...Object.entries(towns).map(([town, geo]) => ({
    ...{ code: town, name: `${town} terminal`, kind: 'terminal', timezone },
    address: addressIn(town, geo, []),
  })),
]

function addressIn(city: string, geo: Point | undefined, lines: readonly string[]) {
  if (geo === undefined) throw new Error(`Nobody knows where ${city} is.`)
  return { city, country: 'DE', lines, geo }
}
