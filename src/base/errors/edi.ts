import { defineErrors } from './row.ts'

/** What can be wrong with an interchange that the hub reads or writes. What a partner did wrong is a verdict, not an error. */
export const ediErrors = defineErrors({
  EDI_AGREEMENT_INCOMPLETE: {
    title: 'Agreement with the partner incomplete',
    message: ({ setting }) => `Nothing can be sent to this partner without the setting ${setting}.`,
    flow: 'park',
    status: 422,
    hint: 'Complete the settings of the connection; then have the document written again.',
  },
  EDI_ANSWER_TOO_LARGE: {
    title: 'Acknowledgement too large',
    message: ({ size }) => `The acknowledgement would have ${size} characters.`,
    flow: 'park',
    status: 422,
    hint: 'Ask the sender to split the file; an acknowledgement names every set with an error.',
  },
  EDI_DOCUMENT_INVALID: {
    title: 'EDI document would not pass',
    message: ({ set, problem }) => `The ${set} does not pass our own check: ${problem}.`,
    flow: 'park',
    status: 422,
    hint: 'Correct what the object says, or the agreement with the partner; then have the document written again.',
  },
  EDI_DOCUMENT_UNKNOWN: {
    title: 'No EDI document for this command',
    message: ({ command, standard }) => `There is no document of ${standard} for ${command}.`,
    flow: 'park',
    status: 422,
    hint: 'Remove the route, or choose the other standard in the agreement with the partner.',
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
  EDI_NOTHING_TO_TELL: {
    title: 'Nothing that the document has a code for',
    message: ({ set, codes }) => `The ${set} has no code for ${codes}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Nothing to do: the partner is told of what its documents can say.',
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
  EDI_STILL_UNWRITABLE: {
    title: 'Document still cannot be written',
    message: ({ problem }) => `It still cannot be written: ${problem}.`,
    flow: 'refuse',
    status: 409,
    hint: 'Correct the agreement with the partner, or have the object told again with what is missing; then try again.',
  },
  EDI_TEXT_UNWRITABLE: {
    title: 'Text outside the character set',
    message: ({ segment, element }) =>
      `Element ${element} of segment ${segment} holds a character that the partner's character set does not have.`,
    flow: 'park',
    status: 422,
    hint: 'Change the text, or let the agreement transliterate or substitute; then release.',
  },
  EDI_WRITER_FAILED: {
    title: 'EDI writer failed',
    message: ({ command }) => `The document for ${command} could not be written because of a fault of ours.`,
    flow: 'bug',
    status: 500,
    hint: 'Report it with the id of the transmission; have the document written again after the fix.',
  },
})
