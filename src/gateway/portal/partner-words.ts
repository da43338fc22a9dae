import type { ErrorCode } from '../../base/errors.ts'

/** What whoever sent a document does next. Absent: it is ours to solve, and they need do nothing. */
const nextOf: Readonly<Partial<Record<ErrorCode, string>>> = {
  BEHIND_PARKED: 'Nothing: it goes on by itself when the document before it is solved.',
  CLOUDEVENT_INVALID: 'Correct the envelope of the event and send it again.',
  CODE_UNKNOWN: 'Use a code that we have agreed on, or tell us what this one means; then it goes on by itself.',
  CONTENT_IN_PART: 'Correct what is named and send the document again; what could be read counts already.',
  CONTENT_INVALID: 'Correct this field and send the document again.',
  CURRENCY_MISMATCH: 'Send all amounts of the document in one currency.',
  CURRENCY_UNKNOWN: 'Use a currency code of ISO 4217.',
  EDI_DOCUMENT_INVALID: 'Correct this element and send the interchange again with a new control number.',
  EDI_SET_NOT_AGREED: 'Send only the sets that we have agreed on, or ask us to agree on this one.',
  EDI_SETS_PARKED: 'Correct the sets that are named and send them again in a new interchange; the others were taken.',
  FILE_FAULTY: 'Correct the rows that are named and send the file again under another name.',
  FILE_ROWS_PARKED: 'Correct the rows that are named and send them in a new file; the others were taken.',
  IDENTITY_REUSED: 'Give each new document a number of its own; send changes under a new one.',
  JSON_MALFORMED: 'Send one complete JSON document in UTF-8.',
  JSON_TOO_DEEP: 'Send a flatter document.',
  JSON_TOO_LARGE: 'Split the document into several.',
  PARENT_UNKNOWN: 'Nothing yet: it waits for the document that it belongs to. If you have not sent that one, send it.',
  TAKEN_IN_PARTS: 'Nothing: it is stored, and is being taken part by part because it is large.',
  TEXT_UNSTORABLE: 'Remove the control characters from this text and send the document again.',
}

/** Codes of what whoever sent a document solves. */
export const partnerCodes = Object.keys(nextOf) as readonly ErrorCode[]

const ours = 'Nothing: it is ours to solve, and we see it. Write to us if it is urgent.'

/** Every sentence that `partnerNext` may give. */
export const partnerActions: readonly string[] = [...Object.values(nextOf), ours]

/** What the partner does about a document that could not be taken. */
export function partnerNext(code: string): string {
  return (nextOf as Readonly<Record<string, string>>)[code] ?? ours
}
