import { carrierReassignment } from './carrier-reassignment/process.ts'
import { claim } from './claim/process.ts'
import type { Definition } from './engine/definition.ts'
import { freightDispute } from './freight-dispute/process.ts'
import { freightSettlement } from './freight-settlement/process.ts'
import { orderToShip } from './order-to-ship/process.ts'
import { procureToReceive } from './procure-to-receive/process.ts'
import { returnToRestock } from './return-to-restock/process.ts'
import { shipToInvoice } from './ship-to-invoice/process.ts'

/** Every version of every process that an instance may still be in, alphabetical. */
export const definitions: readonly Definition[] = [
  carrierReassignment,
  claim,
  freightDispute,
  freightSettlement,
  orderToShip,
  procureToReceive,
  returnToRestock,
  shipToInvoice,
]
