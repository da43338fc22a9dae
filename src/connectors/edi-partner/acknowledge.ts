import type { Operation } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'
import type { Agreement } from './policy.ts'

/** No address was given: the answer goes into a folder. */
const noAddress = 'http://partner.invalid'

/**
 * Hands an answer over: posted to the partner's address, or put into the folder of the connection's drop. The same answer twice
 * does no harm: its control number says that it is the same.
 */
export const acknowledgeInterchange: Operation<Agreement> = {
  command: 'acknowledge_interchange',
  write: true,
  ask: ({ payload }, { url }) => {
    const reading = new Reading(payload)
    const body = reading.at('text').text(250_000)
    const number = reading.at('number').text(14)
    const isX12 = body.startsWith('ISA')
    const contentType = isX12 ? 'application/edi-x12' : 'application/edifact'
    const kind = isX12 ? 'x12' : 'edifact'
    const name = `acknowledgement-${kind}-${number.padStart(9, '0')}.edi`
    if (url === noAddress) return { method: 'PUT', url: `drop:${encodeURIComponent(name)}`, contentType, body }
    return { method: 'POST', path: '/', contentType, body }
  },
  read: ({ status }) => {
    if (status >= 200 && status < 300) return { outcome: 'applied' }
    if ([400, 403, 404, 405, 409, 410, 413, 415, 422].includes(status))
      return { outcome: 'refused', reason: `The partner refused the acknowledgement (${status}).` }
    if ([423, 429, 503].includes(status))
      return { outcome: 'retry', reason: `The partner did not take it now (${status}).` }
    return { outcome: 'unclear', reason: `The partner answered ${status}.` }
  },
  idempotency: { strategy: 'upsert-by-external-id' },
}
