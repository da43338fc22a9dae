import { Type } from 'typebox'
import { type CodeList, code } from '../fields/code.ts'
import { count } from '../fields/count.ts'
import { flag } from '../fields/flag.ts'
import { hubId } from '../fields/hub-id.ts'
import { instant } from '../fields/instant.ts'
import { several } from '../fields/list.ts'
import { freeText } from '../fields/personal.ts'
import { part, record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import type { BusinessAnswer } from '../transmission/business-answer.ts'
import { ediStandards } from './interchange.ts'

const connection = text('Id of the connection to the partner.')
const about = {
  connection,
  set: text('What kind of document it is: 940 or 856 of X12, DESADV or INVRPT of EDIFACT.'),
  number: text('What the business calls the document: number of the delivery, the shipment, the receipt.'),
  interchange: count(
    'Control number of the interchange that it was sent in, from the hub: ISA13, or data element 0020.',
  ),
}
const answers = {
  name: 'answer_kind',
  values: {
    TA1: 'X12, about the envelope.',
    '997': 'X12, about the syntax of the sets.',
    '999': 'X12, about the syntax of the sets by an implementation guide.',
    CONTRL: 'EDIFACT, about envelope and syntax.',
    '824': 'X12, about the contents.',
    APERAK: 'EDIFACT, about the contents.',
  },
}
const answerStatuses = {
  name: 'answer_status',
  values: {
    accepted: 'The partner takes all of it.',
    accepted_with_errors: 'The partner takes it and names errors.',
    partly_accepted: 'The partner takes some of it.',
    rejected: 'The partner takes none of it.',
  },
}
const awaited = {
  name: 'awaited_answer',
  values: {
    technical: 'Word about the envelope: TA1, or CONTRL.',
    functional: 'Word about the set: 997, 999 or CONTRL.',
  },
}
const kind = code('What the partner answered with.', answers)
const awaits = several(
  'Answers that the agreement asks for and that have not come. Empty: nothing is missing.',
  code('One of them.', awaited),
)
const receiptStandings = {
  name: 'receipt_standing',
  values: {
    overdue: 'It has not come in the agreed time.',
    refused: 'It says that the partner did not take the message.',
    mismatched: 'It carries another digest than that of what was sent.',
  },
}
const transport = {
  messageId: text('Message-ID of AS2, by which the partner knows the message.'),
  reason: freeText(text('What the receipt says, or since when it is missing.')),
}
const owed = {
  connection,
  command: text('What the processes of the hub wanted: release_delivery, report_status.'),
  about: text('Hub id of the object that the document tells of.'),
  externalReference: text('Reference of the hub for it; the same over all attempts.'),
  key: text('Documents with the same one reach the partner in the order in which they were owed.'),
  priority: Type.Integer({ description: 'How urgent it is: 1 goes before 2.' }),
  already: Type.Optional(
    Type.Integer({
      description: 'How often the object had been answered when it was owed. Absent: nobody waits for an answer.',
    }),
  ),
}
const error = record('One error that the partner found.', {
  segment: Type.Optional(text('Tag of the segment. Absent: the partner names none.')),
  position: Type.Optional(text('Which segment of the set; ST and UNH are 1. Absent: the partner does not say.')),
  element: Type.Optional(text('Which element of the segment, as the standard counts. Absent: the segment as a whole.')),
  code: Type.Optional(text('What is wrong, in the code list of the standard. Absent: only words.')),
  text: Type.Optional(freeText(text('What stood there, or the words of the partner. Absent: only a code.'))),
})
const answeredSet = record('The word about one set.', {
  identifier: text('What kind of set it is. Empty: the partner does not say.'),
  number: text('Control number of the set, from the hub.'),
  status: code('What the partner makes of the set.', answerStatuses),
  codes: several(
    'What is wrong with the set as a whole, in the code list of the standard: AK502, data element 0085.',
    text('One code.'),
  ),
  errors: several('What is wrong in its segments.', error),
})

const businessAnswers: CodeList<BusinessAnswer> = {
  name: 'business_answer',
  values: {
    order_response: 'What a supplier says to our order: 855, 865, ORDRSP.',
    receiving_advice: 'What a customer received of a delivery: 861, RECADV.',
    return_authorization: 'Whether goods may come back: 180.',
    shipping_advice: 'What a warehouse shipped: 945.',
    tender_response: 'Whether a carrier takes a load: 990, IFTMBC.',
    transport_status: 'What a carrier does with a shipment: 214, IFTSTA.',
  },
}
const answer = code('What the business of the partner owes for the document.', businessAnswers)

/** Facts about documents that partners get. */
export const transmissionFacts = {
  'transmission.acknowledged': part(
    'document_answer',
    'A partner took a document. Written by the hub with each answer that says so, if it fits what was sent.',
    { ...about, kind, status: code('What the partner makes of it.', answerStatuses), awaits },
  ),
  'transmission.answered': part(
    'business_response',
    'The business of a partner has answered a document. Written by the hub when the object that the document tells of is answered, by whichever way.',
    { ...about, answer, isLate: flag('Whether the agreed time was over.') },
  ),
  'transmission.batched': part(
    'batched_document',
    'A document has left in one interchange with others. Written by the hub beside the `transmission.issued` of that interchange, again each time that it is sent.',
    {
      ...owed,
      ...about,
      standard: code('Whose syntax it is written in.', ediStandards),
      group: Type.Optional(count('Control number of the group, GS06, from the hub. Absent: EDIFACT without groups.')),
      text: freeText(text('The set byte for byte.')),
      batch: hubId('The interchange that it is in.', 'trm'),
      sends: Type.Integer({ description: 'How often it was handed over, this time included: 1 for the first time.' }),
    },
  ),
  'transmission.closed': part(
    'document_closure',
    'Nothing more is expected about a document. Written by the hub when a person says so.',
    { by: text('Person or key that said so.'), reason: freeText(text('Why, in words of the person.')) },
  ),
  'transmission.issued': part(
    'issued_document',
    'A document has its control numbers and is handed to the ledger, which sends it. Written by the hub, again each time that a person has it sent again.',
    {
      ...owed,
      ...about,
      standard: code('Whose syntax it is written in.', ediStandards),
      group: Type.Optional(count('Control number of the group, GS06, from the hub. Absent: EDIFACT without groups.')),
      text: freeText(text('The interchange byte for byte, the same however often it is sent.')),
      sends: Type.Integer({ description: 'How often it was handed over, this time included: 1 for the first time.' }),
    },
  ),
  'transmission.mismatched': part(
    'mismatched_answer',
    'An answer does not fit what was sent, or contradicts an earlier one. Written by the hub instead of following it.',
    { ...about, kind, problem: text('What does not fit, as a sentence.') },
  ),
  'transmission.overdue': part(
    'late_answer',
    'A partner has not answered a document in the agreed time. Written by the hub when that time is over; a later answer still counts.',
    { ...about, awaits, due: instant('When the answer should have come at the latest.') },
  ),
  'transmission.receipt_confirmed': part(
    'transport_confirmation',
    'The receipt of the transport (AS2) has come after all and proves what was sent. Written by the hub only after `transmission.receipt_missing`.',
    { ...about, ...transport },
  ),
  'transmission.receipt_missing': part(
    'transport_doubt',
    'Nothing proves that the partner has the message: its receipt of the transport (AS2) is late, says no, or proves other bytes. Written by the hub; a receipt that comes late still counts.',
    { ...about, standing: code('What is wrong with the receipt.', receiptStandings), ...transport },
  ),
  'transmission.rejected': part(
    'document_refusal',
    'A partner refused a document. Written by the hub with the answer that says so, if it fits what was sent.',
    {
      ...about,
      kind,
      codes: several(
        'What is wrong with interchange or group, in the code list of the standard: TA105, AK905, data element 0085.',
        text('One code.'),
      ),
      sets: several('What the partner says of each set that it names, in its order.', answeredSet),
    },
  ),
  'transmission.unanswered': part(
    'late_response',
    'The business of a partner has not answered a document in the agreed time. Written by the hub when that time is over; a later answer still counts.',
    { ...about, answer, due: instant('When the answer should have come at the latest.') },
  ),
  'transmission.unmatched': part(
    'unmatched_answer',
    'A partner answers something that it was never sent. Written by the hub; it changes nothing else.',
    {
      kind,
      number: text('Which control number the partner names.'),
      status: code('What the partner makes of it.', answerStatuses),
      connection: text('Id of the connection that the answer came in by.'),
    },
  ),
  'transmission.unwritable': part(
    'unwritable_document',
    'A partner is owed a document and it cannot be written. Written by the hub once per reason; it is tried again when the object is told anew.',
    { ...owed, problem: Type.Optional(text('Code and reason. Absent: no reason is known.')) },
  ),
}
