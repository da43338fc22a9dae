import { defineErrors } from './row.ts'

/** What can be wrong with an interchange that the hub reads or writes. What a partner did wrong is a verdict, not an error. */
export const ediErrors = defineErrors({
  EDI_FILE_MISSING: {
    title: 'EDI file not found',
    message: ({ path }) => `There is no file ${path}.`,
    flow: 'refuse',
    status: 404,
    hint: 'Check the path; a dash reads standard input.',
  },
  EDI_HEADER_UNWRITABLE: {
    title: 'Header value does not fit',
    message: ({ element }) => `The value for ${element} is too long or holds a character that a header cannot carry.`,
    flow: 'park',
    status: 422,
    hint: 'Correct the identifiers in the agreement with the partner, then release.',
  },
  EDI_TEXT_UNWRITABLE: {
    title: 'Text outside the character set',
    message: ({ segment, element }) =>
      `Element ${element} of segment ${segment} holds a character that the partner's character set does not have.`,
    flow: 'park',
    status: 422,
    hint: 'Change the text, or let the agreement transliterate or substitute; then release.',
  },
})
