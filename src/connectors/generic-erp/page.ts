import type { Reading as Outcome, Reply } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'

/** Rows of a page, at most. */
export const pageRowsMax = 10_000

/** Reads a page of a list with the cursor of the next one. A list that cannot be read is no empty list. `what` says of what: `documents`. */
export function readPage<Page extends object>(
  { status, json }: Reply,
  what: string,
  read: (body: Reading) => Omit<Page, 'next'>,
): Outcome {
  if (status === 429 || status >= 500) return { outcome: 'retry', reason: `The ERP cannot answer now (${status}).` }
  if (status >= 400) return { outcome: 'refused', reason: `The ERP refused to list its ${what} (${status}).` }
  try {
    const body = new Reading(json).object()
    const next = body.at('next').optionalText(500)
    return { outcome: 'applied', data: { ...read(body), ...(next === undefined ? {} : { next }) } }
  } catch (error) {
    return { outcome: 'unclear', reason: error instanceof Error ? error.message : 'The list cannot be read.' }
  }
}
