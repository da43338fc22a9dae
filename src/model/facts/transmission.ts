import { Type } from 'typebox'
import { instant, references } from './parts.ts'

const about = {
  connection: Type.String({ description: 'The partner.' }),
  set: Type.String({ description: '940, DESADV …' }),
  number: Type.String({ description: 'What the business calls the document.' }),
  interchange: Type.Integer({ description: 'Control number of the interchange.' }),
}
const awaits = Type.Array(Type.String(), { description: 'technical (TA1) and functional (997, 999, CONTRL).' })
const kind = Type.String({ description: 'TA1, 997, 999, CONTRL, 824 or APERAK.' })
const owed = {
  connection: Type.String({ description: 'The partner.' }),
  command: Type.String({ description: 'What the processes wanted: release_delivery, report_status …' }),
  about: Type.String({ description: 'Hub id of the object that the document tells of.' }),
  externalReference: Type.String({ description: 'Ours; the same over all attempts.' }),
  key: Type.String({ description: 'Documents of one key reach the partner in order.' }),
  priority: Type.Integer({ description: '1 is the most urgent.' }),
}
const error = Type.Object({
  segment: Type.Optional(Type.String({ description: 'Its tag.' })),
  position: Type.Optional(Type.String({ description: 'Of the segment; ST and UNH are 1.' })),
  element: Type.Optional(Type.String({ description: 'As the standard counts.' })),
  code: Type.Optional(Type.String({ description: 'Of the list of the standard.' })),
  text: Type.Optional(Type.String({ description: 'What stood there, or the words of the partner.' })),
})

/** Facts about documents that partners get. */
export const transmissionFacts = {
  'transmission.acknowledged': Type.Object(
    {
      ...about,
      kind,
      status: Type.String({ description: 'accepted, accepted_with_errors, partly_accepted.' }),
      awaits,
    },
    { description: 'A partner took a document; awaits says what is still missing.' },
  ),
  'transmission.closed': Type.Object(
    { by: Type.String({ description: 'Who said so.' }), reason: Type.String({ description: 'In their words.' }) },
    { description: 'A person says that nothing more is expected.' },
  ),
  'transmission.identified': Type.Object({ references }, { description: 'Numbers of a document that was sent.' }),
  'transmission.issued': Type.Object(
    {
      ...owed,
      ...about,
      standard: Type.String({ description: 'x12 or edifact.' }),
      group: Type.Optional(Type.Integer({ description: 'Control number of the group.' })),
      text: Type.String({ description: 'The interchange as it is sent, every time.' }),
      sends: Type.Integer({ description: 'How often, this time included.' }),
    },
    { description: 'A document has its control numbers and is handed to the ledger.' },
  ),
  'transmission.mismatched': Type.Object(
    { ...about, kind, problem: Type.String({ description: 'What does not fit.' }) },
    { description: 'An answer does not fit what was sent, or contradicts an earlier one; it changes nothing.' },
  ),
  'transmission.overdue': Type.Object(
    { ...about, awaits, due: instant },
    { description: 'The partner has not answered in the time that was agreed.' },
  ),
  'transmission.rejected': Type.Object(
    {
      ...about,
      kind,
      codes: Type.Array(Type.String(), { description: 'Of the interchange or group.' }),
      sets: Type.Array(
        Type.Object({
          identifier: Type.String({ description: '940, DESADV …' }),
          number: Type.String({ description: 'Control number of the set.' }),
          status: Type.String({ description: 'accepted, accepted_with_errors or rejected.' }),
          codes: Type.Array(Type.String(), { description: 'Of the set as a whole.' }),
          errors: Type.Array(error),
        }),
        { description: 'What the partner says of each set.' },
      ),
    },
    { description: 'A partner refused a document.' },
  ),
  'transmission.unmatched': Type.Object(
    {
      kind,
      number: Type.String({ description: 'The number that the partner names.' }),
      status: Type.String({ description: 'What it says of it.' }),
      connection: Type.String({ description: 'Where the answer came in.' }),
    },
    { description: 'A partner answers something that was never sent to it.' },
  ),
  'transmission.unwritable': Type.Object(
    { ...owed, problem: Type.Optional(Type.String({ description: 'Code and reason.' })) },
    { description: 'A document is owed and cannot be written.' },
  ),
}
