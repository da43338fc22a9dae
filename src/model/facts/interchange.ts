import { Type } from 'typebox'
import { code } from '../fields/code.ts'
import { count, position } from '../fields/count.ts'
import { flag } from '../fields/flag.ts'
import { several } from '../fields/list.ts'
import { part } from '../fields/record.ts'
import { text } from '../fields/text.ts'

const severities = {
  name: 'verdict_severity',
  values: {
    reject: 'The set, group or interchange is not taken.',
    accept: 'It is an error, and it is taken all the same.',
    warn: 'It is odd, and the partner is not told.',
  },
}
const verdict = part('verdict', 'One thing that the check found.', {
  code: text('Stable name of the finding, for example set.count_wrong.'),
  severity: code('What follows from it.', severities),
  group: position('Which group of the interchange, counted from 0; -1 for the interchange itself.'),
  set: position('Which set or message of the group, counted from 0; -1 outside of sets.'),
  segment: Type.Optional(text('Tag of the segment, as BEG or LIN. Absent: no single segment.')),
  segmentNumber: Type.Optional(position('Which segment of the set; ST and UNH are 1, and 0 is outside of sets.')),
  element: Type.Optional(position('Which element of the segment, counted from 1; 0 for the segment as a whole.')),
  start: position('First byte of the place in the file as it came, counted from 0.'),
  end: position('Byte after the last one of the place.'),
})
/** Whose syntax an interchange is written in. */
export const ediStandards = {
  name: 'edi_standard',
  values: { x12: 'ASC X12.', edifact: 'UN/EDIFACT, ISO 9735.' },
}
const judgements = {
  name: 'interchange_status',
  values: {
    accepted: 'Everything in it is taken.',
    accepted_with_errors: 'Some of it is taken, or all of it with errors.',
    rejected: 'Nothing in it is taken.',
  },
}
const judged = (description: string) =>
  part('interchange_judgement', description, {
    connection: text('Id of the connection that it came in by.'),
    standard: code('Whose syntax it is written in.', ediStandards),
    partnership: text('Who numbers it: standard, sender, receiver and environment as one text.'),
    controlNumber: text('ISA13 of X12, data element 0020 of EDIFACT, as it was written. From the sender.'),
    isTest: flag('Whether the sender calls it a test.'),
    status: code('What the check came to.', judgements),
    sets: count('How many transaction sets (X12) or messages (EDIFACT) are in it.'),
    setsAccepted: count('How many of them are taken.'),
    verdicts: several('What the check found, the first findings only.', verdict),
    verdictCount: count('How many findings there are in all.'),
  })

/** Facts about interchanges of EDI partners. */
export const interchangeFacts = {
  'interchange.received': judged(
    'A file of a partner came for the first time and was checked. Written by the hub once per interchange, with its control number as name.',
  ),
  'interchange.repeated': judged(
    'The same file came again, byte for byte. Written by the hub instead of processing it; the partner gets the same answer.',
  ),
  'interchange.conflicted': judged(
    'Another file came under a control number that was used before. Written by the hub instead of processing it; the partner is told.',
  ),
  'interchange.acknowledged': part(
    'interchange_answer',
    'A file of a partner was answered with TA1, 997, 999 or CONTRL. Written by the hub when the answer is ready to be sent, again for each repetition.',
    {
      connection: text('Id of the connection that the answer leaves by.'),
      number: text('Control number of the answer, from the hub.'),
      text: text('The answer byte for byte, as it is sent.'),
      sends: Type.Integer({
        description: 'How often this file was answered, this time included: 1 for the first time.',
      }),
    },
  ),
}
