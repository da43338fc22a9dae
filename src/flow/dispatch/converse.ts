import { InterlineError } from '../../base/errors.ts'
import { type Conversation, turnsMax } from '../../connectors/kit/procedure.ts'
import type { Connection } from '../connection.ts'
import { readRetryAfter } from './backoff.ts'
import type { AttemptEnd } from './exchange.ts'
import { type OutgoingPorts, replyOf, send } from './outgoing.ts'

/** What a conversation came to, or where it broke off. */
export type ConversationEnd<R> =
  | { readonly result: R; readonly wire: boolean; readonly status?: number }
  | { readonly broken: AttemptEnd }

/**
 * Carries a conversation on until it has a result, within the time of one attempt. Where it breaks off, only a change without an answer
 * is unknown: everything before it was answered, and what is there is looked at again by the next attempt.
 */
export async function converse<R>(
  ports: OutgoingPorts,
  about: {
    readonly connection: Connection
    readonly trace: string
    readonly startBefore?: number
    /** Statuses with which the target says that it did nothing. */
    readonly notDone?: readonly number[]
    /**
     * Waits until one more request fits into what the account allows; false when that is not before this monotonic instant. The first
     * request has its place already.
     */
    readonly pace?: ((until: number) => Promise<boolean>) | undefined
  },
  begin: () => Conversation<R>,
): Promise<ConversationEnd<R>> {
  const { connection, trace, notDone = [] } = about
  const until = ports.clock.mono() + connection.outbound.timeoutMs
  let wire = false
  let status: number | undefined
  const broken = (end: AttemptEnd['end'], reason: string, afterMs?: number): ConversationEnd<R> => ({
    broken: {
      end,
      wire,
      reason,
      ...(status === undefined ? {} : { status }),
      ...(afterMs === undefined ? {} : { afterMs }),
    },
  })
  try {
    const talk = begin()
    let step = talk.next()
    for (let turns = 0; step.done !== true; turns++) {
      if (turns >= turnsMax) return broken('retry', `There is no end after ${turnsMax} requests.`)
      const { ask, changes } = step.value
      // Not before the whole attempt may leave, and never after its time is over: the quarantine counts on both.
      const startBefore = turns === 0 ? (about.startBefore ?? until) : until
      if (turns > 0 && about.pace !== undefined && !(await about.pace(until)))
        return broken('retry', 'The account allows no more requests now.')
      // A change that is cut short is in doubt for a long time; one that has not begun is not.
      if (changes && turns > 0 && until - ports.clock.mono() < connection.outbound.timeoutMs / 3)
        return broken('retry', 'There was not enough time left for the next step.')
      const result = await send(ports, { connection, ask, trace, until, startBefore })
      if (result.outcome === 'not_sent') return broken('retry', result.code)
      wire = true
      if (result.outcome === 'no_answer') return broken(changes ? 'unknown' : 'retry', result.code)
      status = result.status
      if (status === 401) return broken('login_refused', 'The target refused the credentials (401).')
      if (status === 429 || notDone.includes(status))
        return broken(
          'retry',
          `The target did not take it (${status}).`,
          readRetryAfter(result.headers['retry-after'], ports.clock.wall()),
        )
      step = talk.next(replyOf(result))
    }
    return { result: step.value, wire, ...(status === undefined ? {} : { status }) }
  } catch (error) {
    // What was asked for cannot be said to this target: a person reads why.
    if (error instanceof InterlineError) return broken('refused', error.message)
    throw error
  }
}
