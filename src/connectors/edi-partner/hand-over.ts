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

/** Too slow, locked, too early, too many, or too much to do: the same request may be taken later. */
const notNow: ReadonlySet<number> = new Set([408, 423, 425, 429, 503])

/** What an answer to that means. `what` is the subject of the sentence. */
export function readHandOver({ status, json }: Reply, what: string): Said {
  // AS2: the receipt comes later.
  if (status === 202 && peekText(json, 'said') === 'waiting')
    return { outcome: 'accepted', lookAfterSeconds: receiptSeconds }
  if (status >= 200 && status < 300) return { outcome: 'applied' }
  if (notNow.has(status)) return { outcome: 'retry', reason: `The partner did not take it now (${status}).` }
  // Another attempt is the same request.
  if (status >= 400 && status < 500) return { outcome: 'refused', reason: `The partner refused ${what} (${status}).` }
  if (status >= 300 && status < 400) {
    const reason = `The partner answered ${status}: redirects are not followed. Correct the address where it has moved.`
    return { outcome: 'unclear', reason }
  }
  return { outcome: 'unclear', reason: `The partner answered ${status}.` }
}
