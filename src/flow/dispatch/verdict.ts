import type { Claimed, Conclusion, Effect, EffectState, Evidence } from '../../backbone/ledger.ts'
import type { Idempotency } from '../../connectors/kit/connector.ts'
import { backoffMs, webhookPauseMs } from './backoff.ts'
import type { AttemptEnd, LookedUp } from './exchange.ts'

/** Times of the posting protocol, milliseconds (promises 5.2). */
export interface PostingTimes {
  /** C: how long a claim of a lane holds. */
  readonly claimMs: number
  /** M: safety margin between the last moment to start and the end of the claim, beyond T. */
  readonly marginMs: number
  /** W: how long the kernel of a holder that vanished may go on delivering. */
  readonly vanishedMs: number
  /** A posting that could not be delivered for so long is parked. */
  readonly windowMs: number
  /** A read-back that was impossible for so long is parked. */
  readonly readBackMs: number
}

/** What holds where no setting says otherwise. */
export const postingTimes: PostingTimes = {
  claimMs: 60_000,
  marginMs: 5_000,
  vanishedMs: 960_000,
  windowMs: 72 * 3_600_000,
  readBackMs: 24 * 3_600_000,
}

/** What a verdict follows from; `random`, from 0 up to 1, spreads retries. */
export interface Circumstances {
  readonly claimed: Claimed
  readonly idempotency: Idempotency
  readonly subscriber: boolean
  /** T: one attempt in total, ms. */
  readonly timeoutMs: number
  /** Database time as far as known, ms. */
  readonly now: number
  readonly random: number
  readonly times: PostingTimes
}

/** What happens next in the ledger. Without the claim, which the caller adds. */
export interface Verdict extends Omit<Conclusion, 'lane' | 'claimEpoch' | 'effect'> {
  /** What the process that asked for it learns of it: for the fact, not for the ledger. */
  readonly answer?: Readonly<Record<string, unknown>>
}

/** An attempt ended: transitions 4 to 9. */
export function afterAttempt(
  end: AttemptEnd,
  attempt: { readonly sendDeadline: number; readonly number: number },
  about: Circumstances,
): Verdict {
  const { now, claimed, subscriber } = about
  const row = {
    attempt: {
      wire: end.wire,
      outcome: end.end,
      endedAt: now,
      ...(end.status === undefined ? {} : { status: end.status }),
    },
  }
  const document = end.documentReference === undefined ? {} : { documentReference: end.documentReference }
  const answer = told(end.answer)
  switch (end.end) {
    case 'applied':
      return { from: 'sending', to: 'applied', ...row, ...document, ...answer }
    case 'accepted':
      return {
        from: 'sending',
        to: 'awaiting',
        nextAt: now + (end.afterMs ?? about.times.readBackMs),
        ...row,
        ...document,
      }
    case 'refused':
      return { from: 'sending', to: 'refused', reason: end.reason, ...row }
    case 'gone':
      return { from: 'sending', to: 'parked', reason: `gone: ${end.reason}`, ...row }
    case 'retry':
    case 'login_refused':
      return { ...again(end, attempt.number, about), ...row }
    case 'unknown':
      if (subscriber) return { ...again(end, attempt.number, about), addAmbiguous: true, ...row }
      return {
        ...unknown(end.reason, quarantine(lastStart(attempt.sendDeadline, about), about, 0), claimed.effect, about),
        addAmbiguous: true,
        ...row,
      }
  }
}

/** A claim of a new holder finds the head in `sending`: transition 10. Nobody knows whether anything left. */
export function afterTakeover(about: Circumstances): Verdict {
  const { effect } = about.claimed
  const deadline = effect.sendDeadline ?? about.now
  if (effect.processDeaths + 1 >= 3)
    return {
      from: 'sending',
      to: 'unknown',
      addProcessDeath: true,
      reason: 'holder vanished',
      ...until(quarantine(deadline, about, about.times.vanishedMs)),
    }
  return {
    ...unknown('holder vanished', quarantine(deadline, about, about.times.vanishedMs), effect, about),
    addProcessDeath: true,
  }
}

/** The read-back answered, or did not: transitions 11 to 15. Evidence of an older attempt, with its document, wins over "not there". */
export function afterReadBack(
  found: LookedUp,
  evidence: Pick<Evidence, 'documentReference' | 'answer'> | undefined,
  about: Circumstances,
): Verdict {
  const { effect } = about.claimed
  if (found.found === 'one' && found.equal)
    return {
      from: 'unknown',
      to: 'applied',
      documentReference: found.documentReference,
      ...told(found.answer ?? (evidence?.documentReference === found.documentReference ? evidence.answer : undefined)),
    }
  if (found.found === 'one') return park('found_differs', { documentReference: found.documentReference })
  if (found.found === 'many') return park(`found_many: ${found.documentReferences.slice(0, 5).join(', ')}`)
  if (found.found === 'refused') return park(`refused: ${found.reason}`)
  if (found.found === 'unclear') {
    const since = effect.notBefore ?? about.now
    if (about.now - since > about.times.readBackMs) return park('readback_impossible')
    return {
      from: 'unknown',
      to: 'unknown',
      reason: found.reason,
      nextAt: about.now + Math.max(1000, backoffMs(6, about.random)),
    }
  }
  if (evidence?.documentReference !== undefined)
    return {
      from: 'unknown',
      to: 'applied',
      documentReference: evidence.documentReference,
      ...told(evidence.answer),
    }
  if (found.found === 'impossible') return unseen(about)
  if (effect.processDeaths >= 3) return park('poison')
  if (effect.ambiguous >= 2) return park('ambiguous_twice')
  return { from: 'unknown', to: 'queued', nextAt: about.now }
}

