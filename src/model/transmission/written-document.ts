import { aboutPerson, personal } from '../fields/personal.ts'
import { part } from '../fields/record.ts'
import { text } from '../fields/text.ts'

/** A document in the standard of a partner: nothing in its text can be taken out of it. */
export const writtenDocumentSchema = aboutPerson(
  part('written_document', 'A document as a partner gets it.', {
    text: personal(text('In the standard of the partner: whom it names stands in it.')),
  }),
  { words: ['draft', 'document', 'payload'], has: ['text'], isClosed: true },
)

/** The pieces of one that leaves with others. */
export const batchPartsSchema = aboutPerson(
  part('batch_parts', 'The pieces of a document that leaves in one interchange with others.', {
    set: personal(text('The document itself, in the standard of the partner.')),
  }),
  { words: ['parts'], has: ['set', 'setWidth'], isClosed: true },
)

/** The fact that one is to leave, with its text. */
export const issuedDocumentSchema = aboutPerson(
  part('issued_document', 'That a document is to leave.', {
    text: personal(text('In the standard of the partner: whom it names stands in it.')),
  }),
  { words: ['data'], has: ['text', 'sends'], isClosed: true },
)
