import type { OperationRequest, ReadBack, Reading, Reply } from './connector.ts'
import type { Conversation, Procedure, Turn } from './procedure.ts'

/** Content of an `.in.json` of a procedure: the request, the answers one after the other, and those to a look-up after it. */
export interface GoldenTalk<A> {
  readonly request: OperationRequest
  /** `null`: no answer comes, and the attempt ends. */
  readonly answers: readonly (A | null)[]
  readonly lookUps?: readonly A[]
}

/** What a conversation asked, and what it came to. `broken`: the answers ended before it did. */
export interface PlayedTalk<R> {
  readonly turns: readonly Turn[]
  readonly result: R | 'broken'
}

/** The content of the `.out.json` of a procedure. */
export interface ProcedureOutcome {
  readonly turns: readonly Turn[]
  /** `unknown` after a change without an answer, `retry` after a question without one. */
  readonly end: Reading | { readonly outcome: 'unknown' | 'retry'; readonly reason: 'no answer' }
  readonly readBack?: { readonly turns: readonly Turn[]; readonly found: ReadBack | 'broken' }
}

/** Plays a golden conversation and, where there are answers for it, the look-up after it. */
export function playProcedure<A>(
  procedure: Procedure<Readonly<Record<string, unknown>>>,
  { request, answers, lookUps }: GoldenTalk<A>,
  about: { readonly settings: Readonly<Record<string, unknown>>; readonly replyOf: (answer: A) => Reply },
): ProcedureOutcome {
  const { settings, replyOf } = about
  const replies = answers.map((answer) => (answer === null ? undefined : replyOf(answer)))
  const { turns, result } = playTalk(procedure.converse(request, settings), replies)
  const end: ProcedureOutcome['end'] =
    result === 'broken'
      ? { outcome: turns.at(-1)?.changes === true ? 'unknown' : 'retry', reason: 'no answer' }
      : result
  if (lookUps === undefined) return { turns, end }
  const looked = playTalk(procedure.readBack.converse(request, settings), lookUps.map(replyOf))
  return { turns, end, readBack: { turns: looked.turns, found: looked.result } }
}

/** Answers each turn with the next reply, until there is a result or no reply. */
export function playTalk<R>(talk: Conversation<R>, replies: readonly (Reply | undefined)[]): PlayedTalk<R> {
  const turns: Turn[] = []
  let step = talk.next()
  for (let index = 0; step.done !== true; index++) {
    turns.push(step.value)
    const reply = replies[index]
    if (reply === undefined) return { turns, result: 'broken' }
    step = talk.next(reply)
  }
  return { turns, result: step.value }
}
