import { Type } from 'typebox'
import { exceptionCategories } from '../code-lists/exception-category.ts'
import { code } from '../fields/code.ts'
import { count } from '../fields/count.ts'
import { flag } from '../fields/flag.ts'
import { instant } from '../fields/instant.ts'
import { several } from '../fields/list.ts'
import { freeText, personal } from '../fields/personal.ts'
import { part, record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { progress } from './parts/progress.ts'
import { references } from './parts/reference.ts'

const proofs = count('Proofs of delivery that have come so far, for whichever package.')
const proven = Type.Optional(
  count(
    'Packages that count and have a proof of delivery, their own or one of the whole shipment. Absent in facts written before it was counted.',
  ),
)
const known = references('All numbers and names under which the shipment is known.')
const reached = (description: string) =>
  part('shipment_standing', `${description} Written by the hub beside \`shipment.status_changed\`.`, {
    progress,
    proofs,
    proven,
    references: known,
  })
const tender = (description: string) =>
  part(
    'tender_answer',
    `${description} Written by the hub each time that a report says so, whatever the status makes of it.`,
    {
      references: known,
      carrier: Type.Optional(
        text('Who answers, or whom it was offered to, by the code of the carrier. Absent: nobody said.'),
      ),
    },
  )
const category = code('What kind of trouble it is.', exceptionCategories)
const exceptionId = text('Hub id of the exception. The same trouble keeps it however often it is computed anew.')
const window = (meaning: string) =>
  Type.Unknown({ description: `${meaning} An object with \`from\` and \`to\`, RFC 3339; the absent end is open.` })

/** Facts about the course of shipments. Those about single scans are in tracking.ts. */
export const shipmentFacts = {
  'package.status_changed': part(
    'package_changes',
    'Packages of a shipment stand elsewhere than before. Written by the hub when scans or plans say so; the subject is the shipment.',
    {
      packages: several(
        'Those that changed.',
        record('One package.', {
          id: text(
            'What the package is called in its shipment: SSCC, tracking number, or the name that the warehouse gave it.',
          ),
          from: text('Where it stood, a shipment status. planned for one that is new.'),
          to: text('Where it stands, a shipment status.'),
        }),
      ),
    },
  ),
  'shipment.booked': reached('A carrier has the order.'),
  'shipment.cancelled': reached('It was called off before the carrier had the goods.'),
  'shipment.carrier_reassigned': part(
    'reassignment',
    'Another carrier takes the load than the one that it was given to. Written by the hub when he has taken it.',
    { references: known, carrier: text('Who takes it, by the code of the carrier.') },
  ),
  'shipment.delivered': reached('Every package that counts is delivered, or ended otherwise.'),
  'shipment.eta_changed': part(
    'estimate_change',
    'It is expected at another time. Written by the hub when the estimate moves by more than half an hour or crosses the promise.',
    {
      eta: instant('When it is expected now.'),
      before: Type.Optional(instant('When it was expected until now. Absent: this is the first estimate.')),
      source: text('Id of the connection whose estimate it is.'),
    },
  ),
  'shipment.exception_opened': part(
    'opened_exception',
    'There is trouble. Written by the hub when a scan reports it, a rule finds it or an awaited thing does not come; once, however often it is reported.',
    {
      id: exceptionId,
      category,
      severity: text('How urgent it is: info, warning or critical.'),
      detectedBy: text('Who found it: carrier_reported or hub_detected.'),
      nextAction: text('What to do next, as a sentence to a person.'),
      actionRequired: text('Whose turn it is: shipper, consignee, carrier or none.'),
      package: Type.Optional(text('The package that it is about. Absent: the whole shipment.')),
      reason: Type.Optional(
        freeText(
          text(
            'The source’s own code for it; of a document to a partner, the partner’s words. Absent: none was given.',
          ),
        ),
      ),
      responsible: Type.Optional(text('Whose doing it is, as the source says. Absent: it does not say.')),
    },
  ),
  'shipment.exception_resolved': part(
    'resolved_exception',
    'The trouble is over. Written by the hub when a later scan shows it, a person says so, or what opened it is taken back.',
    {
      id: exceptionId,
      category,
      reason: Type.Optional(
        freeText(
          text(
            'decided: a person closed it; retracted: its scan was taken back; merged: another shipment goes on with it. Absent: things moved on.',
          ),
        ),
      ),
    },
  ),
  'shipment.load_linked': part(
    'linked_load',
    'It became known which delivery, order or bill of lading a shipment carries, when its carrier had told of it already. Written by the hub when the numbers come after the first scan.',
    {
      added: references('The numbers that are new.'),
      status: text('Where the shipment stood, a shipment status.'),
      progress,
      proofs,
      proven,
      references: known,
    },
  ),
  'shipment.lost': reached('The carrier says that it is lost.'),
  'shipment.milestone_reached': part(
    'milestones',
    'Something happened for the first time and the status stayed. Written by the hub when a scan adds to history or moves its first time.',
    {
      milestones: several(
        'Which first times are new.',
        record('One of them.', {
          code: text('What happened, a tracking code.'),
          occurredAt: instant('When it first happened.'),
          backfilled: flag('Whether it came late: newer scans were known.'),
        }),
      ),
    },
  ),
  'shipment.out_for_delivery': reached('It is on the vehicle of the last mile.'),
  'shipment.partially_delivered': part(
    'partial_delivery',
    'More packages are delivered than before, and not all. Written by the hub with each scan that makes it so.',
    { progress },
  ),
  'shipment.picked_up': reached('The carrier has the goods.'),
  'shipment.pod_received': part(
    'proof',
    'There is news about the proof of delivery. Written by the hub when a proof or another document of one comes, and when the packing list comes after it.',
    {
      status: text('Where the shipment stands, a shipment status.'),
      progress,
      proofs,
      proven,
      documents: several(
        'All documents that have come with scans, each once.',
        text('SHA-256 of the content or, where the sender kept the content, its address.'),
      ),
      references: known,
      deliveredAt: Type.Optional(
        instant('When it was delivered, by its first such scan. Absent: no scan says so yet.'),
      ),
      signedBy: Type.Optional(personal(text('Who took it, as the carrier wrote the name. Absent: not told.'))),
    },
  ),
  'shipment.promise_changed': part(
    'promise_change',
    'Another time of delivery was agreed. Written by the hub when a plan brings another window than the last.',
    {
      initial: window('The first word, which never changes.'),
      current: window('The last word.'),
    },
  ),
  'shipment.return_started': reached('It is on its way back to the sender.'),
  'shipment.returned': reached('It is back at the sender.'),
  'shipment.status_changed': part(
    'shipment_change',
    'It stands elsewhere than before. Written by the hub whenever scans and plans together give another status.',
    {
      from: text('Where it stood, a shipment status.'),
      to: text('Where it stands, a shipment status.'),
      progress,
    },
  ),
  'shipment.tender_changed': part(
    'tender_change',
    'A load that a carrier was offered, or has taken, is another one now. Written by the hub when a report changes what he must know.',
    {
      references: known,
      changed: several(
        'What is not as it was: carrier, equipment, mode, respondBy, service, shipTo, stops.',
        text('One name.'),
      ),
      carrier: Type.Optional(text('Whom it is offered to now, by the code of the carrier. Absent: nobody said.')),
      carrierBefore: Type.Optional(text('Whom it was offered to before. Absent: the same carrier.')),
    },
  ),
  'shipment.tender_accepted': tender('The carrier takes the load.'),
  'shipment.tender_cancelled': tender('The load is not offered to the carrier any longer.'),
  'shipment.tender_countered': part(
    'tender_conditions',
    'The carrier would take the load on conditions. Written by the hub each time that a report says so; a person accepts or refuses them.',
    {
      references: known,
      carrier: Type.Optional(text('Who answers, by the code of the carrier. Absent: nobody said.')),
      conditions: record('What he wants otherwise than it was offered. What is absent is as it was offered.', {
        plannedPickup: Type.Optional(instant('When he would come.')),
        amount: Type.Optional(text('What he asks for, decimal text.')),
        currency: Type.Optional(text('In which money, ISO 4217.')),
        text: Type.Optional(freeText(text('In his own words.'))),
      }),
    },
  ),
  'shipment.tender_declined': tender('The carrier does not take the load.'),
  'shipment.tender_expired': tender('The carrier has not answered in time.'),
  'shipment.tendered': reached('It was offered to a carrier.'),
  'shipment.tracking_stale': part(
    'silence',
    'Nothing was heard for longer than is normal for its mode. Written by the hub beside the exception that opens.',
    {},
  ),
}
