import type { paths } from '../../api/schema.ts'

/** A shipment as the API gives it. */
export type ShipmentPage = paths['/v1/shipments/{id}']['get']['responses'][200]['content']['application/json']
