import type { CommittedState } from '../../flow/advance/committed-states.ts'
import type { ShipmentState } from '../../model/shipment/state.ts'
import type { NodeAtWork } from '../gateway.ts'

/** A shipment that somebody follows. */
export interface Parcel {
  readonly id: string
  readonly tenant: string
  readonly version: number
  readonly state: ShipmentState
}

/** How often one shipment may turn out to be another one before nobody looks further. */
const mergesMost = 5

/** The shipment, or the one that it turned out to be. Undefined where there is none, or it is somebody else’s. */
export async function parcelOf(
  node: Pick<NodeAtWork, 'place'>,
  { tenant, shipment }: { readonly tenant: string; readonly shipment: string },
): Promise<Parcel | undefined> {
  const { committed } = node.place
  let id = shipment
  for (let merges = 0; merges <= mergesMost; merges++) {
    const stored: CommittedState | undefined = committed.known(id) ?? (await committed.read([id])).get(id)
    if (stored === undefined || stored.tenant !== tenant || !id.startsWith('shp_')) return undefined
    const state = stored.state as ShipmentState
    if (state.mergedInto === undefined) return { id, tenant, version: stored.version, state }
    id = state.mergedInto
  }
  return undefined
}
