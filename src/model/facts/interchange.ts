import { Type } from 'typebox'

const verdict = Type.Object({
  code: Type.String({ description: 'Stable name, for example set.count_wrong.' }),
  severity: Type.String({ description: 'reject, accept or warn.' }),
  group: Type.Integer({ description: 'From 0; -1 for the interchange itself.' }),
  set: Type.Integer({ description: 'In its group, from 0; -1 outside of sets.' }),
  segment: Type.Optional(Type.String({ description: 'Its tag.' })),
  segmentNumber: Type.Optional(Type.Integer({ description: 'ST and UNH are 1; 0 outside of sets.' })),
  element: Type.Optional(Type.Integer({ description: 'From 1; 0 for the segment as a whole.' })),
  start: Type.Integer({ description: 'First byte in the file as it came.' }),
  end: Type.Integer({ description: 'Byte after the last one.' }),
})
const judged = (description: string) =>
  Type.Object(
    {
      connection: Type.String({ description: 'Where it came in.' }),
      standard: Type.String({ description: 'x12 or edifact.' }),
      partnership: Type.String({ description: 'Standard, sender, receiver and environment.' }),
      controlNumber: Type.String({ description: 'ISA13 or 0020 as it was written.' }),
      isTest: Type.Boolean({ description: 'The sender calls it a test.' }),
      status: Type.String({ description: 'accepted, accepted_with_errors or rejected.' }),
      sets: Type.Integer({ description: 'Sets or messages in it.' }),
      setsAccepted: Type.Integer({ description: 'Those that are not rejected.' }),
      verdicts: Type.Array(verdict, { description: 'The first ones.' }),
      verdictCount: Type.Integer({ description: 'All of them.' }),
    },
    { description },
  )

/** Facts about interchanges of EDI partners. */
export const interchangeFacts = {
  'interchange.received': judged('An interchange came for the first time and was judged.'),
  'interchange.repeated': judged(
    'An interchange came again, byte for byte; it is answered as before and not processed.',
  ),
  'interchange.conflicted': judged('Another interchange came under a control number that was used before.'),
  'interchange.acknowledged': Type.Object(
    {
      connection: Type.String({ description: 'Where the answer goes.' }),
      number: Type.String({ description: 'Control number of the answer.' }),
      text: Type.String({ description: 'The answer as it is sent.' }),
      sends: Type.Integer({ description: 'How often this interchange was answered, this time included.' }),
    },
    { description: 'An interchange is answered with TA1, 997, 999 or CONTRL.' },
  ),
}
