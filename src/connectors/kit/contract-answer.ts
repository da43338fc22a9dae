import type { Reading, Reply } from './connector.ts'
import { peek } from './peek.ts'

/** Statuses of the contracts of generic systems: what was asked for is wrong, and was not done. */
const refused: readonly number[] = [400, 403, 404, 409, 413, 415, 422]

/** Statuses of the contracts of generic systems that say: not now, and nothing was done. */
export const later: readonly number[] = [423, 429, 503]

/** Reads an answer that is no success: no, with its words; not now; or nobody knows. `who` begins the sentences: `The ERP`. */
export function readFailure({ status, json }: Reply, who: string): Reading {
  if (refused.includes(status))
    return { outcome: 'refused', reason: messagesOf(json) ?? `${who} refused without saying why.` }
  if (later.includes(status)) return { outcome: 'retry', reason: `${who} did not take it now (${status}).` }
  return { outcome: 'unclear', reason: `${who} answered ${status}.` }
}

/** The messages of an answer, `["…"]` or `[{"text": "…"}]`, in one line of at most 500 characters; undefined where there are none. */
export function messagesOf(json: unknown): string | undefined {
  const list = peek(json, 'messages')
  const said = (Array.isArray(list) ? list : []).flatMap((one: unknown) => {
    const text = typeof one === 'string' ? one : peek(one, 'text')
    return typeof text === 'string' && text !== '' ? [text] : []
  })
  return said.length === 0 ? undefined : said.join(' · ').slice(0, 500)
}
