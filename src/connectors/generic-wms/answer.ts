import type { Reading as Outcome, Reply } from '../kit/connector.ts'
import { peekText } from '../kit/peek.ts'

/** What the warehouse made of a request that changes nothing when it is repeated: yes, no, not now, or nobody knows. */
export function readAnswer({ status, json }: Reply): Outcome {
  if (status === 200 || status === 201 || status === 204) return { outcome: 'applied' }
  if ([400, 403, 404, 409, 413, 415, 422].includes(status))
    return { outcome: 'refused', reason: peekText(json, 'messages', '0') ?? `The warehouse refused (${status}).` }
  if ([423, 429, 503].includes(status))
    return { outcome: 'retry', reason: `The warehouse did not take it now (${status}).` }
  return { outcome: 'unclear', reason: `The warehouse answered ${status}.` }
}
