import { normalizeIdentifier } from '../model/identifier.ts'
import type { ReferenceRow } from '../views/reference.ts'
import { partsOf } from './access/partner-sight.ts'
import type { Call } from './route.ts'

/** Schemes whose normal forms differ from "trimmed": what a person types is tried in each. */
const shapes = ['tracking_number', 'sscc', 'gtin', 'awb', 'container', 'delivery', 'order']

/** Objects that carry this number in any scheme; also accepts a hub id. */
export async function findByReference(call: Call, reference: string): Promise<readonly ReferenceRow[]> {
  const value = reference.trim()
  const normalized = [...new Set([value, ...shapes.map((scheme) => normalizeIdentifier({ scheme, value }))])]
  return call.gateway.references.find({ tenant: call.principal.tenant, normalized, limit: 50, ...partsOf(call) })
}
