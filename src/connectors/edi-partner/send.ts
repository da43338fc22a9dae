import type { Operation, OperationRequest, ReadBack, Reply } from '../kit/connector.ts'
import { peekText } from '../kit/peek.ts'
import { Reading } from '../kit/reading.ts'
import { handOver, readHandOver } from './hand-over.ts'
import type { Agreement } from './policy.ts'

/**
 * Hands a document over. Its bytes were written when it got its control numbers: every attempt sends the same ones, and the partner
 * knows a repetition by its number. With AS2 it is done when the receipt confirms it.
 */
export const sendInterchange: Operation<Agreement> = {
  command: 'send_interchange',
  write: true,
  ask: (request, { url }) => handOver(documentOf(request), url),
  read: (reply) => readHandOver(reply, 'the document'),
  idempotency: { strategy: 'upsert-by-external-id' },
  readBack: {
    ask: (request) => ({ method: 'GET', url: `drop:${encodeURIComponent(documentOf(request).name)}` }),
    read: (reply, request) => readStanding(reply, documentOf(request).name),
  },
}

/** The name says what it is and which sending of it, so that a second one is not taken for the first. */
function documentOf({ payload }: OperationRequest): {
  readonly name: string
  readonly text: string
  readonly transmission?: string
} {
  const reading = new Reading(payload)
  const text = reading.at('text').text(10_000_000)
  const number = reading.at('number').text(14).padStart(9, '0')
  const { value: sends } = reading.at('sends')
  const again = typeof sends === 'number' && sends > 1 ? `-${sends}` : ''
  const { value: transmission } = reading.at('transmission')
  return {
    name: `${reading.at('set').text(6).toLowerCase()}-${number}${again}.edi`,
    text,
    ...(typeof transmission === 'string' ? { transmission } : {}),
  }
}

function readStanding({ status, json }: Reply, name: string): ReadBack {
  if (status === 200) return { found: 'one', documentReference: peekText(json, 'messageId') ?? name, equal: true }
  if (status === 422) return { found: 'refused', reason: peekText(json, 'said') ?? 'The partner refused the document.' }
  return { found: 'unclear', reason: `No receipt confirms it yet (${status}).` }
}
