import type { Operation } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'
import { handOver, readHandOver } from './hand-over.ts'
import type { Agreement } from './policy.ts'

/**
 * Hands an answer over. The same answer twice does no harm: its control number says that it is the same. Each sending has a name of its
 * own, or whoever knows the name would take the second one for the first and keep it from a partner who asks again.
 */
export const acknowledgeInterchange: Operation<Agreement> = {
  command: 'acknowledge_interchange',
  write: true,
  ask: ({ payload }, { url }) => {
    const reading = new Reading(payload)
    const text = reading.at('text').text(250_000)
    const number = reading.at('number').text(14)
    const kind = text.startsWith('ISA') ? 'x12' : 'edifact'
    const { value: sends } = reading.at('sends')
    const again = typeof sends === 'number' && sends > 1 ? `-${sends}` : ''
    return handOver({ name: `acknowledgement-${kind}-${number.padStart(9, '0')}${again}.edi`, text }, url)
  },
  read: (reply) => {
    const said = readHandOver(reply, 'the acknowledgement')
    // Nobody waits for the receipt of a receipt.
    return said.outcome === 'accepted' ? { outcome: 'applied' } : said
  },
  idempotency: { strategy: 'upsert-by-external-id' },
}
