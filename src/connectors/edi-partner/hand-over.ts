import type { Ask, Reply, Reading as Said } from '../kit/connector.ts'
import { documentHeader } from '../kit/document-header.ts'
import { peekText } from '../kit/peek.ts'

/** No address was given: what is sent goes by AS2 or into a folder. */
export const noAddress = 'http://partner.invalid'

/** Seconds until an asynchronous receipt is looked for. */
const receiptSeconds = 60

/** A document on its way: posted to the partner's address, or handed to AS2 or the drop of the connection under a name. */
export function handOver(
  document: { readonly name: string; readonly text: string; readonly transmission?: string },
  url: string,
): Ask {
  const { name, text, transmission } = document
  const contentType = text.startsWith('ISA') ? 'application/edi-x12' : 'application/edifact'
  if (url === noAddress) {
    // For the receipt of the transport: whoever waits for the document hears of it.
    const headers = transmission === undefined ? {} : { headers: { [documentHeader]: transmission } }
    return { method: 'PUT', url: `drop:${encodeURIComponent(name)}`, ...headers, contentType, body: text }
  }
  return { method: 'POST', path: '/', contentType, body: text }
}

/** What an answer to that means. `what` is the subject of the sentence. */
export function readHandOver({ status, json }: Reply, what: string): Said {
  // AS2: the receipt comes later.
  if (status === 202 && peekText(json, 'said') === 'waiting')
    return { outcome: 'accepted', lookAfterSeconds: receiptSeconds }
  if (status >= 200 && status < 300) return { outcome: 'applied' }
  if ([400, 403, 404, 405, 409, 410, 413, 415, 422].includes(status))
    return { outcome: 'refused', reason: `The partner refused ${what} (${status}).` }
  if ([423, 429, 503].includes(status))
    return { outcome: 'retry', reason: `The partner did not take it now (${status}).` }
  return { outcome: 'unclear', reason: `The partner answered ${status}.` }
}
