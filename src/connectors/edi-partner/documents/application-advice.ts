import type { Reading } from '../../kit/reading.ts'
import type { Compose } from './writer.ts'

/** What TED02 and the first line of FTX have room for. */
const x12TextMax = 60
const edifactTextMax = 70

/** 824: a set of the partner was well-formed and could not be understood. `024` is a reason that the list does not have. */
export const applicationAdvice: Compose = (owed, { now }) => ({
  number: adviceNumber(owed),
  document: {
    purpose: '11',
    number: adviceNumber(owed),
    at: now.slice(0, 16),
    documents: [
      {
        answer: 'TR',
        qualifier: 'TN',
        reference: owed.at('documentNumber').optionalText(30) ?? owed.at('setNumber').text(9),
        group: owed.at('group').text(9),
        setNumber: owed.at('setNumber').text(9),
        set: owed.at('set').text(3),
        errors: [{ code: '024', text: owed.at('text').text().slice(0, x12TextMax) }],
      },
    ],
  },
})

/** APERAK: the same for a message of EDIFACT, which is named by the number of its document. */
export const applicationError: Compose = (owed, { now }) => ({
  number: adviceNumber(owed),
  document: {
    type: '313',
    number: adviceNumber(owed),
    response: 'RE',
    dates: [{ qualifier: '137', at: now.slice(0, 16) }],
    references: [
      {
        qualifier: 'ACW',
        value: owed.at('documentNumber').optionalText(35) ?? owed.at('setNumber').text(14),
      },
    ],
    errors: [{ code: '24', texts: [{ subject: 'AAO', text: owed.at('text').text().slice(0, edifactTextMax) }] }],
  },
})

/** Ours: the interchange and the set in it. */
function adviceNumber(owed: Reading): string {
  return `${owed.at('interchange').text(14)}-${owed.at('setNumber').text(14)}`
}
