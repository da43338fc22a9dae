import { documentStatuses } from '../../src/model/code-lists/document-status.ts'
import { shipmentStatuses } from '../../src/model/code-lists/shipment-status.ts'
import { type DocumentEntity, isLegal } from '../../src/model/documents/transitions.ts'
import type { ShipmentStatus } from '../../src/model/shipment/codes.ts'
import { move } from '../../src/model/shipment/lifecycle.ts'
import type { Lifecycle } from './model.ts'

/** How the status of each object may change, asked of the functions that judge it in the hub. */
export function lifecycles(): Readonly<Record<string, Lifecycle>> {
  return { ...Object.fromEntries(Object.keys(documentStatuses).map(documentLifecycle)), shipment: shipmentLifecycle() }
}

function documentLifecycle(name: string): [string, Lifecycle] {
  const entity = name as DocumentEntity
  const meanings = Object.entries<string>(documentStatuses[entity])
  const statuses = meanings.map(([status]) => status)
  return [
    name,
    {
      about: 'A report that makes another step is kept as an observation and changes nothing.',
      first: statuses.filter((to) => isLegal(entity, undefined, to)),
      steps: meanings.map(([status, meaning]) => ({
        status,
        meaning,
        next: statuses.filter((to) => to !== status && isLegal(entity, status, to)),
      })),
    },
  ]
}

function shipmentLifecycle(): Lifecycle {
  const meanings = Object.entries(shipmentStatuses.values) as [ShipmentStatus, string][]
  const leads = (from: ShipmentStatus, to: ShipmentStatus): boolean =>
    to !== from && (['hub', 'scan'] as const).some((mover) => move(from, to, mover).status === to)
  return {
    about:
      'Computed for each package from its scans and plans. A scan that makes no legal step is kept; some open an exception.',
    first: ['planned'],
    steps: meanings.map(([status, meaning]) => ({
      status,
      meaning,
      next: meanings.map(([to]) => to).filter((to) => leads(status, to)),
    })),
  }
}
