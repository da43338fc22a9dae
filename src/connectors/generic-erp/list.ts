import type { DocumentPage, Operation, Reading as Outcome, Reply } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'

const pageRowsMax = 10_000

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
  read,
}

/** A list that cannot be read is no empty list. */
function read({ status, json }: Reply): Outcome {
  if (status === 429 || status >= 500) return { outcome: 'retry', reason: `The ERP cannot answer now (${status}).` }
  if (status >= 400) return { outcome: 'refused', reason: `The ERP refused to list its documents (${status}).` }
  try {
    const body = new Reading(json).object()
    const next = body.at('next').optionalText(500)
    const documents = body
      .at('documents')
      .list(pageRowsMax)
      .map((row) => ({
        externalReference: row.at('externalReference').text(100),
        documentNumber: row.at('documentNumber').text(100),
      }))
    const data: DocumentPage = { documents, ...(next === undefined ? {} : { next }) }
    return { outcome: 'applied', data }
  } catch (error) {
    return { outcome: 'unclear', reason: error instanceof Error ? error.message : 'The list cannot be read.' }
  }
}
