import type { Ask, Idempotency, OperationRequest, ReadBack, Reading, Reply } from './connector.ts'

/** One request of a conversation. */
export interface Turn {
  readonly ask: Ask
  /** It may change something there: when no answer comes, nobody knows whether it did. */
  readonly changes: boolean
}

/**
 * Several requests that come to one result. A generator, so that it reads from top to bottom, and pure: what it asks next depends on
 * the answers alone. It keeps nothing from one attempt to the next: each begins with a look at what is there.
 */
export type Conversation<R> = Generator<Turn, R, Reply>

/**
 * A write that takes several requests and is one effect all the same: it looks, does what is missing, and looks again. What is there
 * is the only memory, so that an attempt that broke off anywhere, in this process or in one that is gone, is continued by the next one.
 * Therefore each change is a step of a state that may be repeated, or carries the reference that it is found by.
 */
export interface Procedure<S> {
  readonly command: string
  readonly write: true
  readonly converse: (request: OperationRequest, settings: S) => Conversation<Reading>
  readonly idempotency: Idempotency
  /** What became of it, in questions alone. `none` permits another attempt, which continues: it is the answer for a half-done one, too. */
  readonly readBack: { readonly converse: (request: OperationRequest, settings: S) => Conversation<ReadBack> }
  readonly definitive?: { readonly notDone?: readonly number[] }
  readonly discloses?: readonly string[]
}

/** Requests of one attempt, at most. */
export const turnsMax = 200

/** Thrown from anywhere inside a conversation: there is nothing more to ask, it came to this. */
export class Ended extends Error {
  readonly reading: Exclude<Reading, { readonly outcome: 'accepted' | 'applied' }>

  constructor(reading: Ended['reading']) {
    super(reading.reason)
    this.reading = reading
  }
}

/** The same conversation, with what was thrown as its result. */
export function* ended<R>(talk: Conversation<R>, resultOf: (reading: Ended['reading']) => R): Conversation<R> {
  try {
    return yield* talk
  } catch (error) {
    if (error instanceof Ended) return resultOf(error.reading)
    throw error
  }
}

/** What follows from what is there: it is over, or this is the next thing to do. */
export type Decision =
  | { readonly ended: Reading }
  /** `step` names it, so that one that does not help is not done for ever. */
  | { readonly step: string; readonly act: () => Conversation<unknown> }

/** How one business event gets into a system: what to look at, and what follows from it. Both decide the look-up after a lost answer, too. */
export interface Pursuit<S, Seen> {
  readonly command: string
  readonly idempotency: Idempotency
  readonly look: (request: OperationRequest, settings: S) => Conversation<Seen>
  /** Pure. Throws InterlineError for what cannot be said to this system, and may throw Ended instead of returning it. */
  readonly decide: (seen: Seen, request: OperationRequest, settings: S) => Decision
}

/**
 * A procedure that looks, decides and acts until the system shows that it is done. No answer to a step counts, because a button that
 * is not allowed may be silent: only the next look does. A step that leaves the system as it was is not repeated.
 */
export function pursue<S, Seen>(pursuit: Pursuit<S, Seen>): Procedure<S> {
  const { command, idempotency, look, decide } = pursuit
  return {
    command,
    write: true,
    idempotency,
    converse: (request, settings) => ended(pursueOnce(pursuit, request, settings), (reading) => reading),
    readBack: {
      converse: (request, settings) =>
        ended(
          (function* (): Conversation<ReadBack> {
            const seen = yield* look(request, settings)
            return foundOf(decided(() => decide(seen, request, settings)))
          })(),
          ({ reason }) => ({ found: 'unclear', reason }),
        ),
    },
  }
}

function* pursueOnce<S, Seen>(
  { look, decide }: Pursuit<S, Seen>,
  request: OperationRequest,
  settings: S,
): Conversation<Reading> {
  let before: { readonly step: string; readonly seen: string } | undefined
  for (;;) {
    const seen = yield* look(request, settings)
    const decision = decided(() => decide(seen, request, settings))
    if ('ended' in decision) return decision.ended
    const now = { step: decision.step, seen: JSON.stringify(seen) }
    if (before?.step === now.step && before.seen === now.seen)
      return { outcome: 'refused', reason: `The step "${now.step}" was taken and changed nothing.` }
    yield* decision.act()
    before = now
  }
}

/** What was decided, however it was said: thrown from within a decision it is no failure of the look. */
function decided(decide: () => Decision): Decision {
  try {
    return decide()
  } catch (error) {
    if (error instanceof Ended) return { ended: error.reading }
    throw error
  }
}

function foundOf(decision: Decision): ReadBack {
  // Half done or not begun: another attempt goes on from here.
  if (!('ended' in decision)) return { found: 'none' }
  const { ended: reading } = decision
  switch (reading.outcome) {
    case 'applied':
      return { found: 'one', documentReference: reading.documentReference ?? '', equal: true }
    case 'refused':
    case 'gone':
      return { found: 'refused', reason: reading.reason }
    case 'accepted':
      return { found: 'unclear', reason: 'It is under way.' }
    case 'retry':
    case 'unclear':
      return { found: 'unclear', reason: reading.reason }
  }
}
