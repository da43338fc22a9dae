import { Type } from 'typebox'
import { eventTime, externalRef, provenance, stockKey } from './parts.ts'

/** At that instant there was this much. */
export const stockAssertionObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^cnt_' }),
    tenantId: Type.String({ description: 'Tenant that the object belongs to.' }),
    kind: Type.String({ description: 'Kind. Known: count, snapshot.' }),
    system: Type.String({ description: 'System.' }),
    key: stockKey,
    asserted: Type.String({ description: 'Asserted. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
    uom: Type.String({ description: 'Unit, UN/ECE Recommendation 20.' }),
    effectiveAt: eventTime,
    receivedAt: Type.String({ description: 'Received at.', format: 'date-time' }),
    complete: Type.Boolean({ description: 'Complete.' }),
    document: Type.Optional(externalRef),
    provenance: provenance,
  },
  { description: 'At that instant there was this much.' },
)
