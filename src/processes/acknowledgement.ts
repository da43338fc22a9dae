import type { Fact } from '../model/fact.ts'
import type { Data, Posting } from './posting.ts'

/** An interchange that is answered is an answer that the partner is owed: each time that it was sent, once. */
export function acknowledgement(fact: Fact): readonly Posting[] {
  const { connection, number, text, sends } = fact.data as {
    readonly connection: string
    readonly number: string
    readonly text: string
    readonly sends: number
  }
  const payload: Data = { connection, number, text, sends }
  return [
    {
      command: 'acknowledge_interchange',
      businessKey: `${fact.subject}:${sends}`,
      // Answers reach the partner in the order of their control numbers.
      key: connection,
      priority: 2,
      payload,
    },
  ]
}
