import type { DocumentPage, Operation } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'
import { pageRowsMax, readPage } from './page.ts'

/** `GET /documents?prefix=&since=&cursor=`: what was booked, in the order of booking. Changes nothing. */
export const listDocuments: Operation<unknown> = {
  write: false,
  ask: ({ payload }) => {
    const asked = new Reading(payload)
    const cursor = asked.at('cursor').optionalText(500)
    const query = [
      `prefix=${encodeURIComponent(asked.at('prefix').text(20))}`,
      `since=${encodeURIComponent(asked.at('since').text(40))}`,
      ...(cursor === undefined ? [] : [`cursor=${encodeURIComponent(cursor)}`]),
    ]
    return { method: 'GET', path: `/documents?${query.join('&')}` }
  },
  read: (reply) =>
    readPage<DocumentPage>(reply, 'documents', (body) => ({
      documents: body
        .at('documents')
        .list(pageRowsMax)
        .map((row) => ({
          externalReference: row.at('externalReference').text(100),
          documentNumber: row.at('documentNumber').text(100),
        })),
    })),
}
