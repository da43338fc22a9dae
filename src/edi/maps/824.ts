import { loops, moment, type Rows, value } from '../map/rows.ts'

/** What the business says of documents that were well-formed: OTI names the document, TED what is wrong with it. */
export const map824: Rows = {
  purpose: value('BGN/1'),
  number: value('BGN/2'),
  at: moment('BGN/3', 4),
  documents: loops('OTI', {
    answer: value('OTI/1'),
    qualifier: value('OTI/2'),
    reference: value('OTI/3'),
    group: value('OTI/8'),
    setNumber: value('OTI/9'),
    set: value('OTI/10'),
    errors: loops('TED', {
      code: value('TED/1'),
      text: value('TED/2'),
      segment: value('TED/3'),
      position: value('TED/4'),
      element: value('TED/5'),
    }),
  }),
}
