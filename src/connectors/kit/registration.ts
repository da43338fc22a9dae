import type { Operation, Reading as Outcome, ReadBack, Reply } from './connector.ts'
import { peek, peekText } from './peek.ts'
import { Reading } from './reading.ts'

/** How a vendor lets a webhook be registered over its API. */
export interface Registration<S> {
  readonly label: string
  /** Takes the POST and answers the list. */
  readonly path: string
  /** The URL as the vendor shall call it; the hub's own by default. */
  readonly url?: (url: string, settings: S) => string
  readonly body: (url: string, settings: S) => unknown
  /** Members of the vendor's documents. */
  readonly id: string
  readonly list: string
  readonly discloses: readonly (keyof S & string)[]
}

/**
 * Registers the hub's inbound URL (`{url}`) as a webhook. Vendors deliver twice to a URL that is registered twice, so after a
 * lost answer the list is read for our URL before it is sent again.
 */
export function webhookRegistration<S>(vendor: Registration<S>): Operation<S> {
  const urlOf = (payload: unknown, settings: S): string => {
    const url = new Reading(payload).at('url').text(1000)
    return vendor.url?.(url, settings) ?? url
  }
  return {
    command: 'register_webhook',
    write: true,
    ask: ({ payload }, settings) => ({
      method: 'POST',
      path: vendor.path,
      contentType: 'application/json',
      body: JSON.stringify(vendor.body(urlOf(payload, settings), settings)),
    }),
    read: (reply) => readMade(reply, vendor),
    idempotency: { strategy: 'read-back', field: 'url', horizonSeconds: 600, lagSeconds: 0 },
    readBack: {
      ask: () => ({ method: 'GET', path: vendor.path }),
      read: (reply, { payload }, settings) => readList(reply, { ...vendor, wanted: urlOf(payload, settings) }),
    },
    discloses: vendor.discloses,
  }
}

function readMade({ status, json }: Reply, { label, id }: { readonly label: string; readonly id: string }): Outcome {
  const made = peekText(json, id)
  if ((status === 200 || status === 201) && made !== undefined) return { outcome: 'applied', documentReference: made }
  if (status >= 400 && status < 500 && status !== 408 && status !== 429)
    return { outcome: 'refused', reason: `${label} refused the webhook (${status}).` }
  return { outcome: 'unclear', reason: `${label} answered ${status} without a webhook.` }
}

function readList(
  { status, json }: Reply,
  about: { readonly label: string; readonly id: string; readonly list: string; readonly wanted: string },
): ReadBack {
  const rows = peek(json, about.list)
  if (status !== 200 || !Array.isArray(rows))
    return { found: 'unclear', reason: `${about.label} answered ${status} without a list of webhooks.` }
  // A further page may hold ours: not found here is not "not there".
  const isWhole = peekText(json, 'next') === undefined && peek(json, 'has_more') !== true
  const [first, ...others] = rows
    .filter((row) => peek(row, 'url') === about.wanted)
    .flatMap((row) => peekText(row, about.id) ?? [])
  if (first === undefined)
    return isWhole ? { found: 'none' } : { found: 'unclear', reason: `The list of ${about.label} goes on.` }
  return others.length === 0
    ? { found: 'one', documentReference: first, equal: true }
    : { found: 'many', documentReferences: [first, ...others] }
}
