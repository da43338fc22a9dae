import type { Fact } from '../model/fact.ts'
import type { PostingIntent } from './postings.ts'

/**
 * A document that has its control numbers is sent to the partner that it was written for: no route is asked again. Each sending of it is
 * an effect of its own, with the bytes that the first one had.
 */
export function sending(fact: Fact): PostingIntent {
  const { connection, set, interchange, text, sends, externalReference, key, priority } = fact.data as {
    readonly connection: string
    readonly set: string
    readonly interchange: number
    readonly text: string
    readonly sends: number
    readonly externalReference: string
    readonly key: string
    readonly priority: number
  }
  return {
    command: 'send_interchange',
    target: connection,
    naturalKey: `send_interchange:${connection}:${fact.subject}:${sends}`,
    key,
    // Each sending is one that the ledger can tell from the others.
    externalReference: sends === 1 ? externalReference : `${externalReference.slice(0, 28)}-${sends}`,
    payload: { set, number: `${interchange}`, text, sends, transmission: fact.subject },
    lane: 'realtime',
    priority,
  }
}
