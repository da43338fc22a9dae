import { defineErrors } from './row.ts'

/** What can be wrong with an interchange that the hub reads or writes. What a partner did wrong is a verdict, not an error. */
export const ediErrors = defineErrors({
  EDI_ANSWER_TOO_LARGE: {
    title: 'Acknowledgement too large',
    message: ({ size }) => `The acknowledgement would have ${size} characters.`,
    flow: 'park',
    status: 422,
    hint: 'Ask the sender to split the file; an acknowledgement names every set with an error.',
  },
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
  EDI_INTERCHANGE_MISSING: {
    title: 'No interchange in the file',
    message: ({ problem }) => `The message holds no interchange that can be answered: ${problem}.`,
    flow: 'park',
    status: 422,
    hint: 'Look at it with interline edi explain; ask the sender for the file, or send it to the connection that it belongs to.',
  },
  EDI_OVERLAY_UNKNOWN: {
    title: 'EDI overlay not usable',
    message: ({ problem }) => `The overlays of the connection cannot be used: ${problem}.`,
    flow: 'park',
    status: 422,
    hint: 'Correct the setting overlays of the connection; the page of EDI sets lists what there is. Then release.',
  },
  EDI_SEVERITY_UNKNOWN: {
    title: 'Severity not understood',
    message: ({ entry }) => `The agreement has a severity that is not understood: ${entry}.`,
    flow: 'park',
    status: 422,
    hint: 'Write code=severity or L0=severity to L7=severity, with reject, accept, warn or ignore; then release.',
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
