import { Type } from 'typebox'
import { instant, progress, reference, references } from './parts.ts'

const scan = Type.Object({
  code: Type.String({ description: 'Canonical tracking code.' }),
  occurredAt: instant,
  precision: Type.String({ description: 'date, minute, second or millisecond.' }),
  raw: Type.String({ description: 'The source’s own code.' }),
  source: Type.String({ description: 'Connection that told it.' }),
  classifier: Type.Optional(Type.String({ description: 'estimated or planned; absent for actual.' })),
  place: Type.Optional(Type.String({ description: 'Where it was, as the source names it.' })),
  package: Type.Optional(Type.String({ description: 'Number of the package that it is about.' })),
})
const scans = (description: string) => Type.Object({ events: Type.Array(scan) }, { description })
const proofs = Type.Integer({ description: 'Proofs of delivery received.' })
const proven = Type.Optional(Type.Integer({ description: 'Packages that count and have a proof of delivery.' }))
const reached = (description: string) => Type.Object({ progress, proofs, proven, references }, { description })
const tender = (description: string) =>
  Type.Object(
    { references, carrier: Type.Optional(Type.String({ description: 'Whom it was offered to.' })) },
    { description },
  )
const exception = { id: Type.String({ description: 'The same after every re-projection.' }), category: Type.String() }

/** Facts about shipments and their scans. */
export const shipmentFacts = {
  'package.status_changed': Type.Object(
    { packages: Type.Array(Type.Object({ id: Type.String(), from: Type.String(), to: Type.String() })) },
    { description: 'Packages of a shipment changed their status.' },
  ),
  'shipment.booked': reached('The carrier has the order.'),
  'shipment.cancelled': reached('Cancelled before custody.'),
  'shipment.delivered': reached('Every package that counts has been delivered.'),
  'shipment.eta_changed': Type.Object(
    { eta: instant, before: Type.Optional(instant), source: Type.String() },
    { description: 'The estimate moved by more than half an hour or crossed the promise.' },
  ),
  'shipment.exception_opened': Type.Object(
    {
      ...exception,
      severity: Type.String(),
      detectedBy: Type.String(),
      nextAction: Type.String(),
      actionRequired: Type.String({ description: 'Whose turn it is.' }),
      package: Type.Optional(Type.String()),
      reason: Type.Optional(Type.String()),
      responsible: Type.Optional(Type.String()),
    },
    { description: 'Something needs attention.' },
  ),
  'shipment.exception_resolved': Type.Object(
    {
      ...exception,
      reason: Type.Optional(
        Type.String({ description: 'decided, retracted or merged; absent when events show that it is over.' }),
      ),
    },
    { description: 'It no longer does.' },
  ),
  'shipment.identified': Type.Object({ references }, { description: 'Identifiers that belong to the shipment.' }),
  'shipment.lost': reached('Lost, as the carrier says.'),
  'shipment.merged': Type.Object(
    { into: Type.String({ description: 'Hub id of the shipment that it turned out to be.' }) },
    { description: 'Two shipments were one.' },
  ),
  'shipment.milestone_reached': Type.Object(
    {
      milestones: Type.Array(
        Type.Object({
          code: Type.String(),
          occurredAt: instant,
          backfilled: Type.Boolean({ description: 'Came late: history changed, the status did not.' }),
        }),
      ),
    },
    { description: 'First occurrence of a code.' },
  ),
  'shipment.out_for_delivery': reached('On the vehicle of the last mile.'),
  'shipment.partially_delivered': Type.Object({ progress }, { description: 'More packages are delivered, not all.' }),
  'shipment.picked_up': reached('The carrier has the goods.'),
  'shipment.pod_received': Type.Object(
    {
      status: Type.String(),
      progress,
      proofs,
      proven,
      documents: Type.Array(
        Type.String({ description: 'SHA-256 of the document, or its address where the content was not given.' }),
      ),
      references: Type.Array(reference),
      deliveredAt: Type.Optional(instant),
      signedBy: Type.Optional(Type.String()),
    },
    { description: 'A proof of delivery came in, or it became known what was packed.' },
  ),
  'shipment.promise_changed': Type.Object(
    { initial: Type.Unknown(), current: Type.Unknown() },
    { description: 'The agreed delivery window changed; the first one is kept.' },
  ),
  'shipment.return_started': reached('On the way back.'),
  'shipment.returned': reached('Back at the sender.'),
  'shipment.status_changed': Type.Object(
    { from: Type.String(), to: Type.String(), progress },
    { description: 'The projected status changed.' },
  ),
  'shipment.tender_accepted': tender('The carrier takes the load.'),
  'shipment.tender_cancelled': tender('The offer to the carrier is withdrawn.'),
  'shipment.tender_declined': tender('The carrier does not take the load.'),
  'shipment.tendered': reached('Offered to a carrier.'),
  'shipment.tracking_stale': Type.Object({}, { description: 'Nothing was heard for longer than is normal.' }),
  'tracking.event_amended': scans('Scans that their source reported again with other content.'),
  'tracking.event_retracted': scans('Scans that their source took back.'),
  'tracking.event_unmapped': scans('Scans whose code no table maps; they move nothing.'),
  'tracking.events_recorded': scans('Scans that were not known before.'),
}