function told(answer: Verdict['answer']): Pick<Verdict, 'answer'> {
  return answer === undefined ? {} : { answer }
}

/**
 * The target offers no way to look anything up, and will offer none tomorrow. What may be repeated is sent again under its reference, and
 * so is what somebody has released, who has looked himself; everything else is for a person.
 */
function unseen(about: Circumstances): Verdict {
  const { effect } = about.claimed
  if (effect.processDeaths >= 3) return park('poison')
  // A release begins to count doubts anew.
  const isReleased = effect.ambiguous === 0 && effect.processDeaths === 0
  if (!isReleased && !mayRepeat(effect, about)) return park('readback_impossible')
  return { from: 'unknown', to: 'queued', nextAt: about.now }
}

/** Whether the target makes one of it, however often it is sent under its reference. */
function mayRepeat(effect: Effect, { idempotency, now }: Circumstances): boolean {
  switch (idempotency.strategy) {
    case 'native-key':
      return now < (effect.firstSentAt ?? now) + (idempotency.retentionHours - 1) * 3_600_000
    case 'upsert-by-external-id':
    case 'state-transition':
    case 'conditional':
      return true
    case 'read-back':
    case 'none':
      return false
  }
}

/** Whether a queued effect is too old to be sent: transition 22. */
export function expired(effect: Effect, now: number, times: PostingTimes): string | undefined {
  if (effect.expiresAt !== undefined && now > effect.expiresAt) return 'expired'
  if (effect.attempt > 0 && now - effect.createdAt > times.windowMs) return 'retry_window_passed'
  if (effect.processDeaths >= 3) return 'poison'
  return undefined
}

/**
 * A process that stood still gives up later than its time-out says, and its kernel delivers until then: what was sent may arrive up to
 * the end of the attempt. From that moment on the connection is reset and nothing more of it does.
 */
function lastStart(sendDeadline: number, { now, timeoutMs }: Pick<Circumstances, 'now' | 'timeoutMs'>): number {
  return Math.max(sendDeadline, now - timeoutMs)
}

/** Q: the latest moment at which an attempt may start to leave, plus T, W, H and L. Never from the intent. */
export function quarantine(
  sendDeadline: number,
  about: Pick<Circumstances, 'timeoutMs' | 'idempotency'>,
  wireMs: number,
): number {
  const { idempotency } = about
  const target =
    idempotency.strategy === 'read-back' ? (idempotency.horizonSeconds + idempotency.lagSeconds) * 1000 : 600_000
  return sendDeadline + about.timeoutMs + wireMs + target
}

function unknown(reason: string, notBefore: number, effect: Effect, about: Circumstances): Verdict {
  const { idempotency, now, random } = about
  switch (idempotency.strategy) {
    case 'native-key':
      return mayRepeat(effect, about)
        ? { from: 'sending', to: 'queued', reason, nextAt: now + backoffMs(effect.attempt, random) }
        : { from: 'sending', to: 'unknown', reason, ...until(notBefore) }
    // Repeating is safe at once, but the lost first request may land after a newer effect: the next head waits until Q.
    case 'upsert-by-external-id':
    case 'state-transition':
      return {
        from: 'sending',
        to: 'queued',
        reason,
        nextAt: now + backoffMs(effect.attempt, random),
        holdUntil: notBefore,
      }
    case 'conditional':
      return { from: 'sending', to: 'queued', reason, nextAt: now + backoffMs(effect.attempt, random) }
    case 'read-back':
      return { from: 'sending', to: 'unknown', reason, ...until(notBefore) }
    case 'none':
      return { from: 'sending', to: 'parked', reason: `ambiguous: ${reason}` }
  }
}

function again(end: AttemptEnd, number: number, about: Circumstances): Verdict {
  const { now, random, subscriber } = about
  if (!subscriber)
    return {
      from: 'sending',
      to: 'queued',
      reason: end.reason,
      nextAt: now + Math.max(end.afterMs ?? 0, backoffMs(number, random)),
    }
  const pause = webhookPauseMs(number, random)
  if (pause === undefined) return { from: 'sending', to: 'parked', reason: `retry_schedule_ended: ${end.reason}` }
  return { from: 'sending', to: 'queued', reason: end.reason, nextAt: now + Math.max(end.afterMs ?? 0, pause) }
}

function until(notBefore: number): Pick<Verdict, 'notBefore' | 'nextAt'> {
  return { notBefore, nextAt: notBefore }
}

function park(reason: string, extra: { readonly documentReference?: string } = {}): Verdict {
  return { from: 'unknown', to: 'parked' satisfies EffectState, reason, ...extra }
}
