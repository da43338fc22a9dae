import { Type } from 'typebox'
import { exceptionCategories } from '../code-lists/exception-category.ts'
import { trackingCodes } from '../code-lists/tracking-code.ts'
import { code } from '../fields/code.ts'
import { measuredCoordinates } from '../fields/coordinates.ts'
import { count } from '../fields/count.ts'
import { country } from '../fields/country.ts'
import { decimal } from '../fields/decimal.ts'
import { hubId } from '../fields/hub-id.ts'
import { instant } from '../fields/instant.ts'
import { list } from '../fields/list.ts'
import { freeText } from '../fields/personal.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { unLocation } from '../fields/un-location.ts'
import { unit } from '../fields/unit.ts'
import { document } from './document.ts'
import { responsibleParties } from './exception.ts'
import { eventTime } from './parts/event-time.ts'
import { tenantId } from './parts/meta.ts'

const classifiers = {
  name: 'event_classifier',
  values: {
    actual: 'It has happened. Only these move a status.',
    estimated: 'Somebody expects it.',
    planned: 'Somebody intends it.',
  },
}
const actions = {
  name: 'event_action',
  values: {
    record: 'It is told for the first time.',
    amend: 'It was told before and is corrected.',
    retract: 'It was told before and is taken back.',
  },
}
const confidences = {
  name: 'mapping_confidence',
  values: {
    exact: 'The code means this and nothing else.',
    inferred: 'The code may mean this; text or context decided.',
    unmapped: 'No table has the code. It moves nothing.',
  },
}

/** What somebody says has happened to a shipment. */
export const trackingEventObject = record(
  'What a carrier or partner says has happened to a shipment. Never changed: a correction is another one that points back.',
  {
    id: hubId('Given by the hub when it is recorded.', 'trk'),
    tenantId,
    source: record('Who told it, in a form that tells a repetition from news.', {
      system: text('Id of the connection that told it.', 60),
      carrierId: Type.Optional(hubId('Carrier that saw it. Absent: the source does not say.', 'car')),
      eventId: Type.Optional(
        text(
          'Id that the source gave it. The same one again is a repetition or a correction. Absent: it has none.',
          200,
        ),
      ),
      sequence: Type.Optional(
        Type.Number({
          description:
            'Place among the events of the source, as the source numbers them; decides between equal times. Absent: it does not number.',
        }),
      ),
      updatedAt: Type.Optional(instant('When the source last changed it. Of two with one id the later one counts.')),
    }),
    code: code('What happened, in the words of the hub.', trackingCodes),
    classifier: code('Whether it has happened or is expected.', classifiers),
    action: code('Whether it is news, a correction or taken back.', actions),
    supersedes: Type.Optional(hubId('Earlier event that this one corrects or takes back. Absent: it is news.', 'trk')),
    occurredAt: eventTime('When it happened, as exact as it was told.'),
    receivedAt: instant('When the hub heard of it.'),
    shipmentId: Type.Optional(hubId('What it is about. Absent: no shipment is known yet, and it waits.', 'shp')),
    packageId: Type.Optional(hubId('Which package of it. Absent: all of them.', 'pkg')),
    legId: Type.Optional(text('Which way between two stops, by the id of the leg. Absent: not said.', 60)),
    stopSeq: Type.Optional(count('Which stop, by its `seq`. Absent: not said.')),
    location: Type.Optional(
      record('Where it happened, as far as the source says.', {
        locationId: Type.Optional(hubId('The place in the master data. Absent: not known there.', 'loc')),
        name: Type.Optional(text('What the source calls the place.', 200)),
        city: Type.Optional(text('Town that it is in.', 120)),
        region: Type.Optional(text('State, province or canton.', 60)),
        country: Type.Optional(country('ISO 3166-1 alpha-2.')),
        postalCode: Type.Optional(text('As the post of the country writes it.', 20)),
        unlocode: Type.Optional(unLocation('UN/LOCODE, mostly of ports and terminals.')),
        facilityType: Type.Optional(
          text('What kind of place it is, in the source’s own word: depot, port, store.', 60),
        ),
        geo: Type.Optional(measuredCoordinates('Where a device or the carrier located it.')),
      }),
    ),
    reason: Type.Optional(
      record('Why it happened, where something went wrong. Absent: nothing is said to be wrong.', {
        category: code('What kind of trouble it is. It opens an exception of that kind.', exceptionCategories),
        sourceCode: Type.Optional(text('The source’s own code for it: X12 element 1651, a carrier’s code.', 60)),
        responsible: Type.Optional(code('Whose doing it is.', responsibleParties)),
        text: Type.Optional(freeText(text('What the source wrote about it.', 2000))),
      }),
    ),
    raw: record('What the source itself said, word for word.', {
      codeSystem: text('List that the code is from: x12-1650, a carrier’s own.', 60),
      code: Type.Optional(text('The code as it came. Absent: it came as text only.', 120)),
      subcode: Type.Optional(text('The second code, where the source has one beneath the first.', 120)),
      text: Type.Optional(freeText(text('What the source wrote beside the code.', 2000))),
      payloadRef: text('Id of the message whose bytes hold it.', 120),
    }),
    mapping: record('How the source’s code became ours.', {
      version: text('Which map did it, name and number: `easypost/1`. A newer one may read it again.', 60),
      confidence: code('How sure the map is.', confidences),
    }),
    duplicateOf: Type.Optional(
      hubId('Event that says the same and counts in its place. Absent: this one counts.', 'trk'),
    ),
    equipment: Type.Optional(
      text('Number of the container, trailer or unit load that it names; containers by ISO 6346.', 30),
    ),
    eta: Type.Optional(instant('When the source expects the delivery by now. Absent: it does not say.')),
    documents: Type.Optional(list('Papers and pictures that came with it.', document('One of them.'), 100)),
    sensor: Type.Optional(
      record('What a sensor read. Only with the code sensor_reading.', {
        kind: text('What is measured: temperature, humidity, shock.', 60),
        value: decimal('The reading, in the unit beside it.'),
        uom: unit('What is measured in, UN/ECE Recommendation 20: CEL for degrees Celsius.'),
      }),
    ),
  },
)
