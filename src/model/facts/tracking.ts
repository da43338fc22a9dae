import { Type } from 'typebox'
import { trackingCodes } from '../code-lists/tracking-code.ts'
import { code } from '../fields/code.ts'
import { count } from '../fields/count.ts'
import { instant } from '../fields/instant.ts'
import { several } from '../fields/list.ts'
import { part } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { equipmentDetails } from '../objects/parts/equipment-details.ts'

const scan = part('scan', 'One scan.', {
  code: code('What happened, in the words of the hub.', trackingCodes),
  occurredAt: instant('When it happened: the start of what was meant, with the offset that it was told with.'),
  precision: text('How exact the source was: date, minute, second or millisecond.'),
  raw: text('The source’s own code, with a second one behind a slash where it has two. Empty: it came as text.'),
  source: text('Id of the connection that told it.'),
  classifier: Type.Optional(text('estimated or planned. Absent: it has actually happened.')),
  place: Type.Optional(text('Where it was, as the source names it. Absent: not said.')),
  package: Type.Optional(text('The number that it names: that of a package, if one has it. Absent: none.')),
  stop: Type.Optional(count('Which stop of the load it is about, by its number in the plan. Absent: it names none.')),
  equipment: Type.Optional(text('The container or trailer that it is about; containers by ISO 6346. Absent: none.')),
  details: Type.Optional(
    part('equipment_details', 'What was read off the container or weighed then. Absent: nothing was told.', {
      kind: Type.Optional(text('ISO 6346 size and type where it has one: 45G1.')),
      ...equipmentDetails,
    }),
  ),
})
const scans = (description: string) =>
  part('scans', description, { events: several('The scans; their order means nothing.', scan) })

/** Facts about scans: what carriers and partners say has happened to a shipment. */
export const trackingFacts = {
  'tracking.event_amended': scans(
    'A source told scans again: under the same id with other content, or with a detail such as the trailer that was missing. Written by the hub; the newest word counts.',
  ),
  'tracking.event_retracted': scans(
    'A source took scans back. Written by the hub; they count no longer and stay readable.',
  ),
  'tracking.event_unmapped': scans(
    'Scans came whose code no table knows. Written by the hub; they are kept word for word and move nothing.',
  ),
  'tracking.events_recorded': scans(
    'Scans came that were not known before. Written by the hub once per report, with what follows from them in facts of their own.',
  ),
}
