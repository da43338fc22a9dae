import type { ExceptionSource } from '../source.ts'
import { severityOf, tellCategories } from './categories.ts'

/** Trouble with shipments, one for each shipment, however many things are wrong with it. */
export const shipmentExceptions: ExceptionSource = {
  kind: 'shipment',
  meaning: 'A shipment with trouble that nobody has ended: carriers reported it, or the hub found it.',
  found: {
    from: 'view_shipment s',
    where: `s.tenant = :tenant AND s.merged_into IS NULL AND s.exceptions <> '{}'`,
    object: 's.id',
    number: 's.tracking_number',
    since: 'coalesce(s.exception_at, s.updated_at)',
    severity: severityOf('s.exceptions'),
    codes: `array_to_string(s.exceptions, ' ')`,
    detail: 's.status',
    role: `'transport'`,
    carrier: 's.carrier',
  },
  tell: (found) => ({ ...tellCategories(found), page: '/shipments', shown: found.object }),
}
