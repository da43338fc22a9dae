import type { Operation, Reading as Outcome, Reply } from './connector.ts'
import { Reading } from './reading.ts'

/** The shipment that a carrier or aggregator is asked about. */
export interface Asked {
  readonly trackingNumber: string
  readonly carrier?: string
}

/**
 * A plain question for the newest state of a tracking number without news. Changes nothing, so it may be repeated at will; the
 * answer is `data` and is translated like a webhook.
 */
export function trackingQuestion(vendor: {
  readonly label: string
  /** Path and query for the asked number; everything in it must be encoded. */
  readonly path: (asked: Reading) => string
}): Operation<unknown> {
  return {
    write: false,
    ask: ({ payload }) => ({ method: 'GET', path: vendor.path(new Reading(payload)) }),
    read: (reply) => readAnswer(reply, vendor.label),
  }
}

function readAnswer({ status, json }: Reply, label: string): Outcome {
  if (status === 200)
    return json === undefined
      ? { outcome: 'unclear', reason: `${label} answered without a readable document.` }
      : { outcome: 'applied', data: json }
  if (status === 404) return { outcome: 'refused', reason: `${label} knows no such tracking number.` }
  if (status === 429 || status >= 500) return { outcome: 'retry', reason: `${label} cannot answer now (${status}).` }
  if (status >= 400) return { outcome: 'refused', reason: `${label} refused the question (${status}).` }
  return { outcome: 'unclear', reason: `${label} answered ${status}.` }
}
