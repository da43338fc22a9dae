import type { TSchema } from 'typebox'
import { documentFacts } from './document.ts'
import { interchangeFacts } from './interchange.ts'
import { platformFacts } from './platform.ts'
import { shipmentFacts } from './shipment.ts'
import { stockFacts } from './stock.ts'
import { transmissionFacts } from './transmission.ts'

/** JSON Schema of the data of every fact that subscribers can be sent, by type, alphabetical. */
export const factSchemas: Readonly<Record<string, TSchema>> = Object.fromEntries(
  Object.entries({
    ...documentFacts,
    ...interchangeFacts,
    ...platformFacts,
    ...shipmentFacts,
    ...stockFacts,
    ...transmissionFacts,
  }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
)
